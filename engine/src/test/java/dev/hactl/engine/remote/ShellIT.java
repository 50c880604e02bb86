package dev.hactl.engine.remote;

import static dev.hactl.engine.remote.Shells.LOGIN;
import static dev.hactl.engine.remote.Shells.finished;
import static dev.hactl.engine.remote.Shells.out;
import static dev.hactl.engine.remote.Shells.send;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.inventory.ConnectionSettings.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One shell: what it runs, what comes back, what it keeps apart. */
class ShellIT extends OverEachTransport {
  @ParameterizedTest
  @EnumSource
  void probesAndStepsOfOneMessageTakeOneRoundTrip(Kind kind) throws Exception {
    RemoteHost host = host(kind);
    List<Outcome> outcomes =
        send(
            host.shell(LOGIN),
            Fragment.probe("trusted", "echo out; echo err >&2; (exit 3)"),
            Fragment.step("step", "cat; echo oops >&2; exit 4").withStdin(Bytes.utf8("in\n")),
            Fragment.step("no newline", "printf x; printf y >&2"),
            Fragment.step("trusted step", "echo t; exit 5").asTrusted(),
            Fragment.probe("quiet", "true"));
    assertEquals(
        List.of("3/out\n/err\n", "4/in\n/oops\n", "0/x/y", "5/t\n/", "0//"),
        outcomes.stream()
            .map(Shells::finished)
            .map(f -> f.status() + "/" + f.out() + "/" + f.err())
            .toList());
    assertEquals(1, host.roundTrips());
  }

  @ParameterizedTest
  @EnumSource
  void aSyntaxErrorHarmsOnlyItsOwnFragment(Kind kind) throws Exception {
    List<Outcome> outcomes =
        send(
            shell(kind),
            Fragment.step("broken", "if true; then echo 'never closed"),
            Fragment.step("ends its shell", "exec true"),
            Fragment.probe("after", "echo fine"));
    assertEquals(2, finished(outcomes.get(0)).status());
    String error = finished(outcomes.get(0)).err().text();
    assertTrue(error.contains("nterminated") || error.contains("yntax"), error);
    assertEquals("fine\n", finished(outcomes.get(2)).out().text());
  }

  @ParameterizedTest
  @EnumSource
  void stopOnFailureKeepsTheRestFromRunning(Kind kind) throws Exception {
    List<Outcome> outcomes =
        shell(kind)
            .send(
                new Message(
                    List.of(
                        Fragment.step("a", "true"),
                        Fragment.step("b", "exit 9"),
                        Fragment.step("c", "touch /tmp/never")),
                    true));
    assertEquals(0, finished(outcomes.get(0)).status());
    assertEquals(9, finished(outcomes.get(1)).status());
    assertInstanceOf(Outcome.NotRun.class, outcomes.get(2));
  }

  @ParameterizedTest
  @EnumSource
  void readingStandardInputNeverEatsTheProtocol(Kind kind) throws Exception {
    Shell shell = shell(kind);
    assertEquals("", finished(shell, Fragment.step("reads", "cat; cat <&0")).out().text());
    assertEquals("", out(shell, "cat"));
    assertEquals("still here\n", out(shell, "echo still here"));
  }

  @ParameterizedTest
  @EnumSource
  void bytesPassUnchangedBothWays(Kind kind) throws Exception {
    byte[] all = new byte[70_000];
    new Random(5).nextBytes(all);
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    Shell shell = shell(kind);
    Bytes bytes = Bytes.of(all);
    assertEquals(bytes, finished(shell, Fragment.step("step", "cat").withStdin(bytes)).out());
    assertEquals(bytes, finished(shell, Fragment.probe("probe", "cat").withStdin(bytes)).out());
    StringBuilder text = new StringBuilder();
    for (char c = 1; c < 0x250; c++) {
      text.append(c);
    }
    Bytes utf8 = Bytes.utf8("cat <<'EOT'\n" + text + "\nEOT\n");
    assertEquals(
        Bytes.utf8(text + "\n"), finished(shell, Fragment.step("script", utf8.text())).out());
  }

