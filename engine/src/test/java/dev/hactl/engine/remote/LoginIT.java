package dev.hactl.engine.remote;

import static dev.hactl.engine.remote.Refusals.check;
import static dev.hactl.engine.remote.Refusals.refusal;
import static dev.hactl.engine.remote.Shells.LOGIN;
import static dev.hactl.engine.remote.Shells.out;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.engine.inventory.ConnectionSettings.Kind;
import dev.hactl.engine.value.Secret;
import dev.hactl.lab.LoopbackHost;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way a login can fail gives one clear message; every usual way to log in works. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginIT {
  private LoopbackHost lab;
  @TempDir Path temp;

  @BeforeAll
  void start() {
    lab =
        LoopbackHost.builder()
            .user("typed", "/bin/sh", "pass word'\"")
            .sshd("Match User typed\n  PubkeyAuthentication no\nMatch all")
            .start();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  private String fingerprint() throws Exception {
    Process keygen =
        new ProcessBuilder("ssh-keygen", "-lf", lab.directory().resolve("host.pub").toString())
            .start();
    return new String(keygen.getInputStream().readAllBytes()).split(" ")[1];
  }

  private Path keygen(String type) throws Exception {
    return keygen(type, "");
  }

  private Path keygen(String type, String passphrase) throws Exception {
    Path key = temp.resolve(type + passphrase);
    new ProcessBuilder("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", key.toString())
        .start()
        .waitFor();
    return key;
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH", "OPENSSH"})
  void aWrongKeyIsRefused(String kind) throws Exception {
    ConnectionSettings settings =
        LabSettings.of(lab.settings()).kind(Kind.valueOf(kind)).key(keygen("ed25519")).get();
    check(refusal(settings), UnreachableException.Kind.LOGIN_REFUSED);
  }

  @Test
  void theRefusalSaysWhatWasTried() throws Exception {
    Path key = keygen("ecdsa");
    ConnectionSettings settings = LabSettings.of(lab.settings()).key(key).get();
    check(
        refusal(settings),
        UnreachableException.Kind.LOGIN_REFUSED,
        "login as root@127.0.0.1 port " + lab.port() + " was refused",
        "key " + key);
  }

  @Test
  void keysThatCannotBeUsedAreNamed() throws Exception {
    Path missing = temp.resolve("nowhere");
    check(
        refusal(LabSettings.of(lab.settings()).key(missing).get()),
        UnreachableException.Kind.BAD_KEY,
        missing + " does not exist");
    Path junk = Files.writeString(temp.resolve("junk"), "no key\n");
    check(
        refusal(LabSettings.of(lab.settings()).key(junk).get()),
        UnreachableException.Kind.BAD_KEY,
        junk + " is no usable private key");
    Path locked = keygen("ed25519", "passphrase");
    check(
        refusal(LabSettings.of(lab.settings()).key(locked).get()),
        UnreachableException.Kind.BAD_KEY,
        "passphrase",
        "ssh-add");
  }

  @ParameterizedTest
  @EnumSource(names = {"SSH", "OPENSSH"})
  void anUnknownHostKeyIsRefusedUntilAccepted(Kind kind) throws Exception {
    Path known = temp.resolve("sub/known_hosts-" + kind);
    LabSettings settings = LabSettings.of(lab.settings()).kind(kind).known(known);
    if (kind == Kind.SSH) {
      check(
          refusal(settings.get()),
          UnreachableException.Kind.UNKNOWN_HOST_KEY,
          fingerprint(),
          known.toString(),
          "--accept-new-host-keys");
    } else {
      Files.createDirectories(known.getParent());
      check(
          refusal(settings.get()),
          UnreachableException.Kind.UNKNOWN_HOST_KEY,
          "--accept-new-host-keys");
    }
    Remote.connect(settings.accept(true).get(), Shells.RUN).close();
    assertTrue(Files.readString(known).contains("ssh-ed25519"));
    Remote.connect(settings.accept(false).get(), Shells.RUN).close();
  }

  @ParameterizedTest
  @EnumSource(names = {"SSH", "OPENSSH"})
  void aChangedHostKeyIsNeverAccepted(Kind kind) throws Exception {
    Path known = temp.resolve("changed-" + kind);
    String other = Files.readString(Path.of(keygen("ed25519", "") + ".pub"));
    String line = "[127.0.0.1]:" + lab.port() + " " + other;
    Files.writeString(known, line);
    ConnectionSettings settings =
        LabSettings.of(lab.settings()).kind(kind).known(known).accept(true).get();
    check(
        refusal(settings),
        UnreachableException.Kind.CHANGED_HOST_KEY,
        fingerprint(),
        "ssh-keygen",
        "-R");
    assertEquals(line, Files.readString(known));
  }

  @Test
  void aHashedKnownHostsFileWorks() throws Exception {
    Path known = Files.copy(lab.directory().resolve("known_hosts"), temp.resolve("hashed"));
    new ProcessBuilder("ssh-keygen", "-H", "-f", known.toString()).start().waitFor();
    Remote.connect(LabSettings.of(lab.settings()).known(known).get(), Shells.RUN).close();
  }

  @ParameterizedTest
  @EnumSource(names = {"SSH", "OPENSSH"})
  void aRefusedConnectionIsSaidAtOnce(Kind kind) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    check(
        refusal(LabSettings.of(lab.settings()).kind(kind).port(port).get()),
        UnreachableException.Kind.REFUSED,
        "is sshd running");
  }

  @Test
  void aSilentServerTimesOut() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ConnectionSettings settings =
          LabSettings.of(lab.settings())
              .port(socket.getLocalPort())
              .timeout(Duration.ofSeconds(1))
              .get();
      check(refusal(settings), UnreachableException.Kind.TIMED_OUT, "within 1 s");
    }
  }

  @Test
  void anUnknownNameIsSaid() {
    check(
        refusal(LabSettings.of(lab.settings()).address("no-such-host.invalid").get()),
        UnreachableException.Kind.UNKNOWN_NAME,
        "no-such-host.invalid");
  }

  @Test
  void algorithmsThatDoNotMeetAreNamed() {
    try (LoopbackHost old = LoopbackHost.builder().sshd("Ciphers aes256-cbc").start()) {
      check(
          refusal(old.settings()),
          UnreachableException.Kind.NO_COMMON_ALGORITHM,
          "aes256-cbc",
          "aes128-gcm@openssh.com");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SSH", "OPENSSH"})
  void aPasswordWorksAndIsNotRepeatedInErrors(Kind kind) throws Exception {
    LabSettings settings = LabSettings.of(lab.settings("typed")).kind(kind).noKey();
    try (RemoteHost host = Remote.connect(settings.password("pass word'\"").get(), Shells.RUN)) {
      assertEquals("typed\n", out(host.shell(LOGIN), "id -un"));
    }
    UnreachableException error = refusal(settings.password("wrong").get());
    check(error, UnreachableException.Kind.LOGIN_REFUSED);
    assertTrue(!error.getMessage().contains("wrong"), error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void allUsualKeyTypesWork(String type) throws Exception {
    Path key = keygen(type, "");
    Path pub = Path.of(key + ".pub");
    try (LoopbackHost host = LoopbackHost.builder().sshd("AuthorizedKeysFile " + pub).start();
        RemoteHost connected =
            Remote.connect(LabSettings.of(host.settings()).key(key).get(), Shells.RUN)) {
      assertEquals("root\n", out(connected.shell(LOGIN), "id -un"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void fewSessionsPerConnectionAreEnough(int sessions) throws Exception {
    try (LoopbackHost host =
            LoopbackHost.builder()
                .user("free", "/bin/sh")
                .sudoers("free ALL=(ALL) NOPASSWD: ALL")
                .sshd("MaxSessions " + sessions)
                .start();
        RemoteHost connected = Remote.connect(host.settings("free"), Shells.RUN)) {
      assertEquals("free\n", out(connected.shell(LOGIN), "id -un"));
      for (String user : new String[] {"root", "daemon", "bin"}) {
        Identity who = new Identity.Become(user, Optional.<Secret>empty());
        assertEquals(user + "\n", out(connected.shell(who), "id -un"));
      }
    }
  }
}
