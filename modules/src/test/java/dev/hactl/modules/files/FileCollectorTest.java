package dev.hactl.modules.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.modules.files.FileQuestion.Algorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ways of looking at files, in the shells that real hosts have. */
class FileCollectorTest {
  private static final String NONCE = "zq81x";

  @TempDir private Path dir;

  @BeforeEach
  void prepare() throws IOException {
    write("file", "content\n");
    write("open end", "no newline");
    write("empty", "");
    write("it's", "==> " + dir + "/file <==\nfaked\n");
    write("back\\slash", "b");
    write("ünï", "ö\n");
    var random = new byte[9000];
    new Random(3).nextBytes(random);
    Files.write(dir.resolve("binary"), random);
    write("large", "x".repeat(20_000));
    Files.createDirectory(dir.resolve("directory"));
    link("to file", "file");
    link("to to file", "to file");
    link("to directory", "directory");
    link("dangling", "nowhere/at/all");
    link("loop", "loop");
    link("odd", "a' -> 'b \\ `c");
    LocalShell.DASH.run("mkfifo " + dir + "/fifo");
  }

  private List<FileQuestion> everything() {
    var questions = new ArrayList<FileQuestion>();
    for (String name :
        List.of(
            "file",
            "open end",
            "empty",
            "it's",
            "back\\slash",
            "ünï",
            "binary",
            "large",
            "directory",
            "to file",
            "to to file",
            "to directory",
            "dangling",
            "fifo",
            "absent",
            "file/below")) {
      FileQuestion plain = FileQuestion.of(dir.resolve(name).toString());
      questions.add(plain);
      questions.add(plain.following().hashed(Algorithm.SHA256).withContent(10_000));
      questions.add(plain.hashedIfSize(8));
      questions.add(plain.hashed(Algorithm.SHA1));
    }
    return questions;
  }

