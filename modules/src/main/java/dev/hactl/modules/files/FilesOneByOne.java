package dev.hactl.modules.files;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Sh;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A few files with one {@code stat} for all and some processes each for what is read of them; has
 * an answer whatever the files are.
 */
final class FilesOneByOne {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32,128}");

  private FilesOneByOne() {}

  static String script(List<FileQuestion> questions, String nonce) {
    var text = new StringBuilder("set -f\nIFS='\n'\necho '").append(nonce).append(" own'\n");
    text.append("s=$(").append(StatLine.plainCommand(nonce, false)).append(' ');
    text.append(Sh.words(paths(questions))).append(" 2>&1)\nprintf '%s\\n' \"$s\"\n");
    if (questions.stream().anyMatch(FilesOneByOne::opens)) {
      // Sets o to the line about a path; complaints stand between the lines.
      text.append("own() {\no=\nfor x in $s; do\nn=").append(StatLine.nameOf("x", nonce));
      text.append("\n[ \"$n\" != \"$1\" ] || o=$x\ndone\n}\n");
    }
    for (FileQuestion question : questions) {
      one(text, question, nonce);
    }
    return text.toString();
  }

  private static List<String> paths(List<FileQuestion> questions) {
    return questions.stream().map(FileQuestion::path).distinct().toList();
  }

  private static boolean opens(FileQuestion question) {
    return question.hash().isPresent() || question.contentCap() > 0;
  }

  private static void one(StringBuilder text, FileQuestion question, String nonce) {
    String path = Sh.quote(question.path());
    String mark = "echo '" + nonce + " ";
    text.append(mark).append("file'\n");
    if (opens(question)) {
      text.append("own ").append(path).append('\n');
    }
    text.append("if [ -L ").append(path).append(" ]; then\n");
    text.append(mark).append("target'\nreadlink ").append(path).append('\n');
    text.append(mark).append("linked'\n");
    if (question.follow()) {
      text.append(mark).append("followed'\n");
      look(text, path, nonce);
      text.append(mark).append("real'\nreadlink -f ").append(path).append('\n');
    }
    text.append("fi\n");
    if (!opens(question)) {
      return;
    }
    text.append("case $o in\n\"").append(nonce).append(" 8\"*)\n");
    question.hash().ifPresent(hash -> hash(text, question, hash, nonce));
    if (question.contentCap() > 0) {
      text.append(mark).append("content'\n{ head -c ").append(question.contentCap() + 1L);
      text.append(" <").append(path).append("; } 2>/dev/null\n");
      text.append("printf '\\n").append(nonce).append(" %s\\n' \"$?\"\n");
    }
    text.append(";;\nesac\n");
  }

  private static void look(StringBuilder text, String path, String nonce) {
    text.append("o=$(")
        .append(StatLine.plainCommand(nonce, true))
        .append(' ')
        .append(path)
        .append(" 2>&1)\nprintf '%s\\n' \"$o\"\n");
  }

  private static void hash(
      StringBuilder text, FileQuestion question, FileQuestion.Hash hash, String nonce) {
    boolean always = hash.size().isEmpty() || FileReports.claimsNoSize(question.path());
    String size = always ? "" : "???\" " + hash.size().getAsLong() + " \"";
    text.append("case $o in\n\"").append(nonce).append(" 8\"").append(size).append("*)\n");
    text.append("echo '").append(nonce).append(" hash'\n");
    text.append("{ ").append(hash.algorithm().command()).append(" <");
    text.append(Sh.quote(question.path())).append("; } 2>&1\n;;\nesac\n");
  }

  static Answer read(List<FileQuestion> questions, String nonce, byte[] output) {
    var reader = new MarkedLines(new String(output, StandardCharsets.ISO_8859_1), nonce);
    Map<String, Own> own = own(reader.linesAfter("own"), paths(questions), nonce);
    var states = new ArrayList<FileState>();
    for (FileQuestion question : questions) {
      if (!reader.finds("file")) {
        return Answer.missing();
      }
      reader.skipTo("file");
      states.add(state(reader, question, nonce, Objects.requireNonNull(own.get(question.path()))));
    }
    return FileWire.encode(states);
  }

  /** What stat(1) said of a path itself: its numbers or a complaint. */
  private sealed interface Own {
    record There(Stat stat) implements Own {}

    record Complaint(String text) implements Own {}
  }

  /** Lines and complaints each come in the order of the paths, but not in one order together. */
  private static Map<String, Own> own(List<String> said, List<String> paths, String nonce) {
    var all = new LinkedHashMap<String, Own>();
    List<String> lines = said.stream().filter(l -> l.startsWith(nonce + " ")).toList();
    List<String> complaints = said.stream().filter(l -> !l.startsWith(nonce + " ")).toList();
    int next = 0;
    for (String path : paths) {
      Optional<Stat> seen =
          next < lines.size()
              ? StatLine.read(lines.get(next), nonce, path).map(StatLine::stat)
              : Optional.empty();
      if (seen.isPresent()) {
        next++;
        all.put(path, new Own.There(seen.get()));
      }
    }
    List<String> silent = paths.stream().filter(p -> !all.containsKey(p)).toList();
    for (int i = 0; i < silent.size(); i++) {
      boolean each = complaints.size() == silent.size();
      all.put(
          silent.get(i),
          new Own.Complaint(each ? complaints.get(i) : String.join("; ", complaints)));
    }
    return all;
  }

  private static FileState state(MarkedLines reader, FileQuestion question, String nonce, Own own) {
    String path = question.path();
    return switch (own) {
      case Own.Complaint c when StatLine.saysAbsent(c.text()) -> FileState.absent(path);
      case Own.Complaint c -> FileState.unreadable(path, StatLine.utf8(c.text()));
      case Own.There there -> state(reader, question, nonce, there.stat());
    };
  }

  private static FileState state(
      MarkedLines reader, FileQuestion question, String nonce, Stat seen) {
    FileState state = FileState.of(question.path(), seen.kind(), seen);
    if (seen.type() == 'l') {
      reader.skipTo("target");
      byte[] target = reader.takeUntil("\n" + nonce + " linked\n");
      state = state.through(new String(target, StandardCharsets.UTF_8), Optional.empty());
      if (question.follow()) {
        state = followed(reader, question, nonce, state);
      }
    }
    return state.isFile() ? content(reader, question, nonce, state) : state;
  }

  private static FileState followed(
      MarkedLines reader, FileQuestion question, String nonce, FileState link) {
    reader.skipTo("followed");
    String line = reader.line();
    Optional<Stat> stat = StatLine.read(line, nonce, question.path()).map(StatLine::stat);
    reader.skipTo("real");
    String real = reader.line();
    if (stat.isEmpty()) {
      return StatLine.saysAbsent(line) ? link : link.because(StatLine.utf8(line));
    }
    return FileState.of(question.path(), stat.get().kind(), stat.get())
        .through(
            link.target().orElseThrow(),
            Optional.of(real).filter(r -> !r.isEmpty()).map(StatLine::utf8));
  }

  private static FileState content(
      MarkedLines reader, FileQuestion question, String nonce, FileState state) {
    FileState read = state;
    if (reader.seesMark("hash", 0)) {
      reader.skipTo("hash");
      String line = reader.line();
      String hex = line.split(" ", 2)[0];
      read =
          HEX.matcher(hex).matches()
              ? read.hashed(hex)
              : read.because("it cannot be read: " + StatLine.utf8(line));
    }
    if (reader.seesMark("content", 0)) {
      reader.skipTo("content");
      byte[] bytes = reader.takeUntil("\n" + nonce + " ");
      boolean whole = reader.line().equals("0");
      if (!whole) {
        read = read.because("it cannot be read by this user");
      } else if (bytes.length <= question.contentCap()) {
        read = read.holding(bytes);
      }
    }
    return read;
  }
}
