package dev.hactl.modules.files;

import dev.hactl.engine.module.Sh;
import dev.hactl.modules.files.FileQuestion.Algorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Any number of files with one {@code stat}, one {@code stat -L} when there are links to follow,
 * one {@code sha256sum} and one {@code head}.
 *
 * <p>Which files are hashed and read is decided on the host, between those commands, by the shell
 * itself: it walks through the lines of {@code stat} in the order of the paths. Only regular files
 * are ever opened, so that nothing waits for a pipe or wakes a device.
 */
final class FilesAtOnce {
  /**
   * Far below what kernels allow, because shells take quadratic time to build long lists; still
   * hundreds of files.
   */
  private static final int ARGUMENT_BYTES = 30_000;

  /** What stat(1) writes in one piece; more of it would be cut by a complaint in mid-line. */
  private static final int PIECE_BYTES = 4000;

  /** The longest a line of stat(1) gets, but for its name. */
  private static final int LINE_BYTES = 200;

  private final List<List<Wanted>> chunks = new ArrayList<>();
  private final String nonce;

  private FilesAtOnce(Iterable<Wanted> all, String nonce) {
    this.nonce = nonce;
    int room = 0;
    for (Wanted wanted : all) {
      int bytes = wanted.path.getBytes(StandardCharsets.UTF_8).length + 1;
      if (chunks.isEmpty() || room < bytes) {
        chunks.add(new ArrayList<>());
        room = ARGUMENT_BYTES;
      }
      chunks.getLast().add(wanted);
      room -= bytes;
    }
  }

  static FilesAtOnce of(List<List<FileQuestion>> questions, String nonce) {
    var byPath = new LinkedHashMap<String, Wanted>();
    for (List<FileQuestion> together : questions) {
      for (FileQuestion question : together) {
        byPath.computeIfAbsent(question.path(), Wanted::new).add(question);
      }
    }
    return new FilesAtOnce(byPath.values(), nonce);
  }

  /** Everything that the questions about one path want. */
  static final class Wanted {
    final String path;
    boolean follow;
    int cap;

    /** Sizes at which a hash is wanted; an empty list: always. */
    final Map<Algorithm, List<Long>> hashes = new LinkedHashMap<>();

    Wanted(String path) {
      this.path = path;
    }

    void add(FileQuestion question) {
      follow |= question.follow();
      if (FileReports.claimsNoSize(path)) {
        return; // answered only when asked alone
      }
      cap = Math.max(cap, question.contentCap());
      question
          .hash()
          .ifPresent(hash -> {
            List<Long> sizes = hashes.get(hash.algorithm());
            boolean always = hash.size().isEmpty() || (sizes != null && sizes.isEmpty());
            if (always) {
              hashes.put(hash.algorithm(), List.of());
            } else if (sizes == null) {
              hashes.put(hash.algorithm(), new ArrayList<>(List.of(hash.size().getAsLong())));
            } else {
              sizes.add(hash.size().getAsLong());
            }
          });
    }

    boolean readsSize(long size) {
      return cap > 0 && size <= cap;
    }
  }

  String script() {
    var text = new StringBuilder();
    // What the shell itself says is gathered in e, because each write is a packet on its way.
    text.append("set -f\nIFS='\n'\nl='\n'\ne=\n")
        .append("case ${KSH_VERSION-} in\n'') p() { printf %s \"$e\"; e=; } ;;\n")
        // Without a built-in printf a long line would not fit into an argument.
        .append("*) p() { print -rn -- \"$e\"; e=; } ;;\nesac\n");
    chunks.forEach(chunk -> chunk(text, chunk));
    mark(text, "end");
    return text.append("p\n").toString();
  }

  private void chunk(StringBuilder text, List<Wanted> chunk) {
    List<Algorithm> algorithms = algorithms(chunk);
    boolean walks = chunk.stream().anyMatch(w -> w.follow || w.cap > 0 || !w.hashes.isEmpty());
    if (walks) {
      text.append("f= c=");
      algorithms.forEach(a -> text.append(' ').append(variable(a)).append('='));
      text.append("\nw() {\n");
      chunk.forEach(wanted -> walk(text, wanted));
      text.append("}\n");
    }
    boolean few = fitsInOnePiece(chunk);
    stat(text, false, Sh.words(chunk.stream().map(w -> w.path).toList()), few);
    if (!walks) {
      return;
    }
    text.append("set -- $o\nw \"$@\"\n");
    text.append("case $f in\n?*)\nset -- $f\nf=\n");
    stat(text, true, "\"$@\"", few);
    mark(text, "real");
    text.append("r=\nfor x do [ ! -e \"$x\" ] || r=$r$l$x; done\n");
    // Some shells have a realpath of their own that takes one path only.
    whenAny(text, "r", "env realpath");
    text.append("set -- $o\nw \"$@\"\n;;\nesac\n");
    for (Algorithm algorithm : algorithms) {
      mark(text, algorithm.command());
      whenAny(text, variable(algorithm), algorithm.command());
    }
    mark(text, "content");
    int cap = chunk.stream().mapToInt(w -> w.cap).max().orElse(0);
    if (cap > 0) {
      whenAny(text, "c", "head -v -c " + cap);
    }
    text.append("e=$e$l\n");
    mark(text, "over");
  }

