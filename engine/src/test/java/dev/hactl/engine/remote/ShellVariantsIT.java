package dev.hactl.engine.remote;

import static dev.hactl.engine.remote.Shells.LOGIN;
import static dev.hactl.engine.remote.Shells.finished;
import static dev.hactl.engine.remote.Shells.out;
import static dev.hactl.engine.remote.Shells.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.lab.LoopbackHost;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shells found as /bin/sh, and what users have as login shells and put into rc files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShellVariantsIT {
  private LoopbackHost lab;

  @BeforeAll
  void start() {
    lab =
        LoopbackHost.builder()
            .program("/bin/mksh", "mksh")
            .program("/bin/busybox", "busybox")
            .program("/usr/bin/fish", "fish")
            .program("/bin/tcsh", "tcsh")
            .user("csh", "/bin/tcsh")
            .user("fish", "/usr/bin/fish")
            .user("noisy", "/bin/bash")
            .user("masked", "/bin/bash")
            .user("locked", "/usr/sbin/nologin")
            .setup("echo 'echo noise; echo more >&2; umask 077; set -o noglob' >/home/csh/.cshrc")
            .setup(
                "mkdir -p /home/fish/.config/fish; echo 'echo noise' >/home/fish/.config/fish/config.fish")
            .setup("echo 'echo noise; printf \"no newline\"; echo more >&2' >/home/noisy/.bashrc")
            .setup(
                "echo 'umask 077; TMOUT=1; export TMOUT PATH=/usr/bin LC_ALL=C ENV=/tmp/x; set -C' >/home/masked/.bashrc")
            .start();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/bin/dash", "/bin/bash --posix", "/bin/bash", "/bin/mksh", "/bin/busybox sh"})
  void everyPosixShellSpeaksTheProtocol(String sh) throws Exception {
    try (RemoteHost host = Remote.connect(lab.settings(), Shells.RUN, sh)) {
      Shell shell = host.shell(LOGIN);
      List<Outcome> outcomes =
          send(
              shell,
              Fragment.probe("trusted", "echo out; echo err >&2; (exit 3)"),
              Fragment.step("stdin", "cat; echo oops >&2; exit 4").withStdin(Bytes.utf8("in\n")),
              Fragment.step("syntax error", "if true; then echo"),
              Fragment.step("exit", "exit 5").asTrusted(),
              Fragment.step("killed", "kill -9 $$"));
      assertEquals("out\n", finished(outcomes.get(0)).out().text());
      assertEquals("err\n", finished(outcomes.get(0)).err().text());
      assertEquals(3, finished(outcomes.get(0)).status());
      assertEquals("in\n", finished(outcomes.get(1)).out().text());
      assertEquals(4, finished(outcomes.get(1)).status());
      assertNotEquals(0, finished(outcomes.get(2)).status());
      assertEquals(5, finished(outcomes.get(3)).status());
      assertEquals(137, finished(outcomes.get(4)).status());

      byte[] all = new byte[200_000];
      new Random(1).nextBytes(all);
      for (int i = 0; i < 256; i++) {
        all[i] = (byte) i;
      }
      Bytes bytes = Bytes.of(all);
      assertEquals(bytes, finished(shell, Fragment.step("binary", "cat").withStdin(bytes)).out());
      StringBuilder text = new StringBuilder();
      for (char c = 1; c < 0x250; c++) {
        text.append(c);
      }
      String script = "cat <<'EOT'\n" + text + "\nEOT\n" + "# long\n".repeat(20_000);
      assertEquals(text + "\n", finished(shell, Fragment.step("long", script)).out().text());

      Outcome.TimedOut hung =
          assertInstanceOf(
              Outcome.TimedOut.class,
              send(
                  shell,
                  Fragment.probe("hung", "echo a; sleep 4714")
                      .withDeadline(Duration.ofMillis(500))));
      assertTrue(hung.doing().contains("sleep 4714"), hung.doing());
      assertEquals("a\n", hung.out().text());
      assertFalse(Shells.runs("sleep 4714"));
      Fragment kept = Fragment.step("kept", "echo kept; exit 7").withPolicy(Policy.PROTECTED);
      assertEquals(7, finished(shell, kept).status());
      assertEquals("kept\n", finished(shell, kept).out().text());
      assertEquals("next\n", out(shell, "echo next"));
      assertEquals(List.of(), host.detached(LOGIN));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"csh", "fish", "noisy", "masked"})
  void noLoginShellOrRcFileGetsInTheWay(String user) throws Exception {
    try (RemoteHost host = Remote.connect(lab.settings(user), Shells.RUN)) {
      Shell shell = host.shell(LOGIN);
      assertEquals("0022\n", out(shell, "umask"));
      assertEquals(user + "\n", finished(shell, Fragment.step("id", "id -un")).out().text());
      assertEquals("-\n", out(shell, "echo ${TMOUT:--}${ENV-}"));
      assertTrue(out(shell, "echo $PATH:").contains("/usr/sbin:"));
    }
  }

  @Test
  void anAccountWithoutShellSaysWhatItPrinted() throws Exception {
    try (RemoteHost host = Remote.connect(lab.settings("locked"), Shells.RUN)) {
      Outcome.Lost lost =
          assertInstanceOf(
              Outcome.Lost.class, send(host.shell(LOGIN), Fragment.probe("x", "echo x")));
      assertTrue(lost.why().contains("account is currently not available"), lost.why());
    }
  }
}
