package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of docs/inventory.md do what the page says: a block behind a name is a file, a
 * console block is a command and all that it prints.
 */
class InventoryPageTest {
  private static final Path PAGE = Path.of("..", "docs", "inventory.md");
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:^`([\\w./-]+)`:\n\n)?```(\\w+)\n(.*?)```", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void itsExamplesDoWhatItSays() throws IOException {
    var said = new ArrayList<String>();
    var done = new ArrayList<String>();
    for (Matcher block = BLOCK.matcher(Files.readString(PAGE)); block.find(); ) {
      if (block.group(2).equals("console")) {
        said.add(block.group(3));
        String command = block.group(3).lines().findFirst().orElseThrow();
        done.add(command + "\n" + run(command));
      } else {
        file(block.group(1), block.group(3));
      }
    }
    assertTrue(said.size() >= 7, "only " + said.size());
    assertEquals(String.join("\n", said), String.join("\n", done));
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertTrue(!text.startsWith("#!") || file.toFile().setExecutable(true));
  }

  private String run(String command) {
    var words = new ArrayList<>(List.of(command.replace("'", "").split(" ")));
    assertEquals(List.of("$", "hactl"), words.subList(0, 2));
    int inventory = words.indexOf("-i") + 1;
    words.set(inventory, folder.resolve(words.get(inventory)).toString());
    CommandLineRun run = CommandLineRun.of(words.subList(2, words.size()).toArray(String[]::new));
    return (run.out() + run.err()).replace(folder + "/", "");
  }
}
