package dev.hactl.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plays of another file, and which files that may be. */
class ImportedPlaybookTest {
  private static final Set<String> MODULES = Set.of("debug");

  @TempDir private Path folder;

  @Test
  void anImportedPlaybooksPlaysStandWhereItIsNamed() throws IOException {
    Files.writeString(folder.resolve("other.yml"), "- {name: b, hosts: all}\n- {hosts: c}\n");
    var problems = new Problems();
    Playbook playbook =
        read(
            "- {name: a, hosts: all}\n- import_playbook: other.yml\n- {name: d, hosts: all}\n",
            problems);
    assertEquals("", Sources.brief(problems.all()));
    assertEquals(List.of("a", "b", "c", "d"), playbook.plays().stream().map(Play::name).toList());
    assertEquals("other.yml", playbook.plays().get(1).place().file().name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "import_playbook: none.yml => site.yml:1:20: there is no playbook 'none.yml' | looked in the playbook's folder",
        "import_playbook: site.yml => site.yml:1:20: 'site.yml' imports itself: site.yml > site.yml",
        "import_playbook: ../x.yml => site.yml:1:20: there is no playbook '../x.yml'",
        "import_playbook: ${x}.yml => site.yml:1:20: the name of a playbook must be known before any host is asked",
        "{hosts: x, import_playbook: site.yml} => site.yml:1:4: a line with import_playbook has no keyword 'hosts'",
      })
  void anImportThatCannotBeIsRefused(String entry, String expected) throws IOException {
    var problems = new Problems();
    read("- " + entry + "\n", problems);
    assertTrue(Sources.brief(problems.all()).startsWith(expected), Sources.brief(problems.all()));
  }

  @Test
  void aPlaybookOfAnotherFolderKeepsItsFolderAndGetsVariables() throws IOException {
    Path other = Files.createDirectories(folder.resolve("sub"));
    Files.writeString(other.resolve("more.yml"), "v: file\n");
    Files.writeString(
        other.resolve("site.yml"),
        "- {hosts: all, vars: {v: own, w: own}, vars_files: more.yml, tags: own, tasks: [{debug: }]}\n");
    var problems = new Problems();
    Play play =
        read(
                "- {import_playbook: sub/site.yml, vars: {v: given}, tags: given, when: v == 'x'}\n",
                problems)
            .plays()
            .getFirst();
    assertEquals("", Sources.brief(problems.all()));
    assertEquals(other, play.sources().folder());
    assertEquals(2, play.sources().vars().size());
    assertEquals("site.yml:1:41", play.sources().vars().getLast().place().toString());
    assertEquals("sub/more.yml", play.sources().varsFiles().getFirst().place().file().name());
    Task.Keywords task = play.tasks().getFirst().keywords();
    assertEquals(Set.of("given", "own"), task.tags());
    assertEquals("v == 'x'", task.when().getFirst().text());
    assertEquals(List.of(), task.vars());
  }

  private Playbook read(String text, Problems problems) throws IOException {
    Path file = folder.resolve("site.yml");
    Files.writeString(file, text);
    return PlaybookReader.read(file, "site.yml", ModuleNames.of(MODULES), problems);
  }
}
