package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.report.Stepper;
import dev.hactl.engine.run.Project;
import dev.hactl.engine.run.RunControl;
import dev.hactl.engine.run.RunOptions;
import dev.hactl.engine.run.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs on this machine that ask before each task, with scripted answers. */
class LocalStepTest {
  @TempDir Path folder;

  private record Went(
      int exit, String ended, List<Event> events, List<Stepper.Question> questions) {
    String asked() {
      return questions.stream()
          .map(q -> String.join("+", q.tasks()))
          .collect(Collectors.joining(" "));
    }
  }

  /** Changes something, and nothing else does. */
  private static String change(String name, String more) {
    return "{name: %s, copy: {dest: '${dir}/%s', content: x}%s}".formatted(name, name, more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        // answers => asked => how the tasks ended => exit
        "yyy => one two h => one=changed two=changed h=changed => 0",
        "nyy => one two h => one=skipped two=changed h=changed => 0",
        "yny => one two h => one=changed two=skipped h=changed => 0",
        "nn => one two => one=skipped two=skipped => 0",
        "yyn => one two h => one=changed two=changed h=skipped => 0",
        "c => one => one=changed two=changed h=changed => 0",
        "nc => one two => one=skipped two=changed h=changed => 0",
        "q => one => `` => 130",
        "yq => one two => one=changed => 130",
        "yyq => one two h => one=changed two=changed => 130",
      })
  void anAnswerDecides(String answers, String asked, String ended, int exit) throws IOException {
    String play =
        "- hosts: all\n  tasks:\n    - "
            + change("one", ", notify: h")
            + "\n    - meta: noop\n    - {name: never, command: 'false', when: 1 > 2}\n    - "
            + change("two", ", notify: h")
            + "\n  handlers:\n    - {name: h, command: 'true'}\n";
    Went went = run(play, "a", answers);
    assertEquals(asked, went.asked());
    assertEquals(ended, went.ended().replace(" meta=ok never=skipped", ""));
    assertEquals(exit, went.exit());
    assertTrue(answers.endsWith("q") == stopped(went), went.events()::toString);
    run(play, "a", "c"); // what was left noted is done
  }

