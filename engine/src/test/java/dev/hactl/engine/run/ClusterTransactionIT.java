package dev.hactl.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Stepper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that are one transaction, on two hosts that share a document of words. */
class ClusterTransactionIT {
  private ClusterPair pair;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    Path document = Files.createDirectories(folder.resolve("doc"));
    pair = new ClusterPair(folder, "word", new WordModule(new WordModule.Words(document)));
  }

  @AfterEach
  void stop() {
    pair.close();
  }

  private String run(RunOptions options, String tasks) throws IOException {
    return run(options, tasks, e -> {});
  }

  private String run(RunOptions options, String tasks, Consumer<Event> listener)
      throws IOException {
    String playbook =
        "- hosts: all\n  tasks:\n    - transaction: words\n      block:\n"
            + tasks.indent(8)
            + "  handlers:\n    - name: tell\n      word: {word: handled}\n";
    return pair.run(options, playbook, listener).toString();
  }

  private long pushes() throws IOException {
    Path pushes = folder.resolve("pushes");
    return Files.exists(pushes) ? Files.readAllLines(pushes).size() : 0;
  }

  private static final String TASKS =
      """
      - word: {word: first}
        register: first
      - word: {word: "${item}", needs: first}
        loop: [x, y]
      - word: {word: late}
        when: first.changed
      - word: {word: ofb}
        when: inventory_hostname == 'b'
      """;

  @Test
  void tasksAreFoldedToldOneByOneAndWrittenOnce() throws IOException {
    RunOptions options = RunOptions.defaults();
    String changed =
        "0 a:changed[+ first] b:ok[] a:changed[+ x] a:changed[+ y] b:ok[] b:ok[] a:changed[+ late]"
            + " b:ok[] a:skipped[] b:changed[+ ofb, write]";
    assertEquals(changed, run(options.withCheck(true), TASKS));
    assertEquals(0, pushes());
    assertEquals(changed, run(options, TASKS));
    assertEquals(1, pushes());
    assertEquals(
        "0 a:ok[] b:ok[] a:ok[] a:ok[] b:ok[] b:ok[] a:skipped[] b:skipped[] a:skipped[] b:ok[]",
        run(options, TASKS));
    assertEquals(1, pushes());
  }

  @Test
  void aMemberThatIsLeftOutIsSeenAndTheOtherWrites() throws IOException {
    String tasks = "- word: {word: first}\n";
    assertEquals("0 b:changed[+ first, write]", run(RunOptions.defaults().withLimit("b"), tasks));
    assertEquals(1, pushes());
  }

  @Test
  void nothingIsWrittenWhenOneTaskCannotBeDone() throws IOException {
    String missing = "- word: {word: first}\n- word: {word: x, needs: gone}\n- word: {word: y}\n";
    String failed = "failed(there is no gone)[]";
    String expected =
        "2 a:skipped[] b:skipped[] a:%1$s b:%1$s a:skipped[] b:skipped[]".formatted(failed);
    assertEquals(expected, run(RunOptions.defaults().withCheck(true), missing));
    assertEquals(expected, run(RunOptions.defaults(), missing));
    String bad = "- word: {word: first}\n- word: {word: bad}\n- word: {word: y}\n";
    assertEquals(
        expected.replace("there is no gone", "a bad word"), run(RunOptions.defaults(), bad));
    assertEquals(0, pushes());
  }

  @Test
  void whatMovedMeanwhileIsPlannedAnew() throws IOException {
    var plays = new AtomicInteger();
    String tasks = "- word: {word: first}\n- word: {word: y}\n";
    String told =
        run(
            RunOptions.defaults(),
            tasks,
            event -> {
              if (event instanceof Event.PlayStarted && plays.incrementAndGet() == 1) {
                try {
                  Files.createFile(folder.resolve("doc/y"));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    assertEquals("0 a:changed[+ first, write] b:ok[] a:ok[] b:ok[]", told);
    assertEquals(1, pushes());
  }

  @Test
  void handlersOfItsTasksRunOnceWhenItLanded() throws IOException {
    String tasks = "- word: {word: first}\n  notify: tell\n- word: {word: x}\n  notify: tell\n";
    assertEquals(
        "0 a:changed[+ first] b:ok[] a:changed[+ x, write] b:ok[] a:changed[write]",
        run(RunOptions.defaults(), tasks));
    assertEquals(2, pushes());
    assertEquals("0 a:ok[] b:ok[] a:ok[] b:ok[]", run(RunOptions.defaults(), tasks));
  }

  /** Half of it would be what a transaction never is. */
  @Test
  void whoIsAskedIsAskedOnceAndDeclinesTheWhole() throws IOException {
    String block =
        """
        - hosts: all
          tasks:
            - transaction: words
              block:
                - {name: one, word: {word: first}}
                - {name: two, word: {word: x, needs: first}}
            - {name: three, word: {word: after}}
        """;
    assertEquals(
        "0 a:skipped[] b:skipped[] a:skipped[] b:skipped[] a:changed[write] b:ok[]",
        stepping(block, Stepper.Answer.NO, Stepper.Answer.YES));
    assertEquals(List.of("TRANSACTION [one, two]", "TASK [three]"), asked);
    assertEquals(1, pushes());
    assertEquals("130 ", stepping(block, Stepper.Answer.QUIT));
    assertEquals(1, pushes());
    assertEquals(
        "0 a:changed[+ first] b:ok[] a:changed[+ x, write] b:ok[] a:ok[] b:ok[]",
        stepping(block, Stepper.Answer.YES, Stepper.Answer.YES));
    assertEquals(2, pushes());
  }

  private final List<String> asked = new ArrayList<>();

  private String stepping(String playbook, Stepper.Answer... answers) throws IOException {
    Iterator<Stepper.Answer> next = List.of(answers).iterator();
    asked.clear();
    Stepper operator =
        question -> {
          asked.add(question.kind() + " " + question.tasks());
          return next.next();
        };
    return pair.run(RunOptions.defaults(), playbook, e -> {}, new RunControl(Optional.of(operator)))
        .toString();
  }

  /** It landed nowhere, so what rescues it finds the document as it was. */
  @Test
  void aTransactionThatCannotLandIsRescued() throws IOException {
    String block =
        """
        - hosts: all
          tasks:
            - transaction: words
              block:
                - word: {word: first}
                - word: {word: x%s}
              rescue:
                - word: {word: rescued}
                - word: {word: first}
              always:
                - word: {word: always}
            - word: {word: after}
        """;
    assertEquals(
        "0 a:skipped[] b:skipped[] a:failed(there is no gone)[] b:failed(there is no gone)[]"
            + " a:changed[write] b:ok[] a:changed[write] b:ok[]"
            + " a:changed[write] b:ok[] a:changed[write] b:ok[]",
        pair.run(RunOptions.defaults(), block.formatted(", needs: gone"), e -> {}).toString());
    assertEquals(4, pushes());
    assertEquals(
        "0 a:ok[] b:ok[] a:changed[+ x, write] b:ok[] a:ok[] b:ok[] a:ok[] b:ok[]",
        pair.run(RunOptions.defaults(), block.formatted(""), e -> {}).toString());
    assertEquals(5, pushes());
  }
}
