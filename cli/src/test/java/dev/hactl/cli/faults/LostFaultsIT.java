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

/** Links that break and hosts that vanish in the middle of a run. */
class LostFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** What must not be cut short, as a package transaction: it says when it began, and waits. */
  private static final String TRANSACTION =
      """
      parameters: {folder: {required: true}}
      interruptible: false
      probe: test -e "$folder/whole"
      apply: |
        echo x >>"$folder/begun"
        until [ -e "$folder/end" ]; do sleep 0.1; done
        touch "$folder/whole"
      """;

  @TempDir private Path temp;
  private LoopbackHost lab;
  private LoopbackProxy proxy;

  @BeforeEach
  void start() {
    lab =
        LoopbackHost.builder()
            .user("ann", "/bin/sh")
            .sudoers("ann ALL=(ALL) NOPASSWD: ALL")
            .start();
    proxy = LoopbackProxy.to(lab.port());
  }

  @AfterEach
  void stop() {
    proxy.close();
    lab.close();
  }

  /** A site whose host db1 is behind the proxy. */
  private Site site(String user) throws Exception {
    Path known = temp.resolve("known");
    Files.writeString(
        known,
        "[127.0.0.1]:"
            + proxy.port()
            + " "
            + Files.readString(lab.directory().resolve("host.pub")));
    return Site.in(temp)
        .file("modules/upgrade.yml", TRANSACTION)
        .host(
            "db1",
            lab.settings(user),
            "ansible_port: " + proxy.port(),
            "ansible_ssh_known_hosts_file: " + known);
  }

  private void awaitFile(String name, CompletableFuture<Told> run) {
    Deadline.in(SOON).await(name, () -> Files.exists(temp.resolve(name)) || run.isDone());
    assertFalse(run.isDone(), () -> run.join().text());
  }

  @Test
  void aProtectedStepIsWaitedForOverANewConnection() throws Exception {
    Site site =
        site("ann")
            .tasks(
                "become: true",
                "- upgrade: {folder: %1$s}\n- command: touch %1$s/after".formatted(temp));
    CompletableFuture<Told> run = CompletableFuture.supplyAsync(() -> site.apply());
    awaitFile("begun", run);
    proxy.cut();
    Deadline.in(SOON)
        .await("a new connection", () -> lab.log().split("Accepted publickey").length > 2);
    proxy.cut();
    Deadline.in(SOON)
        .await("one more connection", () -> lab.log().split("Accepted publickey").length > 3);
    Files.createFile(temp.resolve("end"));
    run.get()
        .converged("db1", 2, 2)
        .says("note: [db1]: the connection was lost inside 'upgrade", "connected again");
    assertEquals("x\n", Files.readString(temp.resolve("begun")), "it ran once");
    assertTrue(Files.exists(temp.resolve("after")));
    site.apply().counts("db1", "ok=2 changed=1");
  }

  @Test
  void theHostStaysLockedOverANewConnection() throws Exception {
    Site site =
        site("root")
            .tasks(
                "",
                """
                - upgrade: {folder: %1$s}
                - shell: touch %1$s/later; until [ -e %1$s/done ]; do sleep 0.1; done
                """
                    .formatted(temp));
    CompletableFuture<Told> run = CompletableFuture.supplyAsync(() -> site.apply());
    awaitFile("begun", run);
    proxy.cut();
    Files.createFile(temp.resolve("end"));
    awaitFile("later", run);
    Told other =
        Site.in(temp)
            .host("db1", lab.settings())
            .tasks("", "- command: touch " + temp.resolve("other"))
            .apply();
    assertEquals(ExitCode.LOCKED, other.exit(), other.text());
    assertFalse(Files.exists(temp.resolve("other")));
    Files.createFile(temp.resolve("done"));
    run.get().converged("db1", 2, 2);
  }

  @Test
  void aLinkLostInAnOrdinaryStepMakesTheHostUnreachableAndLeavesTheOthers() throws Exception {
    Site site =
        site("root")
            .host("db2", lab.settings())
            .tasks(
                "any_errors_fatal: false",
                """
                - shell: touch %1$s/${inventory_hostname}; until [ -e %1$s/go ]; do sleep 0.1; done; touch %1$s/${inventory_hostname}.done
                - file: {path: '%1$s/${inventory_hostname}.end', state: touch}
                """
                    .formatted(temp));
    CompletableFuture<Told> run = CompletableFuture.supplyAsync(() -> site.apply());
    awaitFile("db1", run);
    awaitFile("db2", run);
    proxy.cut();
    Deadline.in(SOON)
        .await(
            "the step of db1 to be ended",
            () -> lab.log().contains("Connection closed by") || lab.log().contains("Disconnected"));
    Files.createFile(temp.resolve("go"));
    run.get()
        .complains(
            ExitCode.UNREACHABLE, "fatal: [db1]: UNREACHABLE! => the connection to db1 was lost")
        .counts("db1", "unreachable=1")
        .counts("db2", "ok=2 changed=2");
    assertFalse(Files.exists(temp.resolve("db1.end")));
    assertTrue(Files.exists(temp.resolve("db2.end")));
  }

  @Test
  void aHostThatVanishesEndsTheRunOfAPair() throws Exception {
    try (LoopbackHost peer = LoopbackHost.start()) {
      Site site =
          site("root")
              .host("db2", peer.settings())
              .tasks(
                  "",
                  """
                  - shell: touch %1$s/${inventory_hostname}; [ ${inventory_hostname} = db2 ] || sleep 600
                  - file: {path: '%1$s/${inventory_hostname}.end', state: touch}
                  """
                      .formatted(temp));
      CompletableFuture<Told> run = CompletableFuture.supplyAsync(() -> site.apply());
      awaitFile("db1", run);
      lab.close();
      run.get()
          .complains(
              ExitCode.UNREACHABLE, "fatal: [db1]: UNREACHABLE! => the connection to db1 was lost")
          .says("failed on db1, so no host goes on")
          .counts("db1", "unreachable=1")
          .counts("db2", "ok=1 changed=1");
      assertFalse(Files.exists(temp.resolve("db2.end")));
    }
  }
}
