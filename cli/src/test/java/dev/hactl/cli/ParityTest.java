package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same input to Ansible and to hactl, where Ansible's answer hurts: what hactl must answer. A
 * socket that counts stands for the hosts: what is known beforehand to be wrong connects to
 * nothing.
 */
class ParityTest extends LocalRuns {
  private static final String GOOD = "- {name: first, command: 'touch DIR/first'}";

  /** How a run ended. */
  private record Answer(int exit, String err, boolean connected, boolean changed) {}

  /** Runs a play for two hosts at a socket that counts, and answers nobody. */
  private Answer answer(String play, String... more) throws IOException {
    Path site = folder.resolve("site.yml");
    Files.writeString(site, play.replace("DIR", folder.toString()));
    var connections = new AtomicInteger();
    try (var host = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> count(host, connections));
      Path inventory = folder.resolve("hosts.yml");
      Files.writeString(
          inventory,
          "all: {vars: {ansible_host: 127.0.0.1, ansible_port: %d}, hosts: {db1: , db2: }}\n"
              .formatted(host.getLocalPort()));
      var words = new ArrayList<>(List.of("apply", site.toString()));
      if (!List.of(more).contains("-i")) {
        words.addAll(List.of("-i", inventory.toString()));
      }
      words.addAll(List.of(more));
      CommandLineRun run = CommandLineRun.alone(words.toArray(String[]::new));
      return new Answer(
          run.code().number(),
          run.err().replace(folder + "/", ""),
          connections.get() > 0,
          Files.exists(folder.resolve("first")));
    }
  }

  private static void count(ServerSocket host, AtomicInteger connections) {
    try {
      while (true) {
        host.accept().close();
        connections.incrementAndGet();
      }
    } catch (IOException closed) {
      // the run is over
    }
  }

  private static void refused(Answer answer, String message) {
    assertEquals(6, answer.exit(), answer.err());
    assertTrue(answer.err().startsWith(message), answer.err());
    assertFalse(answer.connected(), "connected");
    assertFalse(answer.changed(), "changed");
  }

  /** A good play connects, so that none of the others did means something. */
  @Test
  void aGoodPlayConnects() throws IOException {
    Answer answer =
        answer("- {hosts: all, gather_facts: false, tasks: [" + GOOD.substring(2) + "]}");
    assertTrue(answer.connected(), answer.err());
    assertEquals(4, answer.exit(), answer.err());
  }

  /** 1. Ansible changes the host and then fails with 1. */
  @Test
  void anUnknownHandlerIsRefusedBeforeConnecting() throws IOException {
    refused(
        answer(
            """
            - hosts: all
              tasks:
                - {name: first, command: "touch DIR/first", notify: restart ngnix}
              handlers:
                - {name: restart nginx, command: "true"}
            """),
        "site.yml:3:");
  }

  /** 2. Ansible ends with 0 in all three cases. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " # ",
      value = {
        "all # -i nowhere.yml # nowhere.yml: error: no such file",
        "web # '' # site.yml:1:10: error: no host or group is named 'web'",
        "all # --start-at-task frist # --start-at-task: error: ",
      })
  void whatMatchesNothingIsRefused(String hosts, String more, String message) throws IOException {
    refused(
        answer(
            "- hosts: %s\n  tasks:\n    %s\n".formatted(hosts, GOOD),
            more.isEmpty() ? new String[0] : more.split(" ")),
        message);
  }

  /** 3. Ansible: 2, 4, 2, 4, 4. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " # ",
      quoteCharacter = '`',
      value = {
        "local # {name: t, command: `true`} # --chekc # 5",
        "local # [ # `` # 6",
        "local # {name: t, command: 'false'} # `` # 2",
        "lost # {name: t, command: 'true'} # `` # 4",
        "both # {name: t, command: 'false'} # `` # 4",
      })
  void endingsDoNotCollide(String hosts, String task, String more, int exit) throws IOException {
    Path site = folder.resolve("site.yml");
    Files.writeString(
        site,
        "- {hosts: %s, gather_facts: false, needs: any, tasks: [%s]}\n".formatted(hosts, task));
    Path inventory = folder.resolve("hosts");
    Files.writeString(
        inventory,
        """
        here ansible_connection=local
        gone ansible_host=127.0.0.1 ansible_port=1
        [local]
        here
        [lost]
        gone
        [both]
        here
        gone
        """);
    var words = new ArrayList<>(List.of("apply", site.toString(), "-i", inventory.toString()));
    if (!more.isEmpty()) {
      words.add(more);
    }
    CommandLineRun run = CommandLineRun.alone(words.toArray(String[]::new));
    assertEquals(exit, run.code().number(), run.out() + run.err());
  }

  /** 4. Ansible makes it {@code --w----r-T} and ends with 0. */
  @Test
  void anUnquotedModeIsRefusedWithItsPlace() throws IOException {
    refused(
        answer(
            """
            - hosts: all
              tasks:
                - file: {path: "DIR/first", state: touch, mode: 644}
            """
                .replace("\"DIR/first\"", "DIR/first")),
        "site.yml:3:");
  }

  /** 7. Ansible takes the status of a task that was never run for 0. */
  @Test
  void theStatusOfATaskThatCheckSkippedIsUnknown() throws IOException {
    Told told =
        run(
            "plan",
            "a",
            """
            tasks:
              - {name: asked, command: "test -e ${dir}/first", register: reg}
              - {name: next, command: "touch ${dir}/first", when: reg.rc == 0}
              - {name: other, command: "true", when: reg.rc != 0}
            """);
    assertEquals("asked=changed next=unknown other=unknown", told.tasks(), told.err());
    assertEquals(0, told.exit());
    assertFalse(Files.exists(folder.resolve("first")));
  }

  /** 11. Ansible has applied the tasks before it. */
  @Test
  void anUndefinedVariableInTheLastTaskIsRefusedBeforeTheFirst() throws IOException {
    refused(
        answer(
            """
            - hosts: all
              vars: {greeting: hello}
              tasks:
                - {name: first, command: "touch DIR/first"}
                - {name: last, command: "echo ${greting}"}
            """),
        "site.yml:5:");
  }
}
