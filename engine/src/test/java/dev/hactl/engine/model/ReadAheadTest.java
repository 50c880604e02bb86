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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are read before they are needed say the same as if they were read one by one. */
class ReadAheadTest {
  @TempDir private Path folder;

  @Test
  void tasksAndMistakesComeInTheOrderOfTheImports() throws IOException {
    List<Integer> numbers = IntStream.range(0, 40).boxed().toList();
    for (int n : numbers) {
      String wrong = n % 10 == 3 ? "- debug: {msg: [}\n" : "- {name: task " + n + ", debug: }\n";
      Files.writeString(folder.resolve("part-" + n + ".yml"), wrong);
    }
    var problems = new Problems();
    Playbook playbook =
        read(
            numbers.reversed().stream()
                .map(n -> "    - import_tasks: part-" + n + ".yml\n")
                .collect(Collectors.joining()),
            problems);
    assertEquals(
        List.of("part-33.yml", "part-23.yml", "part-13.yml", "part-3.yml"),
        problems.all().stream().map(p -> p.place().file().name()).toList());
    assertEquals(
        numbers.reversed().stream().filter(n -> n % 10 != 3).map(n -> "task " + n).toList(),
        playbook.plays().getFirst().all().map(t -> t.name().text()).toList());
  }

  @Test
  void aFileThatIsImportedTwiceIsWrongOnce() throws IOException {
    Files.writeString(folder.resolve("a.yml"), "tasks: []\n");
    var problems = new Problems();
    read("    - import_tasks: a.yml\n    - import_tasks: b.yml\n".repeat(2), problems);
    assertEquals(
        List.of("a.yml", "site.yml", "site.yml"),
        problems.all().stream().map(p -> p.place().file().name()).sorted().toList(),
        Sources.brief(problems.all()));
  }

  @Test
  void aSecretInAnImportedFileIsNoticed() throws IOException {
    Files.writeString(
        folder.resolve("a.yml"), "- debug: {msg: !vault '$ANSIBLE_VAULT;1.1;AES256\\n3030'}\n");
    Files.writeString(folder.resolve("b.yml"), "[]\n");
    var problems = new Problems();
    read("    - import_tasks: a.yml\n    - import_tasks: b.yml\n", problems);
    assertTrue(problems.vaulted());
  }

  private Playbook read(String tasks, Problems problems) throws IOException {
    Path site = folder.resolve("site.yml");
    Files.writeString(site, "- hosts: all\n  tasks:\n" + tasks);
    return PlaybookReader.read(site, "site.yml", ModuleNames.of(Set.of("debug")), problems);
  }
}