  private static boolean stopped(Went went) {
    return went.events().stream()
        .anyMatch(e ->
            e instanceof Event.PlayStopped p && p.why().startsWith("the run was ended before '"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "yyyy => bad res al after => bad=failed res=changed al=changed after=changed",
        "nyy => bad al after => bad=skipped al=changed after=changed",
        "ynyy => bad res al after => bad=failed res=skipped al=changed after=changed",
        "yyny => bad res al after => bad=failed res=changed al=skipped after=changed",
        "yyq => bad res al => bad=failed res=changed",
      })
  void rescueAndAlwaysAreAskedAsAnyTask(String answers, String asked, String ended)
      throws IOException {
    Went went =
        run(
            "- hosts: all\n  tasks:\n    - block: [{name: bad, command: 'false'}]\n"
                + "      rescue: [{name: res, command: 'true'}]\n"
                + "      always: [{name: al, command: 'true'}]\n"
                + "    - {name: after, command: 'true'}\n",
            "a",
            answers);
    assertEquals(asked, went.asked());
    assertEquals(ended, went.ended());
  }

  /** A declined handler runs first in the next run, unless it is declined again. */
  @Test
  void aDeclinedHandlerStaysNoted() throws IOException {
    String play =
        "- hosts: all\n  tasks:\n    - "
            + change("one", ", notify: h")
            + "\n  handlers:\n    - {name: h, command: 'true'}\n";
    assertEquals("one=changed h=skipped", run(play, "a", "yn").ended());
    Went again = run(play, "a", "ny");
    assertEquals("h one", again.asked());
    assertEquals(Stepper.Kind.LEFTOVER, again.questions().getFirst().kind());
    assertEquals("h=skipped one=ok", again.ended());
    assertTrue(
        again.events().toString().contains("stays noted, and the next run begins with it"),
        again.events()::toString);
    assertEquals("h=changed one=ok", run(play, "a", "yy").ended());
    Went done = run(play, "a", "");
    assertEquals("one=ok", done.ended());
    assertEquals("", done.asked(), "nothing is left to do, so nothing is asked");
  }

  @Test
  void theQuestionTellsThePlanAndOnlyHostsThatAreMeant() throws IOException {
    Went went =
        run(
            "- hosts: all\n  tasks:\n"
                + "    - {name: once, copy: {dest: '${dir}/${inventory_hostname}', content: x}, when:"
                + " inventory_hostname != 'b'}\n"
                + "    - {name: first, command: 'true', run_once: true}\n"
                + "    - {name: same, debug: {msg: x}}\n"
                + "    - {name: hidden, copy: {dest: '${dir}/h${inventory_hostname}', content: x}, no_log: true}\n"
                + "    - {name: looped, command: 'true', loop: [1, 2], register: done}\n"
                + "    - {name: after, debug: {msg: '${done.results?size}'}}\n",
            "a,b,c",
            "yyyyny");
    List<Stepper.Question> q = went.questions();
    assertEquals("once first same hidden looped after", went.asked());
    assertEquals("a c", hosts(q.getFirst()));
    assertTrue(q.getFirst().hosts().getFirst().foretold());
    assertFalse(q.getFirst().hosts().getFirst().changes().isEmpty(), q::toString);
    assertEquals("a", hosts(q.get(1)));
    assertEquals(List.of(), q.get(2).hosts().getLast().changes());
    assertEquals(List.of("a change that no_log hides"), q.get(3).hosts().getFirst().changes());
    assertEquals(0, went.exit(), went.events()::toString);
  }

  private static String hosts(Stepper.Question question) {
    return question.hosts().stream().map(Stepper.On::host).collect(Collectors.joining(" "));
  }

  /** Where its own condition does not hold, nobody is asked about a handler. */
  @Test
  void aDeclinedHandlerIsAskedAboutOnceWhereItIsMeant() throws IOException {
    String play =
        "- hosts: all\n  tasks:\n    - {name: one, command: 'true', notify: h}\n"
            + "  handlers:\n    - {name: h, command: 'true', notify: h2, when: inventory_hostname =="
            + " 'a'}\n    - {name: h2, command: 'true'}\n";
    Went went = run(play, "a,b", "yn");
    assertEquals("one h", went.asked());
    assertEquals("a", hosts(went.questions().getLast()));
    assertEquals(0, went.exit());
    run(play, "a,b", "c");
  }

  /** What the operator did while the question stood is seen: nothing old is relied on. */
  @Test
  void whatHappenedMeanwhileIsSeen() throws IOException {
    Path file = folder.resolve("two");
    var answers = new Script("yyyn");
    Went went =
        run(
            "- hosts: all\n  tasks:\n    - "
                + change("one", "")
                + "\n    - "
                + change("two", "")
                + "\n    - "
                + change("three", "")
                + "\n",
            "a",
            question -> {
              if (question.tasks().equals(List.of("two"))) {
                Files.writeString(file, "x");
              }
              return answers.next(question);
            });
    assertEquals("one=changed two=ok three=changed", went.ended());
  }

  /** Ctrl-C needs no answer. */
  @Test
  void aSignalEndsTheQuestion() throws IOException {
    var never = new CountDownLatch(1);
    var control = new RunControl[1];
    Went went =
        run(
            "- hosts: all\n  tasks:\n    - " + change("one", "") + "\n",
            "a",
            question -> {
              control[0].stop(RunControl.Signal.TERM);
              never.await();
              return Stepper.Answer.YES;
            },
            control);
    assertEquals(143, went.exit());
    assertEquals("", went.ended());
    assertFalse(stopped(went));
    assertTrue(
        went.events().stream().anyMatch(Event.Interrupting.class::isInstance),
        went.events()::toString);
    assertEquals(1, never.getCount());
  }

  /** What is asked by a test. */
  private interface Answers {
    Stepper.Answer to(Stepper.Question question) throws Exception;
  }

  /** Letters, one for each question; a question without one is a mistake. */
  private record Script(StringBuilder left) {
    Script(String answers) {
      this(new StringBuilder(answers));
    }

    Stepper.Answer next(Stepper.Question question) {
      char answer = left.charAt(0);
      left.deleteCharAt(0);
      return switch (answer) {
        case 'y' -> Stepper.Answer.YES;
        case 'n' -> Stepper.Answer.NO;
        case 'c' -> Stepper.Answer.CONTINUE;
        case 'q' -> Stepper.Answer.QUIT;
        default -> throw new IllegalArgumentException(question.toString());
      };
    }
  }

  private Went run(String plays, String hosts, String answers) throws IOException {
    // Made anew for each try: only a run that got the lock asks.
    return run(plays, hosts, new Script(answers)::next);
  }

  private Went run(String plays, String hosts, Answers answers) throws IOException {
    return run(plays, hosts, answers, new RunControl[1]);
  }

  private Went run(String plays, String hosts, Answers answers, RunControl[] shared)
      throws IOException {
    // Notes of handlers are kept by the playbook's name: runs of other tests are none of ours.
    Path site = folder.resolve(folder.getFileName() + ".yml");
    Files.writeString(site, plays.replace("${dir}", folder.toString()));
    Path inventory = folder.resolve("inventory.yml");
    Files.writeString(
        inventory,
        "all: {vars: {ansible_connection: local}, hosts: {"
            + hosts.replace(",", ": , ")
            + ": }}\n");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (true) {
      var questions = new ArrayList<Stepper.Question>();
      Stepper stepper =
          question -> {
            questions.add(question);
            try {
              return answers.to(question);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          };
      var control = new RunControl(Optional.of(stepper));
      shared[0] = control;
      var events = new ArrayList<Event>();
      Project project =
          Project.load(List.of(site), List.of(inventory.toString()), AllModules::beside);
      int exit =
          Runner.run(project, RunOptions.defaults(), events::add, control, "r" + System.nanoTime());
      if (exit != 7 || System.nanoTime() > deadline) { // another test holds this machine
        return new Went(exit, ended(events), List.copyOf(events), questions);
      }
    }
  }

  private static String ended(List<Event> events) {
    return events.stream()
        .filter(Event.TaskEnded.class::isInstance)
        .map(Event.TaskEnded.class::cast)
        .map(e -> e.task() + "=" + word(e.outcome()))
        .collect(Collectors.joining(" "));
  }

  private static String word(Outcome outcome) {
    return outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
