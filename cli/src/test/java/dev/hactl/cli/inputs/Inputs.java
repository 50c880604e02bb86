package dev.hactl.cli.inputs;

import dev.hactl.cli.CommandLineRun;
import dev.hactl.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Generated inputs: the same number of a seed is the same input. */
final class Inputs {
  /** How long hactl may take for any of them. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  /** How many ordinary inputs come with a monster, which may take seconds. */
  private static final int SELDOM = 200;

  private static final List<Monster> MONSTERS = List.of(Monster.values());
  private static final Pattern TRACE =
      Pattern.compile("internal error|(?m)^\\s+at [\\w.$/]+\\(|\\w+Exception\\b|\\w+Error:");

  private final String seed;

  Inputs(String seed) {
    this.seed = seed;
  }

  /** An input: valid, spoiled, or made to exhaust something. */
  Input make(int number) {
    var random = new Random(((long) seed.hashCode() << 32) ^ (number * 0x9E3779B97F4A7C15L));
    if (number % SELDOM == SELDOM - 1) {
      int turn = number / SELDOM;
      Monster monster = MONSTERS.get(turn % MONSTERS.size());
      boolean again = turn / MONSTERS.size() % 10 != 0;
      return (monster.seldom() && again ? Monster.LONG_LINE : monster).make(random);
    }
    var project = ValidProject.of(random);
    return random.nextInt(5) < 2
        ? new Input("valid", project)
        : new Input("spoiled", new Mutation(random).of(project));
  }

  /**
   * What hactl made of one.
   *
   * @param wrong why it must not be so; empty when all is well
   */
  record Answer(ExitCode code, Duration took, Optional<String> wrong) {}

  /** Has hactl check an input. */
  static Answer ask(Input input, Path folder) throws IOException, InterruptedException {
    input.into(folder);
    var check =
        new FutureTask<>(() ->
            CommandLineRun.of(
                "apply",
                "--syntax-check",
                "-i",
                folder.resolve(Input.INVENTORY).toString(),
                folder.resolve(Input.SITE).toString()));
    long begin = System.nanoTime();
    var thread = new Thread(check, "hactl");
    thread.setDaemon(true);
    thread.start();
    try {
      CommandLineRun run = check.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      thread.join(); // what its stack holds is free then
      return new Answer(run.code(), Duration.ofNanos(System.nanoTime() - begin), wrong(input, run));
    } catch (TimeoutException e) {
      var stack = new StringBuilder("no answer within " + LIMIT.toSeconds() + " s");
      for (StackTraceElement frame : thread.getStackTrace()) {
        stack.append("\n    ").append(frame);
      }
      return new Answer(ExitCode.INTERNAL, LIMIT, Optional.of(stack.toString()));
    } catch (ExecutionException e) {
      return new Answer(ExitCode.INTERNAL, Duration.ZERO, Optional.of("uncaught: " + e.getCause()));
    }
  }

  private static Optional<String> wrong(Input input, CommandLineRun run) {
    if (run.code() != ExitCode.OK && run.code() != ExitCode.INVALID_INPUT) {
      return Optional.of("exit " + run.code().number() + "\n" + run.err());
    }
    if (TRACE.matcher(run.err()).find()) {
      return Optional.of("a stack trace or the name of a class\n" + run.err());
    }
    boolean valid = input.kind().equals("valid");
    if (valid && run.code() != ExitCode.OK) {
      return Optional.of("it is valid\n" + run.err());
    }
    if (run.code() == ExitCode.INVALID_INPUT
        && !(run.err().contains(": error: ")
            && run.err().endsWith("nothing was connected or changed\n"))) {
      return Optional.of("no error with a place\n" + run.err());
    }
    return Optional.empty();
  }
}
