package dev.hactl.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tasks {@code --tags} and {@code --skip-tags} choose, as Ansible decides it. */
class TagsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // tags of the task | --tags   | --skip-tags | runs
        "-                  | -        | -           | true",
        "a                  | -        | -           | true",
        "a                  | a        | -           | true",
        "a,b                | b        | -           | true",
        "a                  | b        | -           | false",
        "-                  | b        | -           | false",
        "a                  | all      | -           | true",
        "a                  | tagged   | -           | true",
        "-                  | tagged   | -           | false",
        "-                  | untagged | -           | true",
        "a                  | untagged | -           | false",
        "always             | b        | -           | true",
        "never              | -        | -           | false",
        "never              | all      | -           | false",
        "never,a            | a        | -           | true",
        "never              | never    | -           | true",
        "a                  | -        | a           | false",
        "a,b                | a        | b           | false",
        "-                  | -        | a           | true",
        "-                  | -        | all         | false",
        "always             | -        | all         | true",
        "always             | -        | always      | false",
        "always,a           | -        | a           | false",
        "always,a           | -        | all,a       | true",
        "always             | -        | all,always  | false",
        "always,never       | -        | -           | true",
        "never,a            | tagged   | -           | false",
        "never,a            | all,a    | -           | true",
        "a                  | -        | tagged      | false",
        "-                  | -        | tagged      | true",
        "always             | -        | tagged      | false",
        "-                  | -        | untagged    | false",
        "a                  | -        | untagged    | true",
        "a                  | a,untagged | a         | false",
      })
  void decides(String task, String tags, String skip, boolean runs) {
    var choice = new Choice(Optional.empty(), set(tags), set(skip), Optional.empty());
    assertEquals(runs, choice.selects(set(task)));
  }

  private static Set<String> set(String words) {
    return words == null ? Set.of() : new TreeSet<>(Set.of(words.split(",")));
  }
}