  private static boolean fitsInOnePiece(List<Wanted> chunk) {
    int bytes = 0;
    for (Wanted wanted : chunk) {
      bytes += wanted.path.length() + LINE_BYTES;
    }
    return bytes < PIECE_BYTES;
  }

  /**
   * Complaints come in front of the lines, which the shell needs itself. Few are sorted out by the
   * shell; many go straight to the output, each of them in several writes.
   */
  private void stat(StringBuilder text, boolean follow, String operands, boolean few) {
    String command = StatLine.command(nonce, follow) + " " + operands;
    mark(text, "stat");
    if (few) {
      text.append("o=$(").append(command).append(" 2>&1)\n");
      text.append("case $l$o in\n*\"${l}s\"*)\nq=\nfor x in $o; do\ncase $x in\n'");
      text.append(nonce)
          .append(" '*) q=$q${q:+$l}$x ;;\n*) e=$e$x$l ;;\nesac\ndone\no=$q\n;;\nesac\n");
    } else {
      text.append("p\n{ o=$(").append(command).append(" 2>&8); } 8>&1\n");
    }
    mark(text, "lines");
    text.append("e=$e$o$l\n");
  }

  private void mark(StringBuilder text, String word) {
    text.append("e=$e'").append(nonce).append(' ').append(word).append("'$l\n");
  }

  private static void whenAny(StringBuilder text, String variable, String command) {
    text.append("set -- $")
        .append(variable)
        .append("\n[ $# = 0 ] || { p; ")
        .append(command)
        .append(" \"$@\" 2>/dev/null; }\n");
  }

  /** Takes the first line away when it is about this path, and notes what is to be read. */
  private void walk(StringBuilder text, Wanted wanted) {
    String path = Sh.quote(wanted.path);
    text.append("case ${1-} in\n");
    if (wanted.cap > 0 || !wanted.hashes.isEmpty()) {
      text.append('"').append(nonce).append(" 8\"*:").append(path).append(")\n");
      wanted.hashes.forEach((algorithm, sizes) -> {
        if (sizes.isEmpty()) {
          note(text, variable(algorithm), path);
        } else {
          text.append("case $1 in\n");
          for (int i = 0; i < sizes.size(); i++) {
            text.append(i == 0 ? "" : "|")
                .append('"')
                .append(nonce)
                .append(" 8\"???\" ")
                .append(sizes.get(i))
                .append(" \"*");
          }
          text.append(") ");
          note(text, variable(algorithm), path);
          text.append(";;\nesac\n");
        }
      });
      if (wanted.cap > 0) {
        text.append("s=${1#\"").append(nonce).append(" 8\"???\" \"}\n");
        text.append("[ ${s%%\" \"*} -gt ").append(wanted.cap).append(" ] || ");
        note(text, "c", path);
      }
      text.append("shift ;;\n");
    }
    text.append("*:").append(path).append(") shift ;;\n");
    text.append("*:")
        .append(path)
        .append("' -> '*|*\":'\"")
        .append(path)
        .append("\"' -> '\"*|*:\\`")
        .append(path)
        .append("\"' -> \\`\"*) ");
    if (wanted.follow) {
      note(text, "f", path);
    }
    text.append("shift ;;\nesac\n");
  }

  private static void note(StringBuilder text, String variable, String path) {
    text.append(variable).append("=$").append(variable).append("$l").append(path).append('\n');
  }

  private static String variable(Algorithm algorithm) {
    return "h" + algorithm.digits();
  }

  static List<Algorithm> algorithms(List<Wanted> chunk) {
    return chunk.stream().flatMap(w -> w.hashes.keySet().stream()).distinct().sorted().toList();
  }

  FileReports read(byte[] output, boolean lastResort) {
    return new FilesAtOnceAnswer(chunks, nonce).read(output, lastResort);
  }
}
