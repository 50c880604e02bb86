package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.run.Project;
import dev.hactl.engine.run.RunOptions;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code vars_prompt} asks, and what becomes of the answers. */
class PromptsTest {
  @TempDir Path folder;

  private Project project(String prompt) throws IOException {
    Path site = folder.resolve("site.yml");
    Files.writeString(
        site,
        "- hosts: all\n  vars_prompt: [" + prompt + "]\n  tasks: [{debug: {msg: '${who}'}}]\n");
    Project project = Project.read(List.of(site), List.of("a,"), AllModules::beside);
    assertEquals(List.of(), project.problems().all());
    return project;
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        // prompt => typed => asked => value, and whether it is secret
        "{name: who} => x => who: (unseen) => x true",
        "{name: who, prompt: Your name, private: false} => x => Your name: => x false",
        "{name: who, private: no, default: me} => `` => who [me]: => me false",
        "{name: who, private: no, default: 7} => x => who [7]: => x false",
        "{name: who, default: me} => `` => who: (unseen) => me true",
        "{name: who, private: no} => `` => who: => ` false`",
        "{name: who, confirm: true} => x,x => who: (unseen) confirm who: (unseen) => x true",
        "{name: who, private: no, confirm: true} => x,y,z,z => who: confirm who: who: confirm who: => z false",
      })
  void asks(String prompt, String typed, String asked, String value) throws IOException {
    var answers = new ArrayDeque<>(List.of(typed.split(",", -1)));
    var heard = new ArrayList<String>();
    Asker asker =
        (text, hidden) -> {
          heard.add(text.strip() + (hidden ? " (unseen)" : ""));
          return Optional.ofNullable(answers.poll());
        };
    Project answered =
        new Prompts(Optional.of(asker)).answered(project(prompt), RunOptions.defaults());
    assertEquals(asked, String.join(" ", heard));
    assertEquals(
        value.strip(),
        answered.answers().values().stream()
            .map(v -> plain(v) + " " + v.secret())
            .collect(Collectors.joining())
            .strip());
  }

  private static String plain(Value value) {
    return value instanceof Value.Text t ? t.text() : value.toString();
  }

  @Test
  void nobodyIsAskedForever() throws IOException {
    Project project = project("{name: who, confirm: true}");
    var count = new int[1];
    var never = new Prompts(Optional.of((text, hidden) -> Optional.of("" + count[0]++)));
    assertThrows(UsageError.class, () -> never.answered(project, RunOptions.defaults()));
    var gone = new Prompts(Optional.of((text, hidden) -> Optional.empty()));
    assertThrows(UsageError.class, () -> gone.answered(project, RunOptions.defaults()));
  }

  @Test
  void withoutATerminalTheDefaultCountsAndElseTheRunDoesNotBegin() throws IOException {
    var nobody = new Prompts(Optional.empty());
    Project answered = nobody.answered(project("{name: who, default: me}"), RunOptions.defaults());
    assertEquals(1, answered.answers().size());

    Project project = project("{name: who}");
    nobody.answered(project, RunOptions.defaults());
    List<Problem> problems = project.problems().all();
    assertEquals(
        "'who' is asked for, and there is no terminal to ask at", problems.getFirst().message());
    assertEquals(
        Optional.of("give it with -e who=VALUE, or in a file with --secret-vars FILE"),
        problems.getFirst().advice());
  }

  @Test
  void anAnswerOfTheCommandLineIsNotAskedFor() throws IOException {
    project("{name: who}");
    Path site = folder.resolve("site.yml");
    String[] words = {"apply", site.toString(), "-i", "a,", "-e", "ansible_connection=local"};
    CommandLineRun unanswered = CommandLineRun.of(words);
    assertEquals(ExitCode.INVALID_INPUT, unanswered.code());
    assertTrue(unanswered.err().contains("'who' is asked for"), unanswered.err());
    var more = new ArrayList<>(List.of(words));
    more.addAll(List.of("-e", "who=me"));
    CommandLineRun run = CommandLineRun.alone(more.toArray(String[]::new));
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertTrue(run.out().contains("me"), run.out());
  }
}
