package dev.hactl.cli.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hactl.lab.LoopbackHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hosts and accounts with odd ways that get in nobody's way: the run converges, the files are as
 * wanted, and a second run has nothing to do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConvergingIT {
  /** Content that travels inside the text, and content that goes over a channel of its own. */
  private static final String TASKS =
      """
      - file: {path: '%1$s', state: directory, mode: '0750'}
      - copy: {dest: '%1$s/small', content: "it's ${inventory_hostname}\\n"}
      - copy: {dest: '%1$s/large', src: large.bin, mode: '0640'}
      - lineinfile: {path: '%1$s/lines', line: 'one: $HOME "quoted"', create: true}
      - blockinfile: {path: '%1$s/block', block: "a\\nb\\n", create: true}
      - shell: umask -S; id -un; [ "$TMOUT" -gt 0 ] 2>/dev/null || echo none; cat
        register: seen
        changed_when: false
      - assert: {that: ["seen.stdout == 'u=rwx,g=rx,o=rx\\n%2$s\\nnone'"]}
      """;

  @TempDir private static Path temp;
  private LoopbackHost lab;

  @BeforeAll
  void start() throws Exception {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));
    LoopbackHost.Builder builder = LoopbackHost.builder().sshd("MaxSessions 1");
    for (String user : new String[] {"free", "asked", "tty", "pty", "both"}) {
      builder.user(user, "/bin/sh", "secret");
    }
    lab =
        builder
            .program("/usr/bin/fish", "fish")
            .program("/bin/tcsh", "tcsh")
            .user("csh", "/bin/tcsh")
            .user("fish", "/usr/bin/fish")
            .user("noisy", "/bin/bash")
            .user("masked", "/bin/bash")
            .setup("echo 'echo noise; umask 077; set -o noglob' >/home/csh/.cshrc")
            .setup("mkdir -p /home/fish/.config/fish")
            .setup("echo 'echo noise; umask 077' >/home/fish/.config/fish/config.fish")
            .setup("echo 'echo noise; printf \"no newline\"; echo more >&2' >/home/noisy/.bashrc")
            .setup("echo 'umask 077; TMOUT=1; export TMOUT PATH=/usr/bin' >/home/masked/.bashrc")
            .sudoers("Defaults !lecture")
            .sudoers("Defaults:tty,both requiretty")
            .sudoers("Defaults:pty,both use_pty")
            .sudoers("free,csh,fish,noisy,masked ALL=(ALL) NOPASSWD: ALL")
            .sudoers("asked,tty,pty,both ALL=(ALL) ALL")
            .start();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  private void converges(LoopbackHost host, String user, String... variables) throws Exception {
    boolean become = !user.equals("root") && !user.startsWith("plain-");
    String login = user.replace("plain-", "");
    Path folder = Files.createTempDirectory(temp, user).resolve("made");
    Files.setPosixFilePermissions(folder.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
    String large = "0123456789abcde\n".repeat(20_000);
    Site site =
        Site.in(temp)
            .file("large.bin", large)
            .host("db1", host.settings(login), variables)
            .tasks(become ? "become: true" : "", TASKS.formatted(folder, become ? "root" : login));
    site.apply().converged("db1", 7, 5);
    site.apply().converged("db1", 7, 0);
    assertEquals("it's db1\n", Files.readString(folder.resolve("small")));
    assertEquals("one: $HOME \"quoted\"\n", Files.readString(folder.resolve("lines")));
    assertEquals(large, Files.readString(folder.resolve("large"), UTF_8));
    assertEquals("rwxr-x---", mode(folder));
    assertEquals("rw-r--r--", mode(folder.resolve("small")));
    assertEquals("rw-r-----", mode(folder.resolve("large")));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(4, files.count(), "nothing else is left");
    }
    assertFalse(host.log().contains("error:"), host.log());
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /** One session a connection, so each shell and each upload has to get a connection of its own. */
  @ParameterizedTest
  @CsvSource({
    "free,", // NOPASSWD
    "free,unneeded",
    "asked,secret",
    "tty,secret", // requiretty
    "pty,secret", // use_pty
    "both,secret"
  })
  void sudoOfEveryKind(String user, String password) throws Exception {
    if (password == null) {
      converges(lab, user);
    } else {
      converges(lab, user, "ansible_become_password: " + password);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"csh", "fish", "noisy", "masked", "plain-csh", "plain-masked"})
  void loginShellsAndRcFiles(String user) throws Exception {
    converges(lab, user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/mksh", "/bin/busybox"})
  void everyShellAsSh(String shell) throws Exception {
    try (LoopbackHost host =
        LoopbackHost.builder()
            .program("/bin/mksh", "mksh")
            .program("/bin/busybox", "busybox")
            .setup("mount --bind " + shell + " /bin/sh")
            .start()) {
      converges(host, "root");
    }
  }
}
