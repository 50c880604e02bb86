package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.ArgSpec;

/** What hactl offers where somebody presses the tab key; in shells: {@link ShellCompletionTest}. */
class CompleteCommandTest {
  /** What is the user's own and cannot be guessed. */
  private static final List<String> FREE = List.of("N", "USER", "NAME", "TEXT", "SECONDS");

  @TempDir Path folder;

  @BeforeEach
  void aProject() throws IOException {
    Files.writeString(
        folder.resolve("inv.yml"),
        "all: {children: {pair: {cluster: ha, hosts: {db1: {port: 1}, db2: }}, web: }}\n");
    Files.writeString(
        folder.resolve("site.yml"),
        """
        - hosts: all
          tasks:
            - {name: One, debug: {msg: a}, tags: [first]}
            - {block: [{name: Two, debug: {msg: a}}], tags: [second]}
          handlers:
            - {name: Three, debug: {msg: a}}
        """);
    Files.writeString(folder.resolve("broken.yml"), "- hosts: [\n");
    Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\n: > \"$0.ran\"\n");
    assertTrue(program.toFile().setExecutable(true));
    Path some = Files.createDirectory(folder.resolve("some"));
    Files.writeString(some.resolve("a.yml"), "all: {hosts: {c1: }}\n");
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.writeString(closed.resolve("a.yml"), "all: {hosts: {c1: , c2: {color: '${open}'}}}\n");
    Files.writeString(
        Files.createDirectory(closed.resolve("host_vars")).resolve("c1.yml"),
        "$ANSIBLE_VAULT;1.1;AES256\n3132\n");
    Path inside = Files.copy(program, some.resolve("b"), StandardCopyOption.COPY_ATTRIBUTES);
    assertTrue(Files.isExecutable(inside));
  }

  /** The last word is what is being typed; an underscore stands for nothing yet. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pl                              | words 0: plan",
        "help v                          | words 0: vars vault",
        "--v                             | words 0: --version",
        "apply --li                      | words 0: --limit --list-hosts --list-tags --list-tasks",
        "apply -l db1 --li               | words 0: --list-hosts --list-tags --list-tasks",
        "apply -i a --inv                | words 0: --inventory --inventory-timeout",
        "apply -C                        | words 0: -C",
        "apply _                         | files 0:",
        "apply -i _                      | files 0:",
        "apply --inventory=x             | files 12:",
        "apply -M _                      | files 0:",
        "doc -M _                        | folders 0:",
        "doc -t _                        | words 0: keyword module",
        "apply -i @/inv.yml -l _         | words 0: all db1 db2 pair web",
        "apply -i@/inv.yml -l d          | words 0: db1 db2",
        "apply --inventory=@/inv.yml -Cl d | words 0: db1 db2",
        "apply -l d                      | words 0:",
        "apply -i a1,b1 -l a             | words 0: a1 all",
        "apply -i @/inv.yml -l all:!d    | words 5: db1 db2",
        "apply -i @/inv.yml --limit=web,d | words 12: db1 db2",
        "apply -i @/none.yml -l _        | words 0: all",
        "apply -i @/program -l _         | words 0: all",
        "apply -i @/some -l _            | words 0: all c1 ungrouped",
        "apply @/site.yml -t _           | words 0: first second",
        "apply @/site.yml -t first,s     | words 6: second",
        "apply @/site.yml --start-at-task _ | words 0: One Three Two",
        "apply @/broken.yml -t _         | words 0:",
        "apply @/none.yml -t _           | words 0:",
        "apply -- @/site.yml -x          | files 0:",
        "apply -f _                      | words 0:",
        "apply --allow d                 | words 0: disruptive",
        "vars -i @/inv.yml _             | words 0: db1 db2",
        "vars -i @/inv.yml db1 _         | files 0:",
        "vars -i @/inv.yml db1 --explain _ | words 0: port",
        "vars -i @/closed --explain _     | words 0: color",
        "show -i @/inv.yml _             | words 0: ha",
        "doc pcs_de                      | words 0: pcs_defaults",
        "completion _                    | words 0: bash zsh",
        "vault _                         | words 0: create decrypt edit encrypt encrypt-string rekey view",
        "vault en                        | words 0: encrypt encrypt-string",
        "vault ecnrypt _                 | words 0:",
        "vault edit _                    | files 0:",
        "vault edit --new                | words 0:",
        "vault rekey --new               | words 0: --new-vault-id --new-vault-password-file",
        "vault encrypt-string _          | words 0:",
        "apply --vault-id d              | files 0:",
        "apply --vault-password-file _   | files 0:",
        "frobnicate _                    | words 0:",
        "_                               | words 0: apply check completion",
      })
  void offers(String line, String expected) {
    String here = folder.toString();
    var words = new ArrayList<>(List.of(CompleteCommand.WORD));
    for (String word : line.strip().split(" ")) {
      words.add(word.equals("_") ? "" : word.replace("@", here));
    }
    CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));

    List<String> lines = run.out().lines().map(l -> l.replaceFirst("\t.*", "")).toList();
    String offered =
        (lines.getFirst() + ": " + String.join(" ", lines.subList(1, lines.size()))).strip();
    assertEquals("", run.err());
    assertEquals(ExitCode.OK, run.code());
    if (line.strip().equals("_")) {
      assertTrue(offered.startsWith(expected.strip()), offered);
    } else {
      assertEquals(expected.strip(), offered);
    }
    assertTrue(Files.notExists(folder.resolve("program.ran")), "the tab key starts no program");
    assertTrue(Files.notExists(folder.resolve("some/b.ran")), "the tab key starts no program");
  }

  /** Behind the id of a vault password stands a file; an id that was given may be named again. */
  @Test
  void aVaultIdStandsBeforeItsFile() {
    assertEquals(Suggestion.files(15), Completion.of(List.of("apply", "--vault-id=dev@")));
    assertEquals(Suggestion.files(4), Completion.of(List.of("apply", "--vault-id", "dev@a")));
    assertEquals(
        Set.of("dev"),
        Completion.of(
                List.of(
                    "vault",
                    "encrypt",
                    "--vault-id",
                    "dev@a",
                    "--vault-id",
                    "b",
                    "--encrypt-vault-id",
                    ""))
            .words()
            .keySet());
  }

  /** The words after the name of a command that has several forms. */
  @Test
  void aCommandMayHaveActions() {
    var forms = new LinkedHashMap<String, Form>();
    forms.put("make", new Form(Command.DOC).operands("FILE", "1", "A file."));
    forms.put("show", new Form(Command.SHOW).operands("HOST [PLAYBOOK]", "1..*", "Both."));

    assertEquals(Set.of("make", "show"), Completion.after(forms, List.of("")).words().keySet());
    assertEquals(Suggestion.files(0), Completion.after(forms, List.of("make", "")));
    assertEquals(Suggestion.nothing(), Completion.after(forms, List.of("mke", "")));
    assertEquals(Suggestion.nothing(), Completion.after(forms, List.of("show", "")));
    assertEquals(Suggestion.files(0), Completion.after(forms, List.of("show", "h1", "")));
  }

  /** An option that nobody thought of here would complete to nothing, unseen. */
  @Test
  void everyValueIsThoughtOf() {
    for (Command command : Command.values()) {
      for (Form form : CommandForms.of(command).values()) {
        List<ArgSpec> values = new ArrayList<>(form.spec().args());
        values.removeIf(v -> v.arity().max() == 0 || FREE.contains(v.paramLabel()));
        for (ArgSpec value : values) {
          assertTrue(
              (value.completionCandidates() != null
                      && value.completionCandidates().iterator().hasNext())
                  || Names.KNOWN.containsAll(Completion.labels(value)),
              () -> form.spec().name() + ": say in Names what completes " + value.paramLabel());
        }
      }
    }
  }
}
