package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.lab.LabPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody types into a real shell on a terminal and presses the tab key. What the shell then runs
 * is told by a program that stands for hactl and passes on only what the completion asks.
 */
class ShellCompletionTest {
  private static final String TAB = "\t";

  /** What is typed, and the arguments of the command that runs in the end. */
  private record Typed(String keys, List<String> arguments) {}

  private static final List<Typed> TYPED =
      List.of(
          typed("ap" + TAB, "apply"),
          typed("apply si" + TAB + "-i inv" + TAB, "apply", "site.yml", "-i", "inv.yml"),
          typed("apply --ski" + TAB + "x", "apply", "--skip-tags", "x"),
          typed("plan -i inv.yml -l d" + TAB + "1", "plan", "-i", "inv.yml", "-l", "db1"),
          typed("plan -i inv.yml --limit=we" + TAB, "plan", "-i", "inv.yml", "--limit=web"),
          typed("plan -i inv.yml -l db1,we" + TAB, "plan", "-i", "inv.yml", "-l", "db1,web"),
          typed("plan -i inv.yml -l db1:we" + TAB, "plan", "-i", "inv.yml", "-l", "db1:web"),
          typed("plan -i inv.yml -l 'db1:!we" + TAB, "plan", "-i", "inv.yml", "-l", "db1:!web"),
          typed("plan -i host1, -l ho" + TAB, "plan", "-i", "host1,", "-l", "host1"),
          typed("plan site.yml -t first,ne" + TAB, "plan", "site.yml", "-t", "first,net:all"),
          typed("plan site.yml -t net:a" + TAB, "plan", "site.yml", "-t", "net:all"),
          typed(
              "plan site.yml --start-at-task In" + TAB,
              "plan",
              "site.yml",
              "--start-at-task",
              "Install it"),
          typed(
              "plan site.yml --start-at-task \"In" + TAB,
              "plan",
              "site.yml",
              "--start-at-task",
              "Install it"),
          typed(
              "plan site.yml --start-at-task Install\\ " + TAB,
              "plan",
              "site.yml",
              "--start-at-task",
              "Install it"),
          typed("plan a\\ f" + TAB + "x" + TAB, "plan", "a folder/x.yml"),
          typed(
              "plan --private-key=a\\ f" + TAB + "x" + TAB, "plan", "--private-key=a folder/x.yml"),
          typed("plan -e @si" + TAB, "plan", "-e", "@site.yml"),
          typed("plan --output js" + TAB, "plan", "--output", "json"),
          typed(
              "vars -i inv.yml db1 --explain po" + TAB,
              "vars",
              "-i",
              "inv.yml",
              "db1",
              "--explain",
              "port"),
          typed("show -i inv.yml h" + TAB, "show", "-i", "inv.yml", "ha"),
          typed("doc no" + TAB, "doc", "note"),
          typed("schema in" + TAB, "schema", "inventory"),
          typed("frobnicate -" + TAB + "x", "frobnicate", "-x"));

  @TempDir Path folder;
  private Path told;

  private static Typed typed(String keys, String... arguments) {
    return new Typed(keys, List.of(arguments));
  }

  @BeforeEach
  void aProject() throws IOException {
    Files.writeString(
        folder.resolve("inv.yml"),
        """
        all:
          children:
            pair: {cluster: ha, hosts: {db1: {port: 1}, db2: }}
            web: {hosts: {}}
        """);
    Files.writeString(
        folder.resolve("site.yml"),
        """
        - hosts: all
          tasks:
            - {name: Install it, debug: {msg: a}, tags: [first, "net:all"]}
            - {name: Start it, debug: {msg: a}, tags: [second]}
        """);
    Files.createDirectory(folder.resolve("a folder"));
    Files.writeString(folder.resolve("a folder/x.yml"), "");
    Files.createDirectory(folder.resolve("modules"));
    Files.writeString(folder.resolve("modules/note.yml"), "{probe: 'true', apply: 'true'}\n");
    told = folder.resolve("told");
    Path program =
        Files.writeString(Files.createDirectory(folder.resolve("bin")).resolve("hactl"), program());
    assertTrue(program.toFile().setExecutable(true));
  }

  /** Asks hactl for completions, and notes every other call. */
  private String program() {
    return """
    #!/bin/sh
    case $1 in
      __complete | completion)
        exec '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp '%s' dev.hactl.cli.Main "$@" ;;
    esac
    printf '[%%s]' "$@" >> '%s'
    echo >> '%s'
    """
        .formatted(
            System.getProperty("java.home"), System.getProperty("java.class.path"), told, told);
  }

  @Test
  void inBash() throws Exception {
    inShell("bash --noprofile --norc -i", "source <(hactl completion bash)\n");
  }

  @Test
  void inZsh() throws Exception {
    LabPackages.need(Path.of("/usr/bin/zsh"), "zsh");
    inShell("zsh -f -i", "autoload -U compinit\ncompinit -u -D\nsource <(hactl completion zsh)\n");
  }

  private void inShell(String shell, String before) throws Exception {
    var keys = new StringBuilder(before);
    TYPED.forEach(t -> keys.append("hactl ").append(t.keys()).append('\n'));
    Path input = Files.writeString(folder.resolve("keys"), keys + "exit\n");
    var builder =
        new ProcessBuilder("script", "-qec", shell, "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(input.toFile())
            .redirectOutput(folder.resolve("screen").toFile());
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("TERM", "dumb");
    builder.environment().put("HISTFILE", "/dev/null");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();

    String screen = Files.readString(folder.resolve("screen"));
    assertTrue(ended, () -> "the shell does not end:\n" + screen);
    assertEquals(
        String.join(
            "\n", TYPED.stream().map(t -> "[" + String.join("][", t.arguments()) + "]").toList()),
        Files.exists(told) ? Files.readString(told).strip() : "",
        screen);
  }
}
