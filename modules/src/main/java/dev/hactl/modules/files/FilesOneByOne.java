package dev.hactl.modules.files;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Sh;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A few files with some processes each; has an answer whatever the files are. */
final class FilesOneByOne {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32,128}");

  private FilesOneByOne() {}

  static String script(List<FileQuestion> questions, String nonce) {
    var text = new StringBuilder();
    for (FileQuestion question : questions) {
      one(text, question, nonce);
    }
    return text.toString();
  }

  private static void one(StringBuilder text, FileQuestion question, String nonce) {
    String path = Sh.quote(question.path());
    String mark = "echo '" + nonce + " ";
    text.append(mark).append("own'\n");
    look(text, false, path, nonce);
    text.append("if [ -L ").append(path).append(" ]; then\n");
    text.append(mark).append("target'\nreadlink ").append(path).append('\n');
    text.append(mark).append("linked'\n");
    if (question.follow()) {
      text.append(mark).append("followed'\n");
      look(text, true, path, nonce);
      text.append(mark).append("real'\nreadlink -f ").append(path).append('\n');
    }
    text.append("fi\n");
    text.append("case $o in\n\"").append(nonce).append(" 8\"*)\n");
    question.hash().ifPresent(hash -> hash(text, question, hash, nonce));
    if (question.contentCap() > 0) {
      text.append(mark).append("content'\n{ head -c ").append(question.contentCap() + 1L);
      text.append(" <").append(path).append("; } 2>/dev/null\n");
      text.append("printf '\\n").append(nonce).append(" %s\\n' \"$?\"\n");
    }
    text.append(";;\nesac\n");
  }

  private static void look(StringBuilder text, boolean follow, String path, String nonce) {
    text.append("o=$(")
        .append(StatLine.plainCommand(nonce, follow))
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
    var states = new ArrayList<FileState>();
    for (FileQuestion question : questions) {
      Optional<FileState> state = state(reader, question, nonce);
      if (state.isEmpty()) {
        return Answer.missing();
      }
      states.add(state.get());
    }
    return FileWire.encode(states);
  }

  /** Empty when the output ends too early. */
  private static Optional<FileState> state(
      MarkedLines reader, FileQuestion question, String nonce) {
    String path = question.path();
    reader.skipTo("own");
    if (reader.atEnd()) {
      return Optional.empty();
    }
    String own = reader.line();
    Optional<Stat> seen = StatLine.read(own, nonce, path).map(StatLine::stat);
    if (seen.isEmpty()) {
      return Optional.of(
          StatLine.saysAbsent(own)
              ? FileState.absent(path)
              : FileState.unreadable(path, StatLine.utf8(own)));
    }
    FileState state = FileState.of(path, seen.get().kind(), seen.get());
    if (seen.get().type() == 'l') {
      reader.skipTo("target");
      byte[] target = reader.takeUntil("\n" + nonce + " linked\n");
      state = state.through(new String(target, StandardCharsets.UTF_8), Optional.empty());
      if (question.follow()) {
        state = followed(reader, question, nonce, state);
      }
    }
    return Optional.of(state.isFile() ? content(reader, question, nonce, state) : state);
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
