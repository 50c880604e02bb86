package dev.hactl.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.ClusterModule;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Types;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that one member makes for another, and hosts that are in no cluster. */
class RelayIT {
  private ClusterPair pair;
  @TempDir private Path folder;

  @BeforeEach
  void start() {
    pair = new ClusterPair(folder, "same", new Same());
  }

  @AfterEach
  void stop() {
    pair.close();
  }

  /** Gives all members the numbers that the first one has, or makes them there. */
  private static final class Same implements ClusterModule<String, String> {
    @Override
    public Manual manual() {
      return Manual.state("Numbers", "The same numbers everywhere.");
    }

    @Override
    public Form<String> form() {
      var form = Form.builder();
      var text = form.required("text", Types.TEXT, "What the first member prints.");
      return form.into(a -> a.get(text));
    }

    @Override
    public boolean takesLoneHosts() {
      return true;
    }

    @Override
    public Probe<String> probe(String text) {
      return Probe.sh("cat /root/deep/sum 2> /dev/null || :", a -> a.text());
    }

    @Override
    public ClusterDecision<String> plan(String text, Members<String> seen) {
      String first = seen.names().getFirst();
      String sum = seen.of(first).orElse("");
      if (sum.isEmpty()) {
        return ClusterDecision.stages(
            List.of(
                Stage.of(
                    first,
                    Change.<Members<String>>to("make", m -> !m.of(first).orElse("").isEmpty())
                        .step(
                            Step.sh(
                                "mkdir -p /root/deep; seq 300000 > /root/deep/n; sha256sum < /root/deep/n"
                                    + " > /root/deep/sum"))
                        .build())));
      }
      Optional<String> without = seen.acting(s -> !s.equals(sum)).stream().findFirst();
      return without
          .<ClusterDecision<String>>map(name ->
              ClusterDecision.stages(
                  List.of(
                      Stage.of(
                          name,
                          Change.<Members<String>>to(
                                  "bring", m -> m.of(name).orElse("").equals(sum))
                              .step(new Step.Relay(first, text, "/root/deep/n"))
                              .step(Step.sh("sha256sum < /root/deep/n > /root/deep/sum"))
                              .build()))))
          .orElseGet(ClusterDecision::ok);
    }
  }

  private String run(RunOptions options, String text) throws IOException {
    return pair.run(
            options, "- hosts: all\n  needs: any\n  tasks:\n    - same: {text: '" + text + "'}\n")
        .sorted();
  }

  @Test
  void aMemberGetsWhatAnotherPrints() throws IOException {
    assertEquals(
        "0 a:changed[make] b:changed[bring]", run(RunOptions.defaults(), "cat /root/deep/n"));
    assertEquals("0 a:ok[] b:ok[]", run(RunOptions.defaults(), "cat /root/deep/n"));
    pair.run(RunOptions.defaults(), "- hosts: b\n  tasks: []\n");
  }

  @Test
  void itsFailureIsTheTasks() throws IOException {
    String said = run(RunOptions.defaults(), "echo no disk >&2; exit 3");
    assertEquals("2 a:changed[make] b:failed(a: no disk)[bring]", said);
    assertEquals(
        "0 b:changed[bring]", run(RunOptions.defaults().withLimit("b"), "cat /root/deep/n"));
  }

  @Test
  void hostsOfNoClusterStandAlone() throws IOException {
    pair.part();
    assertEquals("0 a:changed[make] b:changed[make]", run(RunOptions.defaults(), "-"));
    assertEquals("0 a:ok[] b:ok[]", run(RunOptions.defaults(), "-"));
  }
}
