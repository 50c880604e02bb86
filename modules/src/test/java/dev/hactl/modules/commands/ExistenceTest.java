package dev.hactl.modules.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Thing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExistenceTest {
  @TempDir Path directory;

  @BeforeEach
  void files() throws IOException {
    for (String name : List.of("plain", "it's", "two words", "a1.db", "a[1]", "$x", "-n")) {
      Files.createFile(directory.resolve(name));
    }
    Files.createDirectory(directory.resolve("sub dir"));
    Files.createFile(directory.resolve("sub dir/x.log"));
    Files.createSymbolicLink(directory.resolve("dangling"), Path.of("/nonexistent"));
  }

  @ParameterizedTest
  @EnumSource
  void answersEveryQuestionInEveryShell(LocalShell shell) {
    var table = new ArrayList<List<String>>();
    for (String there :
        List.of(
            "plain",
            "it's",
            "two words",
            "a1.db",
            "a?.db",
            "*.db",
            "a[0-9].db",
            "a[!x].db",
            "$x",
            "-n",
            "dangling",
            "sub dir",
            "sub*/*.log",
            "sub dir/?.log",
            "a[[]1]",
            "nor* plain*")) {
      table.add(List.of(there, there.equals("nor* plain*") ? "0" : "1"));
    }
    for (String missing : List.of("nothing", "*.txt", "a1.d", "plain*x", "~root", "`id`")) {
      table.add(List.of(missing, "0"));
    }
    List<List<String>> questions = new ArrayList<>();
    table.forEach(row -> questions.add(List.of(pattern(row.getFirst()))));
    questions.add(List.of(pattern("plain"), pattern("nothing"), pattern("plain")));
    Existence collector = Existence.COLLECTOR;
    var result = shell.run(collector.script(questions, "nonce7"));
    assertEquals("", result.err());
    List<Answer> answers = collector.split(questions, "nonce7", result.bytes());
    for (int i = 0; i < table.size(); i++) {
      assertEquals(table.get(i).getLast(), answers.get(i).text(), table.get(i).getFirst());
    }
    assertEquals("101", answers.getLast().text());
  }

  @Test
  void anAnswerThatIsCutOffIsMissing() {
    var questions = List.of(List.of("/a"), List.of("/b", "/c"));
    List<Answer> answers =
        Existence.COLLECTOR.split(questions, "n", "rc file said hello\nn 1".getBytes());
    assertTrue(answers.stream().allMatch(Answer::isMissing));
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, '', /a/b",
    "/a/*/c, '', /a",
    "/*, '', /",
    "b/c, /a, /a/b/c",
    "b*, /a, /a",
    "~/x, '', anything",
    "~bob, '', anything",
    "x, ~/d, anything"
  })
  void knowsWhatAVerdictRestsOn(String text, String from, String thing) {
    Optional<HostPath> directory = Optional.of(from).filter(f -> !f.isEmpty()).map(HostPath::new);
    Thing found = new HostPath(text).thing(directory);
    assertEquals(thing, found.toString());
  }

  @Test
  void homesAreExpanded() {
    assertEquals("~/'a b'", new HostPath("~/a b").word());
    assertEquals("~bob", new HostPath("~bob").pattern());
    assertEquals("'~x y/z'", new HostPath("~x y/z").word());
  }

  private String pattern(String name) {
    return new HostPath(directory + "/" + name).pattern();
  }
}
