package dev.hactl.modules.files;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Some files, and attributes of everything at and below one of them. */
final class TreeProbe {
  private TreeProbe() {}

  /** The text must be the same each time it is asked, so the mark cannot be random. */
  private static final String NONCE = "hactl-tree";

  private record Seen(List<FileState> states, List<FileState> tree) {}

  static <S> Probe<S> of(
      List<FileQuestion> questions,
      String root,
      Function<List<FileState>, Function<List<FileState>, S>> then) {
    String path = Sh.quote(root);
    String text =
        FilesOneByOne.script(questions, NONCE)
            + "echo '"
            + NONCE
            + " tree'\n"
            // A slash makes find(1) go through a link at the root itself.
            + "[ ! -d "
            + path
            + " ] || find "
            + Sh.quote(root + "/")
            + " -exec "
            + StatLine.plainCommand(NONCE, false).replace("QUOTING_STYLE=literal ", "")
            + " {} +\n";
    Probe<Seen> probe = Probe.sh(text, answer -> read(questions, answer));
    return probe.within(Duration.ofSeconds(60)).map(s -> then.apply(s.states()).apply(s.tree()));
  }

  private static Seen read(List<FileQuestion> questions, Answer answer) {
    List<FileState> states = FileWire.decode(FilesOneByOne.read(questions, NONCE, answer.bytes()));
    String text = new String(answer.bytes(), StandardCharsets.ISO_8859_1);
    var tree = new ArrayList<FileState>();
    int mark = text.indexOf("\n" + NONCE + " tree\n");
    for (String line : text.substring(Math.max(mark, 0)).split("\n")) {
      int name = line.indexOf(":/");
      if (line.startsWith(NONCE + " ") && name > 0) {
        String path = StatLine.utf8(line.substring(name + 1));
        StatLine.read(line, NONCE, path)
            .ifPresent(l -> tree.add(FileState.of(path, l.stat().kind(), l.stat())));
      }
    }
    return new Seen(states, tree);
  }
}
