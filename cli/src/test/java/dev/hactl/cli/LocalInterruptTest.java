package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.report.Event;
import dev.hactl.engine.run.Project;
import dev.hactl.engine.run.RunControl;
import dev.hactl.engine.run.RunOptions;
import dev.hactl.engine.run.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After Ctrl-C no task begins any more, whatever a block promises for the case of a failure. */
class LocalInterruptTest {
  @TempDir Path folder;

  private record Went(int exit, String started, Event.Counts counts) {}

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        // which task is at work when the signal comes, and which one fails before => what began
        "INT => in => none => in => 130",
        "TERM => in => none => in => 143",
        "INT => res => in => in res => 130",
        "INT => al => none => in in2 al => 130",
        "INT => al => in => in res res2 al => 130",
      })
  void neitherRescueNorAlwaysBegins(
      RunControl.Signal signal, String at, String failing, String began, int exit)
      throws IOException {
    var play = new StringBuilder("- hosts: all\n  tasks:\n    - block:\n");
    play.append(task("in", at, failing)).append(task("in2", at, failing));
    play.append("      rescue:\n").append(task("res", at, failing)).append(task("res2", at, ""));
    play.append("      always:\n").append(task("al", at, failing)).append(task("al2", at, ""));
    play.append("    - {name: after, command: \"true\"}\n");
    play.append("  handlers: [{name: h, command: \"true\"}]\n");
    Went went = run(play.toString(), signal);
    assertEquals(exit, went.exit(), went.started());
    assertEquals(began, went.started());
    assertEquals(1, went.counts().failed(), went.counts().toString());
    assertEquals(failing.equals("none") ? 0 : 1, went.counts().rescued(), went.counts().toString());
  }

  /** The one at work notifies nobody, because it does not end well; the one before it does. */
  private static String task(String name, String at, String failing) {
    String command =
        name.equals(at) ? "echo > ${dir}/begun; sleep 60" : name.equals(failing) ? "false" : "true";
    return "        - {name: %s, shell: %s, notify: h}\n".formatted(name, quoted(command));
  }

  private static String quoted(String command) {
    return '"' + command + '"';
  }

  /** When the step has begun: reading the pipe waits until it is written to. */
  private void stop(RunControl control, RunControl.Signal signal) {
    try {
      Files.readString(folder.resolve("begun"));
      control.stop(signal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Went run(String play, RunControl.Signal signal) throws IOException {
    Path pipe = folder.resolve("begun");
    new ProcessBuilder("mkfifo", pipe.toString()).start().onExit().join();
    Path site = folder.resolve(folder.getFileName() + ".yml");
    Files.writeString(site, play.replace("${dir}", folder.toString()));
    Path inventory = folder.resolve("inventory.yml");
    Files.writeString(inventory, "all: {hosts: {a: {ansible_connection: local}}}\n");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (true) {
      var control = new RunControl();
      Thread.ofPlatform().daemon().start(() -> stop(control, signal));
      var events = new ArrayList<Event>();
      Project project =
          Project.load(List.of(site), List.of(inventory.toString()), AllModules::beside);
      int exit =
          Runner.run(project, RunOptions.defaults(), events::add, control, "r" + System.nanoTime());
      if (exit != 7 || System.nanoTime() > deadline) { // another test holds this machine
        return new Went(
            exit,
            events.stream()
                .filter(Event.TaskStarted.class::isInstance)
                .map(e -> ((Event.TaskStarted) e).name())
                .collect(Collectors.joining(" ")),
            ((Event.Recap) events.getLast()).hosts().firstEntry().getValue());
      }
    }
  }
}
