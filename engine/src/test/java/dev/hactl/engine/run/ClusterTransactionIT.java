package dev.hactl.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Draft;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Transaction;
import dev.hactl.engine.module.TransactionModule;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import dev.hactl.lab.LoopbackHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that are one transaction, on two hosts that share a document of words. */
class ClusterTransactionIT {
  private LoopbackHost one;
  private LoopbackHost two;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    one = LoopbackHost.start();
    two = LoopbackHost.start();
    Files.createDirectories(folder.resolve("doc"));
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  /** The document: words of it, and those that an edit needs there already. */
  private record Words(Path folder) implements Transaction<TreeSet<String>, Edit> {
    @Override
    public String name() {
      return "words";
    }

    @Override
    public Probe<TreeSet<String>> probe() {
      return Probe.sh(
          "ls " + Sh.quote(folder.toString()), a -> new TreeSet<>(a.text().lines().toList()));
    }

    @Override
    public Draft<TreeSet<String>, Edit> begin(Members<TreeSet<String>> seen) {
      return new WordsDraft(this, seen, seen.observed().firstEntry().getValue(), List.of());
    }
  }

  private record Edit(String word, String needs) {}

  private record WordsDraft(
      Words words, Members<TreeSet<String>> seen, TreeSet<String> now, List<Edit> edits)
      implements Draft<TreeSet<String>, Edit> {

    @Override
    public Next<TreeSet<String>, Edit> with(Edit edit) {
      if (!edit.needs().isEmpty() && !now.contains(edit.needs())) {
        return new Next.Stopped<>(
            new ClusterDecision.Blocked<>(Thing.user("x"), "there is no " + edit.needs()));
      }
      var next = new TreeSet<>(now);
      boolean adds = next.add(edit.word());
      var all = new ArrayList<>(edits);
      all.add(edit);
      return new Next.Drafted<>(
          new WordsDraft(words, seen, next, all),
          adds ? List.of("+ " + edit.word()) : List.of(),
          adds ? List.of(Diff.of("word", new Diff.Property(edit.word(), "", "there"))) : List.of());
    }

    @Override
    public ClusterDecision<TreeSet<String>> decide() {
      TreeSet<String> there = seen.observed().firstEntry().getValue();
      if (now.equals(there)) {
        return ClusterDecision.ok();
      }
      for (int i = 0; i < edits.size(); i++) {
        if (edits.get(i).word().startsWith("bad")) {
          return new ClusterDecision.Impossible<>("a bad word", List.of(i));
        }
      }
      String dir = Sh.quote(words.folder().toString());
      var text = new StringBuilder("cd " + dir + " || exit\n");
      text.append("[ \"$(ls)\" = ").append(Sh.quote(String.join("\n", there)));
      text.append(" ] || exit 75\necho >> ../pushes\n");
      now.forEach(w -> text.append("touch ").append(Sh.quote(w)).append('\n'));
      String writer =
          seen.names().stream().filter(seen.acting()::contains).findFirst().orElseThrow();
      return ClusterDecision.stages(
          List.of(
              Stage.of(
                      writer,
                      Change.<Members<TreeSet<String>>>to(
                              "write", m -> m.everywhere(w -> w.containsAll(now)))
                          .step(Step.sh(text.toString()))
                          .build())
                  .unlessMoved(75)));
    }

    @Override
    public List<Thing> reliesOn() {
      return List.of();
    }
  }

  private record Word(Words words) implements TransactionModule<Edit, TreeSet<String>, Edit> {
    @Override
    public Manual manual() {
      return Manual.state("Words", "Words of a document.");
    }

    @Override
    public Form<Edit> form() {
      var form = Form.builder();
      var word = form.required("word", Types.NAME, "What it holds.");
      var needs = form.optional("needs", Types.NAME, "What must be there before.");
      return form.into(a -> new Edit(a.get(word), a.get(needs).orElse("")));
    }

    @Override
    public Transaction<TreeSet<String>, Edit> transaction() {
      return words;
    }

    @Override
    public Edit edit(Edit params) {
      return params;
    }
  }

  private Modules modules() {
    return new Modules() {
      @Override
      public Optional<Module<?>> find(String name) {
        return name.equals("word")
            ? Optional.of(new Word(new Words(folder.resolve("doc"))))
            : Optional.empty();
      }

      @Override
      public Collection<String> names() {
        return List.of("word");
      }

      @Override
      public Collection<String> callable() {
        return names();
      }
    };
  }

  private static String host(String name, ConnectionSettings how) {
    return """
        %s:
          ansible_host: %s
          ansible_port: %s
          ansible_user: %s
          ansible_ssh_private_key_file: %s
          ansible_ssh_known_hosts_file: %s
    """
        .formatted(
            name,
            how.address(),
            how.port().orElseThrow(),
            how.user().orElseThrow(),
            how.privateKey().orElseThrow(),
            how.knownHosts().orElseThrow())
        .indent(4);
  }

  private String run(RunOptions options, String tasks) throws IOException {
    return run(options, tasks, e -> {});
  }

  /** The exit code, then how each task ended on each host, in order. */
  private String run(RunOptions options, String tasks, Consumer<Event> listener)
      throws IOException {
    Path inventory = folder.resolve("inventory.yml");
    Files.writeString(
        inventory,
        "pair:\n  cluster: pair\n  hosts:\n"
            + host("a", one.settings("root"))
            + host("b", two.settings("root")));
    Path site = folder.resolve("site.yml");
    Files.writeString(
        site,
        "- hosts: all\n  tasks:\n    - transaction: words\n      block:\n"
            + tasks.indent(8)
            + "  handlers:\n    - name: tell\n      word: {word: handled}\n");
    var events = new ArrayList<Event>();
    Project project =
        Project.load(List.of(site), List.of(inventory.toString()), (path, problems) -> modules());
    int exit =
        Runner.run(
            project,
            options,
            event -> {
              events.add(event);
              listener.accept(event);
            },
            new RunControl(),
            "r" + System.nanoTime());
    var told = new ArrayList<String>();
    events.stream()
        .filter(Event.TaskEnded.class::isInstance)
        .map(Event.TaskEnded.class::cast)
        .map(e ->
            e.host()
                + ":"
                + word(e.outcome())
                + e.changes().stream().map(Event.ChangeLine::what).toList())
        .forEach(told::add);
    return exit + " " + String.join(" ", told);
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed f -> "failed(" + f.failure().message() + ")";
      case Outcome.Refused r -> "refused(" + r.message() + ")";
      case Outcome.Ok o -> "ok";
      case Outcome.Changed c -> "changed";
      case Outcome.Unknown u -> "unknown";
      case Outcome.Skipped s -> "skipped";
      case Outcome.Said s -> "said";
      case Outcome.Unreachable u -> "unreachable";
    };
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
}
