package dev.hactl.cli.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.cli.ExitCode;
import dev.hactl.lab.Deadline;
import dev.hactl.lab.LoopbackHost;
import dev.hactl.lab.LoopbackProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that are logged in to anew in the middle of a run: asked for, or after they were lost. */
class RejoinIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Ends when a file is there, and says all the time that it lives. */
  private static final String LIVES =
      "touch %1$s/began; until [ -e %1$s/end ]; do echo x >>%1$s/alive; sleep 0.1; done";

  /** Nothing writes there any more. */
  private static final String DEAD =
      "a=$(wc -c <%1$s/alive); sleep 1; test $a = $(wc -c <%1$s/alive)";

  private static final String WAITS =
      "touch %1$s/later; until [ -e %1$s/done ]; do sleep 0.1; done";

  @TempDir private Path temp;
  private LoopbackHost lab;
  private LoopbackProxy proxy;

  @BeforeEach
  void start() {
    lab = LoopbackHost.builder().start();
    proxy = LoopbackProxy.to(lab.port());
  }

  @AfterEach
  void stop() {
    proxy.close();
    lab.close();
  }

  private Site site() throws Exception {
    Path known = temp.resolve("known");
    Files.writeString(
        known,
        "[127.0.0.1]:"
            + proxy.port()
            + " "
            + Files.readString(lab.directory().resolve("host.pub")));
    return Site.in(temp)
        .host(
            "db1",
            lab.settings("root"),
            "ansible_port: " + proxy.port(),
            "ansible_ssh_known_hosts_file: " + known);
  }

  private void awaitFile(String name, CompletableFuture<Told> run) {
    Deadline.in(SOON).await(name, () -> Files.exists(temp.resolve(name)) || run.isDone());
    assertFalse(run.isDone(), () -> run.join().text());
  }

  private int logins() {
    return lab.log().split("Accepted publickey").length - 1;
  }

  /** While the run is in its last task nobody else may change the host. */
  private Told locked(CompletableFuture<Told> run) throws Exception {
    awaitFile("later", run);
    Told other =
        Site.in(temp)
            .host("db1", lab.settings())
            .tasks("", "- command: touch " + temp.resolve("other"))
            .apply();
    assertEquals(ExitCode.LOCKED, other.exit(), other.text());
    assertFalse(Files.exists(temp.resolve("other")));
    Files.createFile(temp.resolve("done"));
    return run.get();
  }

  private CompletableFuture<Told> run(String tasks) throws Exception {
    Site site = site().tasks("", tasks.formatted(temp));
    return CompletableFuture.supplyAsync(() -> site.apply());
  }

  @Test
  void aConnectionIsResetAndTheHostStaysLocked() throws Exception {
    CompletableFuture<Told> run =
        run(
            """
            - command: touch %1$s/before
            - meta: reset_connection
            - shell:\
            """
                + " "
                + WAITS
                + "\n");
    awaitFile("later", run);
    assertEquals(2, logins(), lab.log());
    locked(run).converged("db1", 3, 2);
  }

  @Test
  void aLostHostIsRescuedEndsWhatItDidAndStaysLocked() throws Exception {
    CompletableFuture<Told> run =
        run(
            "- block:\n    - shell: "
                + LIVES
                + "\n  rescue_unreachable: true\n  rescue:\n    - name: dead\n      shell: "
                + DEAD
                + "\n    - shell: "
                + WAITS
                + "\n");
    awaitFile("began", run);
    proxy.cut();
    Told told = locked(run);
    assertEquals(ExitCode.OK, told.exit(), told.text());
    told.counts("db1", "ok=2 changed=2 rescued=1");
    assertTrue(logins() >= 2, lab.log());
  }

  @Test
  void aLostHostGoesOnWhereThatIsIgnored() throws Exception {
    CompletableFuture<Told> run =
        run(
            "- shell: "
                + LIVES
                + "\n  ignore_unreachable: true\n- shell: "
                + DEAD
                + "\n- shell: "
                + WAITS
                + "\n");
    awaitFile("began", run);
    proxy.cut();
    Told told = locked(run);
    assertEquals(ExitCode.OK, told.exit(), told.text());
    told.counts("db1", "ok=3 changed=2 ignored=1");
  }

  @Test
  void aLostHostThatNothingRescuesIsUnreachable() throws Exception {
    CompletableFuture<Told> run =
        run("- block:\n    - shell: " + LIVES + "\n  rescue:\n    - command: touch %1$s/rescued\n");
    awaitFile("began", run);
    proxy.cut();
    assertEquals(ExitCode.UNREACHABLE, run.get().exit(), run.get().text());
    assertFalse(Files.exists(temp.resolve("rescued")));
  }
}