  @ParameterizedTest
  @EnumSource
  void allAtOnceAndOneByOneSeeTheSame(LocalShell shell) {
    List<FileQuestion> questions = everything();
    List<FileState> together = together(shell, questions);
    for (int i = 0; i < questions.size(); i++) {
      FileState alone = alone(shell, questions.get(i));
      assertEquals(shown(alone), shown(together.get(i)), questions.get(i).toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatThereIsIsSeen(LocalShell shell) throws IOException {
    FileState file = look(shell, "file", q -> q.hashedIfSize(8).withContent(8));
    assertEquals(FileState.Kind.FILE, file.kind());
    assertEquals(8, file.stat().size());
    assertEquals(0644, file.stat().mode());
    assertTrue(file.stat().ownedBy("root") && file.stat().ownedBy("0"));
    assertEquals(Content.of("content\n", false, "").sha256(), file.hash().orElseThrow());
    assertEquals("content\n", file.content().orElseThrow().text());

    assertEquals(Optional.empty(), look(shell, "file", q -> q.hashedIfSize(9)).hash());
    assertEquals(Optional.empty(), look(shell, "file", q -> q.withContent(7)).content());
    assertArrayEquals(
        Files.readAllBytes(dir.resolve("binary")),
        look(shell, "binary", q -> q.withContent(1 << 20)).content().orElseThrow().bytes());

    FileState link = look(shell, "to to file", FileQuestion::following);
    assertEquals(FileState.Kind.FILE, link.kind());
    assertEquals(Optional.of("to file"), link.target());
    assertEquals(Optional.of(dir.toRealPath().resolve("file").toString()), link.resolved());
    FileState unfollowed = look(shell, "to file", q -> q);
    assertEquals(FileState.Kind.LINK, unfollowed.kind());
    assertEquals(
        Optional.of("a' -> 'b \\ `c"),
        alone(shell, FileQuestion.of(dir.resolve("odd").toString())).target());
    FileState dangling = look(shell, "dangling", FileQuestion::following);
    assertEquals(FileState.Kind.LINK, dangling.kind());
    assertEquals(Optional.empty(), dangling.resolved());

    assertEquals(FileState.Kind.OTHER, look(shell, "fifo", q -> q.withContent(9)).kind());
    assertEquals(FileState.Kind.ABSENT, look(shell, "absent", q -> q.withContent(9)).kind());
    assertEquals(FileState.Kind.ABSENT, look(shell, "file/below", q -> q).kind());
  }

  @ParameterizedTest
  @EnumSource
  void filesOfTheKernelAreReadWhenAskedAlone(LocalShell shell) {
    var version = FileQuestion.of("/proc/version").hashedIfSize(5).withContent(5000);
    var file = FileQuestion.of(dir.resolve("file").toString()).withContent(100);
    List<Answer> answers = ask(shell, List.of(List.of(version), List.of(file)));
    assertTrue(answers.get(0).isMissing());
    assertEquals("content\n", FileWire.decode(answers.get(1)).getFirst().content().get().text());
    FileState alone = alone(shell, version);
    assertTrue(alone.content().orElseThrow().text().startsWith("Linux"));
    assertEquals(alone.content().orElseThrow().sha256(), alone.hash().orElseThrow());
  }

  @ParameterizedTest
  @EnumSource
  void aLoopIsNeverCalledAbsent(LocalShell shell) {
    FileState state = alone(shell, FileQuestion.of(dir.resolve("loop").toString()).following());
    assertEquals(FileState.Kind.LINK, state.kind());
    assertFalse(state.reason().isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void hundredsOfFilesAreChunked(LocalShell shell) throws IOException {
    Path deep = Files.createDirectories(dir.resolve("d".repeat(200)).resolve("e".repeat(200)));
    var questions = new ArrayList<FileQuestion>();
    for (int i = 0; i < 700; i++) {
      Path file = deep.resolve("f" + i);
      if (i % 7 != 0) {
        Files.writeString(file, "number " + i);
      }
      questions.add(
          FileQuestion.of(file.toString()).following().hashed(Algorithm.SHA256).withContent(50));
    }
    List<FileState> states = together(shell, questions);
    for (int i = 0; i < 700; i++) {
      FileState state = states.get(i);
      if (i % 7 == 0) {
        assertFalse(state.exists());
      } else {
        assertEquals("number " + i, state.content().orElseThrow().text());
        assertEquals(state.content().orElseThrow().sha256(), state.hash().orElseThrow());
      }
    }
    // One question about many files goes the quick way too.
    FileProbe.of(questions).parser().apply(ask(shell, List.of(questions)).getFirst());
  }

  @Test
  void outputThatDoesNotFitTogetherIsNoAnswer() {
    List<List<FileQuestion>> questions =
        List.of(
            List.of(FileQuestion.of(dir + "/file").withContent(99).hashed(Algorithm.SHA256)),
            List.of(FileQuestion.of(dir + "/open end").withContent(99)),
            List.of(FileQuestion.of(dir + "/absent")));
    String whole = LocalShell.DASH.run(FileCollector.INSTANCE.script(questions, NONCE)).out();
    assertEquals(List.of(false, false, false), missing(questions, whole));
    // The first file grew between the two looks: nothing after it is believed.
    assertEquals(
        List.of(true, true, false), missing(questions, whole.replace("content\n", "content\n2\n")));
    assertEquals(
        List.of(true, false, false), missing(questions, whole.replaceAll("[0-9a-f]{64}", "")));
    // Not every complaint says that nothing is there.
    assertEquals(
        List.of(false, false, true),
        missing(questions, whole.replace("No such file or directory", "Permission denied")));
    for (int cut = 0; cut < whole.length(); cut += 7) {
      missing(questions, whole.substring(0, cut));
    }
    assertEquals(List.of(true, true, true), missing(questions, ""));
  }

  private static List<Boolean> missing(List<List<FileQuestion>> questions, String output) {
    return FileCollector.INSTANCE
        .split(questions, NONCE, output.getBytes(StandardCharsets.UTF_8))
        .stream()
        .map(Answer::isMissing)
        .toList();
  }

  private interface Refine {
    FileQuestion of(FileQuestion question);
  }

  /** Asked both alone and among others, which must agree. */
  private FileState look(LocalShell shell, String name, Refine refine) {
    FileQuestion question = refine.of(FileQuestion.of(dir.resolve(name).toString()));
    FileState alone = alone(shell, question);
    FileState other =
        together(shell, List.of(FileQuestion.of("/"), question, FileQuestion.of("/tmp"))).get(1);
    assertEquals(shown(alone), shown(other));
    return other;
  }

  private static List<FileState> together(LocalShell shell, List<FileQuestion> questions) {
    List<Answer> answers = ask(shell, questions.stream().map(List::of).toList());
    for (int i = 0; i < answers.size(); i++) {
      assertFalse(answers.get(i).isMissing(), questions.get(i).toString());
    }
    return answers.stream().map(FileWire::decode).map(List::getFirst).toList();
  }

  private static FileState alone(LocalShell shell, FileQuestion question) {
    return FileProbe.of(question).parser().apply(ask(shell, List.of(List.of(question))).getFirst());
  }

  private static List<Answer> ask(LocalShell shell, List<List<FileQuestion>> questions) {
    LocalShell.Result result = shell.run(FileCollector.INSTANCE.script(questions, NONCE));
    return FileCollector.INSTANCE.split(questions, NONCE, result.bytes());
  }

  private static String shown(FileState state) {
    // Being looked at may change the time of access.
    return state.kind()
        + " "
        + state.stat().mode()
        + " "
        + state.stat().size()
        + " "
        + state.stat().mtime()
        + " "
        + state.stat().inode()
        + " "
        + state.stat().owner()
        + " "
        + state.stat().device()
        + " "
        + state.target()
        + " "
        + state.resolved()
        + " "
        + state.hash()
        + " "
        + state.content().map(Content.Inline::sha256)
        + " "
        + state.reason();
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(dir.resolve(name), content);
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(dir.resolve(name), Path.of(target));
  }
}
