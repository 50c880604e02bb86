package dev.hactl.cli.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code hactl apply --step} in a process of its own on a terminal of its own and types the
 * answers; what {@code docs/step.md} shows is what stands on that terminal.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StepPageTest {
  private static final Path PAGE = Path.of("../docs/step.md");
  private static final Path FRESH = Path.of("target/step");
  private static final String PROMPT = "(q)uit: ";
  private static final Pattern FILE =
      Pattern.compile("^`([^`\n]+)`:\n\n```yaml\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern SCREEN =
      Pattern.compile(
          "^```console\n\\$ hactl (.*?)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern TYPED = Pattern.compile("\\(q\\)uit: (.*)$", Pattern.MULTILINE);

  private static final Pattern TRAILING = Pattern.compile(" +$", Pattern.MULTILINE);

  /** What came of a run on a terminal. */
  private record Shown(int exit, String screen) {}

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    String page = Files.readString(PAGE);
    for (Matcher file = FILE.matcher(page); file.find(); ) {
      Files.writeString(
          folder.resolve(file.group(1).replace("site.yml", site())),
          file.group(2).replace("/tmp/hactl-step", own()));
    }
  }

  @AfterEach
  void nothingOwed() throws Exception {
    assertEquals(0, onTerminal("apply site.yml -i inventory.yml --step", "c\n").exit());
  }

  /** Notes of handlers are kept by the playbook's name: runs of other tests are none of ours. */
  private String site() {
    return folder.getFileName() + ".yml";
  }

  private String own() {
    return folder.resolve("own").toString();
  }

  @Test
  void thePageShowsWhatStandsOnTheTerminal() throws Exception {
    Matcher screen = SCREEN.matcher(Files.readString(PAGE));
    assertTrue(screen.find());
    var keys = new ArrayList<String>();
    TYPED.matcher(screen.group(2)).results().forEach(t -> keys.add(t.group(1) + "\n"));
    Shown shown = onTerminal(screen.group(1), keys.toArray(String[]::new));
    String told =
        TRAILING
            .matcher(shown.screen())
            .replaceAll("")
            .replace(own(), "/tmp/hactl-step")
            .replace(site(), "site.yml");
    Files.createDirectories(FRESH);
    Files.writeString(FRESH.resolve("console"), told);
    assertEquals(screen.group(2), told, "the page should show what is now in cli/target/step");
    assertEquals(0, shown.exit());
  }

  @Test
  void ctrlCEndsTheRunWhileItAsks() throws Exception {
    Shown shown = onTerminal("apply site.yml -i inventory.yml --step", "y\n", "\u0003");
    assertEquals(130, shown.exit(), shown.screen());
    assertTrue(shown.screen().contains("SIGINT: "), shown.screen());
    assertTrue(shown.screen().contains("PLAY RECAP"), shown.screen());
    assertTrue(Files.exists(Path.of(own() + "-db1.conf")));
  }

  @Test
  void theEndOfTheInputEndsTheRun() throws Exception {
    Shown shown = onTerminal("apply site.yml -i inventory.yml --step", "\u0004");
    assertEquals(130, shown.exit(), shown.screen());
    assertTrue(
        shown.screen().contains("PLAY STOPPED: the run was ended before 'configuration'"),
        shown.screen());
    assertFalse(Files.exists(Path.of(own() + "-db1.conf")));
  }

  @Test
  void noQuestionStandsInTheOutputForPrograms() throws Exception {
    Shown shown =
        onTerminal(
            "apply site.yml -i inventory.yml --step --output json > told < /dev/null",
            "maybe\n",
            "y\n",
            "q\n");
    assertEquals(130, shown.exit(), shown.screen());
    assertTrue(shown.screen().contains("Perform task: configuration"), shown.screen());
    List<String> told = Files.readAllLines(folder.resolve("told"));
    for (String line : told) {
      assertTrue(JSON.std.mapFrom(line).containsKey("event"), line);
    }
    assertEquals("recap", JSON.std.mapFrom(told.getLast()).get("event"));
  }

  @Test
  void withoutATerminalNothingBegins() throws Exception {
    Process process =
        new ProcessBuilder("setsid", "--wait", "sh", "-c", hactl("apply no.yml -i no.yml --step"))
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(
        "hactl apply: --step asks at the terminal, and there is none; leave it out\n", said);
    assertEquals(5, process.waitFor());
  }

  /**
   * Runs it with the keys for each question in turn, which are typed when it stands on the screen;
   * again while another test holds this machine.
   */
  private Shown onTerminal(String words, String... keys) throws Exception {
    Shown shown = once(words, keys);
    while (shown.exit() == 7) {
      shown = once(words, keys);
    }
    return shown;
  }

  private Shown once(String words, String... keys) throws Exception {
    var builder =
        new ProcessBuilder("script", "-qefc", hactl(words.replace("site.yml", site())), "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("TERM", "dumb");
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    Process process = builder.start();
    // What reads a pipe cannot be interrupted, but it ends with the process.
    process.onExit().orTimeout(60, TimeUnit.SECONDS).whenComplete((ended, late) -> end(process));
    try {
      var screen = new StringBuilder();
      InputStream in = process.getInputStream();
      int answered = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b != '\r') {
          screen.append((char) b);
        }
        if (screen.toString().endsWith(PROMPT)) {
          // A question without keys ends the run: it holds this machine.
          String typed = answered < keys.length ? keys[answered] : "q\n";
          answered++;
          process.getOutputStream().write(typed.getBytes(StandardCharsets.UTF_8));
          process.getOutputStream().flush();
        }
      }
      return new Shown(process.waitFor(), screen.toString());
    } finally {
      end(process);
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** In the place of the shell that starts it, so that Ctrl-C ends nothing else. */
  private static String hactl(String words) {
    return "unset JAVA_TOOL_OPTIONS; exec '"
        + System.getProperty("java.home")
        + "/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp '"
        + System.getProperty("java.class.path")
        + "' dev.hactl.cli.Main "
        + words;
  }
}
