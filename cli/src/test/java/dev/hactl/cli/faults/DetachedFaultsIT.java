package dev.hactl.cli.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hactl.cli.ExitCode;
import dev.hactl.cli.Main;
import dev.hactl.lab.Deadline;
import dev.hactl.lab.LoopbackHost;
import dev.hactl.lab.LoopbackProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that go on in the background while links break and controllers die. */
class DetachedFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir private Path temp;
  private LoopbackHost lab;
  private LoopbackProxy proxy;

  @BeforeEach
  void start() {
    lab =
        LoopbackHost.builder()
            .user("ann", "/bin/sh")
            .sudoers("root,ann ALL=(ALL) NOPASSWD: ALL")
            .setup("chmod 777 " + temp)
            .start();
    proxy = LoopbackProxy.to(lab.port());
  }

  @AfterEach
  void stop() {
    proxy.close();
    lab.close();
  }

  private Site site() {
    return Site.in(temp).host("db1", lab.settings());
  }

  private String build(String keywords, String ending) {
    return """
    - name: build
      shell: echo $PPID >%1$s/pid; echo x >>%1$s/begun; until [ -e %1$s/end ]; do sleep 0.1; done; %3$s
      args: {creates: %1$s/whole}
      detach: true
      register: d
    %2$s\
    """
        .formatted(temp, keywords.isEmpty() ? "" : keywords.indent(2), ending);
  }

  private void awaitFile(String name) {
    Deadline.in(SOON).await(name, () -> Files.exists(temp.resolve(name)));
  }

  /** Whether somebody on the host looks every second whether the step has ended. */
  private boolean waits() {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").endsWith("sleep 1"))
        .flatMap(p -> Stream.iterate(p.parent(), Optional::isPresent, o -> o.get().parent()))
        .anyMatch(
            o -> o.get().info().commandLine().orElse("").contains(lab.directory().toString()));
  }

  @Test
  void aLostConnectionIsMadeAnewAndTheWaitGoesOn() throws Exception {
    Path known = temp.resolve("known");
    Files.writeString(
        known,
        "[127.0.0.1]:"
            + proxy.port()
            + " "
            + Files.readString(lab.directory().resolve("host.pub")));
    Site site =
        Site.in(temp)
            .host(
                "db1",
                lab.settings("ann"),
                "ansible_port: " + proxy.port(),
                "ansible_ssh_known_hosts_file: " + known)
            .tasks(
                "become: true",
                build("", "echo out; touch %s/whole".formatted(temp))
                    + "- wait_for_task: d\n  register: r\n"
                    + "- assert: {that: r.stdout == 'out'}\n"
                    + "- shell: touch %1$s/later; until [ -e %1$s/done ]; do sleep 0.1; done\n"
                        .formatted(temp));
    CompletableFuture<Told> run = CompletableFuture.supplyAsync(() -> site.apply());
    awaitFile("begun");
    Deadline.in(SOON).await("the wait", this::waits);
    for (int logins = 3; logins < 5; logins++) {
      int expected = logins;
      proxy.cut();
      Deadline.in(SOON)
          .await("a login", () -> lab.log().split("Accepted publickey").length >= expected);
    }
    Files.createFile(temp.resolve("end"));
    Deadline.in(SOON)
        .await("what follows", () -> Files.exists(temp.resolve("later")) || run.isDone());
    assertFalse(run.isDone(), () -> run.join().text());
    Told other = site().tasks("", "- command: 'true'").apply();
    assertEquals(ExitCode.LOCKED, other.exit(), "locked anew: " + other.text());
    Files.createFile(temp.resolve("done"));
    run.get().converged("db1", 4, 2);
    assertEquals("x\n", Files.readString(temp.resolve("begun")), "it ran once");
  }

  @Test
  void aRunThatIsKilledBeforeTheWaitLeavesALockedHostAndTheNextOneTellsTheEnd() throws Exception {
    Site site =
        site()
            .tasks(
                "",
                build("", "touch %s/whole".formatted(temp))
                    + "- command: touch %s/between\n".formatted(temp)
                    + "- wait_for_task: d\n");
    Process killed = start(site);
    awaitFile("between");
    killed.destroyForcibly().waitFor();

    Told locked = site.apply();
    assertEquals(ExitCode.LOCKED, locked.exit(), locked.text());
    locked.says("whose controller is gone and whose last step still runs");

    Files.createFile(temp.resolve("end"));
    awaitFile("whole");
    site.apply()
        .converged("db1", 3, 1)
        .says("started 'build' and did not wait for its end; it went on by itself and ended well");
    assertEquals("x\n", Files.readString(temp.resolve("begun")), "it ran once");
    assertEquals("", traces(), "nothing is left");
  }

  @Test
  void whatStillRunsAtTheEndKeepsTheHostLocked() throws Exception {
    site()
        .tasks("", build("", "exit 3"))
        .apply()
        .converged("db1", 1, 1)
        .says("note: [db1]: 'build' still runs and keeps the host locked");
    Told locked = site().tasks("", "- command: 'true'").apply();
    assertEquals(ExitCode.LOCKED, locked.exit(), locked.text());
    locked.says("db1 is locked by run ", "whose last step still runs; wait for its end");
    Files.createFile(temp.resolve("end"));
    site()
        .tasks("", "- command: 'true'")
        .apply()
        .converged("db1", 1, 1)
        .says("started 'build' and did not wait for its end", "ended with status 3");
    assertEquals("", traces(), "nothing is left");
  }

  /** The lock is root's, and the step is somebody else's. */
  @Test
  void aStepOfAnotherUserKeepsTheHostLockedToo() throws Exception {
    site()
        .tasks("", build("become: true\nbecome_user: ann", "true") + "- command: 'true'\n")
        .apply()
        .converged("db1", 2, 2)
        .says("still runs");
    Told locked = site().tasks("", "- command: 'true'").apply();
    assertEquals(ExitCode.LOCKED, locked.exit(), locked.text());
    Files.createFile(temp.resolve("end"));
    site().tasks("", "- command: 'true'").apply().converged("db1", 1, 1);
  }

  @Test
  void anEndIsToldAtTheEndOfTheRun() throws Exception {
    Files.createFile(temp.resolve("end"));
    String over =
        """
        - shell: |
            until read p < %1$s/pid; do sleep 0.1; done
            while s=$(cut -d' ' -f3 /proc/$p/stat 2>/dev/null) && [ "$s" != Z ]; do sleep 0.1; done
            rm %1$s/pid
          changed_when: false
        """
            .formatted(temp);
    site()
        .tasks("", build("", "echo oh; exit 4") + over)
        .apply()
        .complains(ExitCode.FAILED, "'build' ended with status 4")
        .says("exit status 4", "oh")
        .counts("db1", "ok=2 changed=1 failed=1");
    site()
        .tasks("", build("", "touch %s/whole".formatted(temp)) + over)
        .apply()
        .converged("db1", 2, 1)
        .says("'build', which nothing waited for, ended well");
    assertEquals("", traces(), "nothing is left");
  }

  private String traces() {
    Told told =
        site()
            .tasks(
                "",
                "- shell: ls -d /run/hactl/*/*/*.sh /run/hactl/*/*/*.task || true\n"
                    + "  register: l\n"
                    + "- debug: {msg: \"traces: '${l.stdout}'\"}\n")
            .apply("-v");
    return told.text().replaceAll("(?s).*traces: '(.*?)'.*", "$1");
  }

  private static Process start(Site site) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "apply",
                site.path("site.yml").toString(),
                "-i",
                site.inventory().toString()))
        .inheritIO()
        .start();
  }
}
