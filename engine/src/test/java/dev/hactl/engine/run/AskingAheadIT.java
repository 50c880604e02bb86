package dev.hactl.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Collector;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Types;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked together: a message asks for as many tasks as can be told to need no change. */
class AskingAheadIT {
  private ClusterPair pair;
  @TempDir private Path folder;
  private Path log;

  @BeforeEach
  void start() throws IOException {
    pair = new ClusterPair(folder, "mark", new Mark(folder));
    pair.part();
    log = Files.createFile(folder.resolve("log"));
  }

  @AfterEach
  void stop() {
    pair.close();
  }

  /** Makes a file of that name on the host. */
  private record Mark(Path folder) implements HostModule<Path, Boolean> {
    @Override
    public Manual manual() {
      return Manual.state("Marks", "Marks a host.");
    }

    @Override
    public Form<Path> form() {
      var form = Form.builder();
      var name = form.required("name", Types.NAME, "Of the mark.");
      return form.into(a -> Path.of("/root/" + a.get(name)));
    }

    @Override
    public Probe<Boolean> probe(Path file) {
      return Probe.of(
          new Question(folder.resolve("log")), file.toString(), a -> a.text().equals("there"));
    }

    @Override
    public Decision<Boolean> plan(Path file, Boolean there) {
      return there
          ? Decision.ok()
          : Decision.change(
              Change.<Boolean>to("make " + file.getFileName(), now -> now)
                  .step(
                      Step.sh(
                          "touch "
                              + file
                              + "; echo 'made "
                              + file.getFileName()
                              + "' >> "
                              + Sh.quote(folder.resolve("log").toString())))
                  .build());
    }
  }

  /** Whether files are there; what it was asked stands in the log. */
  private record Question(Path log) implements Collector<String> {
    @Override
    public String script(List<String> files, String nonce) {
      var names = files.stream().map(f -> f.substring("/root/".length())).toList();
      var text = new StringBuilder("echo 'asked " + String.join(" ", names) + "' >> " + log + "\n");
      files.forEach(f -> text.append("[ -e " + f + " ] && echo there || echo gone\n"));
      return text.toString();
    }

    @Override
    public List<Answer> split(List<String> files, String nonce, byte[] output) {
      List<String> lines = new String(output, StandardCharsets.UTF_8).lines().toList();
      var answers = new ArrayList<Answer>();
      for (int i = 0; i < files.size(); i++) {
        answers.add(i < lines.size() ? Answer.of(0, lines.get(i)) : Answer.missing());
      }
      return answers;
    }
  }

  private String run(String... names) throws IOException {
    var playbook = new StringBuilder("- hosts: a\n  tasks:\n");
    for (String name : names) {
      playbook.append("    - mark: {name: ").append(name).append("}\n");
    }
    Files.writeString(log, "");
    assertEquals(0, pair.run(RunOptions.defaults(), playbook.toString()).exit());
    var told = new ArrayList<String>();
    for (String line : Files.readAllLines(log)) {
      // What was seen just after another run ended is looked at again under the lock.
      if (told.isEmpty() || !told.getLast().equals(line)) {
        told.add(line);
      }
    }
    return String.join("; ", told);
  }

  @Test
  void aConvergedHostIsAskedOnce() throws IOException {
    run("one", "two", "three");
    assertEquals("asked one two three", run("one", "two", "three"));
  }

  @Test
  void aChangeIsFollowedByTheLooksUpToTheNextOne() throws IOException {
    run("two", "three", "five");
    assertEquals(
        "asked one two three four five; made one; asked one two three four; made four; asked four"
            + " five",
        run("one", "two", "three", "four", "five"));
  }
}
