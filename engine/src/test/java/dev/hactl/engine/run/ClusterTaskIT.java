package dev.hactl.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.ClusterModule;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Types;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module that sees two hosts as one: stages, predictions, members that are left out or gone. */
class ClusterTaskIT {
  private ClusterPair pair;
  @TempDir private Path folder;

  @BeforeEach
  void start() {
    pair = new ClusterPair(folder, "stamp", new Stamp());
  }

  @AfterEach
  void stop() {
    pair.close();
  }

  /**
   * Writes a word on every member, then on the first one how many have it.
   *
   * @param destroys whether to call that destructive
   */
  private record Params(String word, boolean destroys) {}

  private record State(String word, String count) {}

  private static final class Stamp implements ClusterModule<Params, State> {
    @Override
    public Manual manual() {
      return Manual.state("Stamps", "Stamps a cluster.");
    }

    @Override
    public Form<Params> form() {
      var form = Form.builder();
      var word = form.required("word", Types.NAME, "What to write.");
      var destroys = form.optional("destroys", Types.BOOL, false, "Whether it destroys.");
      return form.into(a -> new Params(a.get(word), a.get(destroys)));
    }

    @Override
    public Probe<State> probe(Params params) {
      return Probe.sh(
          "cat /root/word 2>/dev/null || echo -; cat /root/count 2>/dev/null || echo -",
          a -> new State(a.raw().lines().toList().get(0), a.raw().lines().toList().get(1)));
    }

    @Override
    public ClusterDecision<State> plan(Params p, Members<State> seen) {
      var stages = new ArrayList<Stage<State>>();
      var words = new LinkedHashMap<String, List<Change<Members<State>>>>();
      seen.acting(s -> !s.word().equals(p.word()))
          .forEach(name -> words.put(name, List.of(word(p, name))));
      if (!words.isEmpty()) {
        stages.add(new Stage<>(words));
      }
      String first = seen.names().getFirst();
      String count = Integer.toString(seen.names().size());
      if (seen.complete() && !seen.of(first).orElseThrow().count().equals(count)) {
        stages.add(
            Stage.of(
                first,
                Change.<Members<State>>to(
                        "count " + count,
                        m -> m.of(first).filter(s -> s.count().equals(count)).isPresent())
                    .step(Step.sh("echo " + count + " > /root/count"))
                    .build()));
      }
      return ClusterDecision.stages(stages);
    }

    private static Change<Members<State>> word(Params p, String name) {
      return Change.<Members<State>>to(
              "write " + p.word(),
              m -> m.of(name).filter(s -> s.word().equals(p.word())).isPresent())
          .impact(p.destroys() ? new Impact.Destructive("words", "destroys words") : Impact.none())
          .step(Step.sh("echo " + Sh.quote(p.word()) + " > /root/word"))
          .build();
    }
  }

  private String run(RunOptions options, String word) throws IOException {
    return pair.run(options, "- hosts: all\n  needs: any\n  tasks:\n    - stamp: {" + word + "}\n")
        .sorted();
  }

  @Test
  void stagesAreForetoldAndThenDoneOnceForAllMembers() throws IOException {
    RunOptions options = RunOptions.defaults();
    String changed = "0 a:changed[write x, count 2] b:changed[write x]";
    assertEquals(changed, run(options.withCheck(true), "word: x"));
    assertEquals(changed, run(options, "word: x"));
    assertEquals("0 a:ok[] b:ok[]", run(options, "word: x"));
    assertEquals("0 a:changed[write y] b:changed[write y]", run(options, "word: y"));
  }

  @Test
  void aMemberThatIsLeftOutIsLookedAtAndNotChanged() throws IOException {
    RunOptions options = RunOptions.defaults();
    assertEquals(
        "9 b:refused(the cluster 'pair' would also be changed on a, which this run leaves out:"
            + " nothing was done)[]",
        run(options.withLimit("b"), "word: x"));
    assertEquals("0 a:changed[write x, count 2] b:changed[write x]", run(options, "word: x"));
    assertEquals("0 b:changed[write y]", run(options.withLimit("b"), "word: y"));
  }

  @Test
  void nothingIsDestroyedWhileAMemberCannotBeSeen() throws IOException {
    run(RunOptions.defaults(), "word: x");
    pair.lose();
    String refused =
        run(RunOptions.defaults().allowing(Set.of("words")), "word: y, destroys: true");
    assertEquals(
        "9 a:refused(it may destroy data, and not every member of the cluster 'pair' can be"
            + " observed",
        refused.substring(0, refused.indexOf(": b (")));
    String goesOn = run(RunOptions.defaults(), "word: y");
    assertEquals("4 a:changed[write y] b:unreachable[]", goesOn);
  }

  @Test
  void destroyingNeedsConsent() throws IOException {
    run(RunOptions.defaults(), "word: x");
    assertEquals(
        9, Integer.parseInt(run(RunOptions.defaults(), "word: y, destroys: true").split(" ")[0]));
    assertEquals(
        "0 a:changed[write y] b:changed[write y]",
        run(RunOptions.defaults().allowing(Set.of("words")), "word: y, destroys: true"));
  }
}
