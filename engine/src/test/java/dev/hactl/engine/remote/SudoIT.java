package dev.hactl.engine.remote;

import static dev.hactl.engine.remote.Shells.LOGIN;
import static dev.hactl.engine.remote.Shells.finished;
import static dev.hactl.engine.remote.Shells.out;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.inventory.ConnectionSettings.Kind;
import dev.hactl.engine.value.Secret;
import dev.hactl.lab.LoopbackHost;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other identities through real sudo, under the settings found in the wild. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SudoIT {
  private LoopbackHost lab;

  @BeforeAll
  void start() {
    LoopbackHost.Builder builder = LoopbackHost.builder();
    for (String user : new String[] {"free", "asked", "tty", "pty", "both"}) {
      builder.user(user, "/bin/sh", "secret");
    }
    lab =
        builder
            .user("nobody2", "/bin/sh")
            .user("other", "/bin/sh")
            .sudoers("Defaults !lecture, env_reset")
            .sudoers("Defaults:tty,both requiretty")
            .sudoers("Defaults:pty,both use_pty")
            .sudoers("free ALL=(ALL) NOPASSWD: ALL")
            .sudoers("asked,tty,pty,both ALL=(ALL) ALL")
            .start();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  private RemoteHost host(String user, Kind kind) throws Exception {
    return Remote.connect(Shells.as(kind, lab.settings(user)), Shells.RUN);
  }

  private static Identity.Become root(String password) {
    return new Identity.Become("root", Optional.ofNullable(password).map(Secret::of));
  }

  @ParameterizedTest
  @CsvSource({
    "free,SSH,",
    "free,SSH,unneeded",
    "free,OPENSSH,",
    "asked,SSH,secret",
    "asked,OPENSSH,secret",
    "pty,SSH,secret",
    "tty,SSH,secret",
    "tty,OPENSSH,secret",
    "both,SSH,secret",
    "both,OPENSSH,secret"
  })
  void becomesRootWithTheSameProtocol(String user, Kind kind, String password) throws Exception {
    try (RemoteHost host = host(user, kind)) {
      Identity root = root(password);
      Shell shell = host.shell(root);
      assertEquals("0\n", out(shell, "id -u"));
      assertEquals(user + "\n", out(host.shell(LOGIN), "id -un"));
      Outcome.Finished both =
          finished(shell, Fragment.probe("both streams", "echo out; echo err >&2; exit 3"));
      assertEquals("out\n", both.out().text());
      assertEquals("err\n", both.err().text());
      assertEquals(3, both.status());
      byte[] all = new byte[20_000];
      new Random(3).nextBytes(all);
      for (int i = 0; i < 256; i++) {
        all[i] = (byte) i;
      }
      Bytes bytes = Bytes.of(all);
      assertEquals(bytes, finished(shell, Fragment.step("s", "cat").withStdin(bytes)).out());
      assertEquals(bytes, finished(shell, Fragment.probe("p", "cat").withStdin(bytes)).out());
      assertEquals(
          "\tmixed\r\n\u0003\u0004\u0011\u0013\n",
          out(shell, "printf '\\tmixed\\r\\n\\003\\004\\021\\023\\n'"));
      assertEquals("0700\n", out(shell, "stat -c %a /run/hactl | sed s/^/0/"));
    }
  }

  @ParameterizedTest
  @CsvSource({"asked,SSH", "tty,SSH", "asked,OPENSSH"})
  void aWrongPasswordIsSaidOnce(String user, Kind kind) throws Exception {
    try (RemoteHost host = host(user, kind)) {
      UnreachableException error =
          assertThrows(UnreachableException.class, () -> host.shell(root("wrong")));
      assertEquals(UnreachableException.Kind.BECOME_PASSWORD, error.kind());
      assertEquals(
          "lab: cannot become root: sudo does not accept the password", error.getMessage());
      assertEquals(user + "\n", out(host.shell(LOGIN), "id -un"));
    }
  }

  @Test
  void aMissingPasswordIsAskedFor() throws Exception {
    try (RemoteHost host = host("asked", Kind.SSH)) {
      UnreachableException error =
          assertThrows(UnreachableException.class, () -> host.shell(root(null)));
      assertEquals(UnreachableException.Kind.BECOME_PASSWORD, error.kind());
      assertTrue(error.getMessage().contains("ansible_become_password"), error.getMessage());
    }
  }

  @Test
  void aUserWithoutSudoIsRefused() throws Exception {
    try (RemoteHost host = host("nobody2", Kind.SSH)) {
      UnreachableException error =
          assertThrows(UnreachableException.class, () -> host.shell(root("x")));
      assertTrue(
          error.getMessage().startsWith("lab: cannot become root: sudo "), error.getMessage());
    }
  }

  @Test
  void anUnknownTargetUserIsNamed() throws Exception {
    try (RemoteHost host = host("free", Kind.SSH)) {
      UnreachableException error =
          assertThrows(
              UnreachableException.class,
              () -> host.shell(new Identity.Become("ghost", Optional.empty())));
      assertEquals(UnreachableException.Kind.BECOME_REFUSED, error.kind());
      assertTrue(error.getMessage().contains("ghost"), error.getMessage());
    }
  }

  @Test
  void severalIdentitiesLiveSideBySide() throws Exception {
    try (RemoteHost host = host("free", Kind.SSH)) {
      Identity other = new Identity.Become("other", Optional.empty());
      assertEquals("other\n", out(host.shell(other), "id -un"));
      assertEquals("root\n", out(host.shell(root(null)), "id -un"));
      assertEquals("free\n", out(host.shell(LOGIN), "id -un"));
      Outcome.Finished step = finished(host.shell(other), Fragment.step("step", "id -un; exit 2"));
      assertEquals("other\n", step.out().text());
      assertEquals(2, step.status());
    }
  }
}
