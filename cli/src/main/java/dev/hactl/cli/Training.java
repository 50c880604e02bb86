package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What the launcher runs, unseen, to record the start-up cache. It works without network and
 * changes nothing outside a folder of its own, which it removes again; the journal of its runs goes
 * below $XDG_STATE_HOME, which the launcher sets to a folder that it removes.
 *
 * <p>It plans for this machine itself and, where there is an sshd, over SSH ({@link TrainingHost});
 * over SSH it also applies, twice, so that the cache knows changes as well as their absence, and
 * looks at the configuration of a cluster, which a program of the training's own tells it. A
 * playbook of the modules that most projects use is only checked.
 *
 * <p>Only what a run really uses belongs in the cache: Java prepares everything in it at each
 * start, and a cache of all classes on the class path was measured to double the CPU time of a
 * short command.
 */
final class Training {
  private static final String INVENTORY =
      """
      all:
        hosts:
          here:
            ansible_connection: local
        vars:
          greeting: hello
      """;
  private static final String PLAYBOOK =
      """
      - name: Training
        hosts: all
        gather_facts: true
        vars:
          names: [a, b]
        tasks:
          - name: Look
            stat:
              path: /etc/hostname
            register: looked
          - name: Folder
            file:
              path: /tmp/hactl-training
              state: directory
              mode: "0755"
          - name: Text
            copy:
              dest: /tmp/hactl-training/text
              content: "${greeting} ${names?join(', ')} ${ansible_hostname!}"
            when: names?size > 1 && looked.stat.exists
            notify: Told
          - name: Line
            lineinfile:
              path: /etc/hostname
              line: "${greeting}"
            check_mode: true
          - name: New file
            lineinfile:
              path: /tmp/hactl-training/lines
              regexp: "^name="
              line: "name=${greeting}"
              create: true
              mode: "0640"
          - name: Command
            command: test -e /etc/hostname
            changed_when: false
          - name: Once
            command:
              cmd: touch /tmp/hactl-training/once
              creates: /tmp/hactl-training/once
          - name: Program
            command: make-key
            args:
              creates: /etc/hostname
          - name: File
            template:
              src: text.ftl
              dest: /tmp/hactl-training/rendered
              mode: "0644"
          - name: Remember
            set_fact:
              joined: "${greeting?upper_case}"
            tags: [facts]
          - name: Tell
            debug:
              msg: "${item}"
            loop: ${names}
          - name: Hold
            assert:
              that: names?size == 2
        handlers:
          - name: Told
            debug:
              msg: told
      """;

  private static final String APPLY = "apply -i INVENTORY --limit over PLAYBOOK";
  private static final String CLUSTER = "apply -i INVENTORY --limit over CLUSTER";

  private static final int DELETIONS = 30;
  private static final Duration MOMENT = Duration.ofMillis(100);

  private Training() {}

  public static void main(String[] arguments) throws IOException {
    loadListedClasses();
    Terminal.ofThisProcess(System.getenv());
    var _ = runEveryCommand();
  }

  /**
   * Plans a small playbook for this machine, and applies it in a folder that goes away again.
   *
   * @return how each command ended
   */
  static List<ExitCode> runEveryCommand() throws IOException {
    Path folder = Files.createTempDirectory("hactl-training");
    Path playbook = folder.resolve("site.yml");
    Path inventory = folder.resolve("inventory.yml");
    Path template = folder.resolve("text.ftl");
    Optional<TrainingHost> ssh = TrainingHost.open(Files.createDirectory(folder.resolve("ssh")));
    try {
      Files.writeString(
          playbook, PLAYBOOK.replace("/tmp/hactl-training", folder.resolve("made").toString()));
      Files.writeString(
          template,
          "<#if names?has_content>${greeting}</#if> <#list names as n>${n}<#sep>, </#list>\n");
      Files.writeString(inventory, INVENTORY + ssh.map(Training::over).orElse(""));
      Stream<String> plans =
          Stream.of(
              "--version",
              "apply --list-tasks -i INVENTORY PLAYBOOK",
              "plan -i INVENTORY -e extra=1 -D -v -f 5 PLAYBOOK",
              "plan -i INVENTORY --output json PLAYBOOK",
              "apply --syntax-check -i INVENTORY CHECKED",
              CompleteCommand.WORD + " plan -i INVENTORY PLAYBOOK --tags f");
      Path cluster = Files.writeString(folder.resolve("cluster.yml"), resource("cluster.yml"));
      Path checked = Files.writeString(folder.resolve("checked.yml"), resource("checked.yml"));
      for (String part : List.of("part-1.yml", "part-2.yml")) {
        Files.writeString(folder.resolve(part), resource("part.yml"));
      }
      if (ssh.isPresent()) {
        ssh.get().prints("cibadmin", resource("cib.xml"));
      }
      Stream<String> applies =
          // With changes, then without, then on a cluster.
          ssh.stream().flatMap(_ -> Stream.of(APPLY, APPLY, CLUSTER));
      return Stream.concat(plans, applies)
          .map(line -> line.replace("PLAYBOOK", playbook.toString()))
          .map(line -> line.replace("CLUSTER", cluster.toString()))
          .map(line -> line.replace("CHECKED", checked.toString()))
          .map(line -> line.replace("INVENTORY", inventory.toString()))
          .map(line -> Hactl.run(List.of(line.split(" ")), nowhere()))
          .toList();
    } finally {
      ssh.ifPresent(TrainingHost::close);
      delete(folder);
    }
  }

  /**
   * Removes the training's folder. The shells of its logins may be removing their own files in it
   * at the same moment, so it looks again; what is there after all that is left to the system's
   * tidying, because a cache is worth more than an empty folder.
   */
  private static void delete(Path folder) {
    for (int tries = 0; tries < DELETIONS && Files.exists(folder); tries++) {
      try (Stream<Path> below = Files.walk(folder)) {
        for (Path file : below.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UncheckedIOException changing) {
        LockSupport.parkNanos(MOMENT.toNanos());
      }
    }
  }

  /** The inventory's part about this machine over SSH. */
  private static String over(TrainingHost ssh) {
    return "  children:\n    over:\n      cluster: training\n      hosts:\n        there: {"
        + String.join(", ", ssh.variables())
        + "}\n";
  }

  private static Terminal nowhere() {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Terminal(
        nowhere, nowhere, InputStream.nullInputStream(), false, false, Terminal.DEFAULT_WIDTH);
  }

  /**
   * The classes of a run over SSH, which cannot happen here; lab/bench/training-classes lists them.
   */
  private static void loadListedClasses() throws IOException {
    resource("classes.txt").lines().forEach(Training::load);
  }

  private static String resource(String name) throws IOException {
    try (InputStream file = Training.class.getResourceAsStream("training-" + name)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void load(String name) {
    try {
      Class.forName(name, false, Training.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError notOnThisJdk) {
      // The list comes from one JDK and one version of the libraries; what is gone is not missed.
    }
  }
}