  @ParameterizedTest
  @EnumSource
  void aLongScriptArrivesWhole(Kind kind) throws Exception {
    String text = "x=$((x + 1)) # 'quotes\" and $dollars `too`\n".repeat(8000) + "echo $x";
    assertEquals("8000\n", finished(shell(kind), Fragment.step("long", text)).out().text());
  }

  @ParameterizedTest
  @EnumSource
  void aDaemonLeftBehindNeitherBlocksNorPollutes(Kind kind) throws Exception {
    Shell shell = shell(kind);
    Outcome.Finished started =
        finished(
            shell,
            Fragment.step(
                "daemon", "(while :; do echo noise; sleep 0.1; done) & echo started $!; exit 0"));
    assertEquals(0, started.status());
    Matcher said = Pattern.compile("started (\\d+)").matcher(started.out().text());
    assertTrue(said.find());
    for (int i = 0; i < 5; i++) {
      assertEquals("clean\n", finished(shell, Fragment.step("s", "echo clean")).out().text());
      assertEquals("clean\n", out(shell, "echo clean"));
    }
    assertEquals(0, finished(shell, Fragment.step("end it", "kill " + said.group(1))).status());
  }

  @ParameterizedTest
  @EnumSource
  void outputIsCappedAndFlagged(Kind kind) throws Exception {
    Shell shell = shell(kind);
    String flood = "head -c 100000000 /dev/zero | tr '\\0' y";
    Outcome.Finished step = finished(shell, Fragment.step("step", flood));
    assertEquals(Fragment.STEP_CAP, step.out().length());
    assertTrue(step.truncated());
    Outcome.Finished probe = finished(shell, Fragment.probe("probe", flood));
    assertEquals(Fragment.PROBE_CAP, probe.out().length());
    assertTrue(probe.truncated());
    assertFalse(finished(shell, Fragment.step("small", "echo x").withOutputCap(2)).truncated());
    assertEquals("next\n", out(shell, "echo next"));
  }

  @ParameterizedTest
  @EnumSource
  void signalsAreNamed(Kind kind) throws Exception {
    Outcome.Finished killed = finished(shell(kind), Fragment.step("kills itself", "kill -9 $$"));
    assertEquals(137, killed.status());
    assertEquals(Optional.of("KILL"), killed.signal());
  }

  @ParameterizedTest
  @EnumSource
  void killingItsWholeGroupEndsOnlyTheFragment(Kind kind) throws Exception {
    Shell shell = shell(kind);
    Outcome outcome = send(shell, Fragment.step("kill 0", "kill -TERM 0; sleep 5"));
    assertEquals(Optional.of("TERM"), finished(outcome).signal());
    assertEquals("next\n", out(shell, "echo next"));
  }

  /** Daemons that steps start must hear SIGINT and SIGQUIT, which shells mute in the background. */
  @ParameterizedTest
  @EnumSource
  void stepsStartWithDefaultSignals(Kind kind) throws Exception {
    Shell shell = shell(kind);
    String ignored = "sed -n 's/^SigIgn:[[:space:]]*//p' /proc/self/status";
    long interruptAndQuit = 0b110;
    for (Policy policy : List.of(Policy.INTERRUPTIBLE, Policy.PROTECTED)) {
      Fragment step = Fragment.step("signals", ignored).withPolicy(policy);
      String mask = finished(shell, step).out().text().strip();
      assertEquals(0, Long.parseUnsignedLong(mask, 16) & interruptAndQuit, mask);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theEnvironmentIsClean(Kind kind) throws Exception {
    Shell shell = shell(kind);
    assertEquals("0022 C\n", out(shell, "echo $(umask) $LC_ALL"));
    String path = finished(shell, Fragment.step("path", "echo \":$PATH:\"")).out().text();
    for (String directory : List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin")) {
      assertTrue(path.contains(":" + directory + ":"), path);
    }
    String left = finished(shell, Fragment.step("env", "env; ls /proc/self/fd")).out().text();
    assertFalse(left.lines().anyMatch(line -> line.startsWith("H_")), left);
    assertArrayEquals(
        new String[] {"0", "1", "2", "3"},
        left.lines().filter(line -> line.matches("[0-9]+")).toArray(),
        "no descriptor of ours leaks into steps (3 is what ls itself opens)");
  }
}
