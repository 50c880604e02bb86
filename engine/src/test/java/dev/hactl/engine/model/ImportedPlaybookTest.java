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
      delimiter = '|',
      value = {
        "import_playbook: none.yml | site.yml:1:20: there is no playbook 'none.yml' beside this one",
        "import_playbook: site.yml | site.yml:1:20: 'site.yml' imports itself",
        "import_playbook: ../x.yml | site.yml:1:20: import_playbook takes the name of a file beside this one, this is '../x.yml'",
        "{tags: x, import_playbook: none.yml} | site.yml:1:4: a line with import_playbook has no keyword 'tags'",
      })
  void anImportThatCannotBeIsRefused(String entry, String expected) throws IOException {
    var problems = new Problems();
    read("- " + entry + "\n", problems);
    assertTrue(Sources.brief(problems.all()).startsWith(expected), Sources.brief(problems.all()));
  }

  private Playbook read(String text, Problems problems) throws IOException {
    Path file = folder.resolve("site.yml");
    Files.writeString(file, text);
    return PlaybookReader.read(file, "site.yml", MODULES, problems);
  }
}
