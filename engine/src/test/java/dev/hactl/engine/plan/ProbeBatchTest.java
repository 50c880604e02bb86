package dev.hactl.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Collector;
import dev.hactl.engine.module.Probe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many questions in one text, run by a real shell, each with its own answer. */
class ProbeBatchTest {
  private static final String NONCE = "n0nce";

  private static ProbeKey key(String text) {
    return ProbeKey.of(Probe.sh(text, Answer::text));
  }

  private static Map<ProbeKey, Answer> ask(String... questions)
      throws IOException, InterruptedException {
    var batch = ProbeBatch.of(Stream.of(questions).map(ProbeBatchTest::key).toList(), NONCE);
    return batch.split(run(batch.script()));
  }

  private static byte[] run(String script) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(false).start();
    shell.getOutputStream().close();
    byte[] out = shell.getInputStream().readAllBytes();
    shell.waitFor();
    return out;
  }

  @Test
  void eachQuestionHasItsStatusAndOutput() throws Exception {
    Map<ProbeKey, Answer> answers =
        ask("echo one", "exit 3", "printf 'no end'", "echo 'n0nce 0 0'; false", "cd /; pwd", "pwd");
    assertEquals("one", answers.get(key("echo one")).text());
    assertEquals(3, answers.get(key("exit 3")).status());
    assertEquals("no end", answers.get(key("printf 'no end'")).text());
    assertEquals(1, answers.get(key("echo 'n0nce 0 0'; false")).status());
    assertEquals("/", answers.get(key("cd /; pwd")).text());
    assertTrue(
        !answers.get(key("pwd")).text().equals("/"), "a question changes nothing for others");
  }

  @Test
  void equalQuestionsAreAskedOnce() {
    var batch = ProbeBatch.of(List.of(key("echo x"), key("echo x"), key("echo y")), NONCE);
    assertEquals(2, batch.script().lines().filter(l -> l.startsWith("echo ")).count());
  }

  @Test
  void bytesArriveAsTheyAre() throws Exception {
    Answer answer = ask("printf '\\377\\000\\n'").get(key("printf '\\377\\000\\n'"));
    assertEquals("[-1, 0, 10]", Arrays.toString(answer.bytes()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "one\n", "\nn0nce 0 0\n"})
  void whatWasNotAnsweredIsMissing(String output) {
    var batch = ProbeBatch.of(List.of(key("a"), key("b")), NONCE);
    Map<ProbeKey, Answer> answers = batch.split(output.getBytes(StandardCharsets.UTF_8));
    assertTrue(answers.get(key("b")).isMissing());
  }

  @Test
  void aCutOutputLosesOnlyWhatCameAfter() throws Exception {
    var batch = ProbeBatch.of(List.of(key("echo a"), key("echo b")), NONCE);
    byte[] whole = run(batch.script());
    for (int length = 0; length < whole.length; length++) {
      Map<ProbeKey, Answer> answers = batch.split(Arrays.copyOf(whole, length));
      for (String text : List.of("a", "b")) {
        Answer answer = answers.get(key("echo " + text));
        assertTrue(answer.isMissing() || answer.text().equals(text), "cut at " + length);
      }
    }
  }

  /** A collector that leaves everything in disorder, and ends before its time. */
  private enum Rude implements Collector<String> {
    INSTANCE;

    @Override
    public String script(List<String> questions, String nonce) {
      return "cd /; IFS=o; set -f; PATH=/nowhere; echo " + nonce + "-rude; exit 3\n";
    }

    @Override
    public List<Answer> split(List<String> questions, String nonce, byte[] output) {
      boolean told = new String(output, StandardCharsets.UTF_8).contains(nonce + "-rude");
      Answer answer = told ? Answer.of(0, "rude") : Answer.missing();
      return questions.stream().map(q -> answer).toList();
    }
  }

  @Test
  void whatOneCollectorDoesIsNoBusinessOfTheNext() throws Exception {
    var rude = new ProbeKey(Rude.INSTANCE, "");
    for (List<ProbeKey> keys :
        List.of(List.of(rude, key("ls -d ./*")), List.of(key("ls -d ./*"), rude), List.of(rude))) {
      var batch = ProbeBatch.of(keys, NONCE);
      byte[] whole = run(batch.script());
      Map<ProbeKey, Answer> answers = batch.split(whole);
      assertEquals("rude", answers.get(rude).text());
      if (keys.size() > 1) {
        assertTrue(answers.get(key("ls -d ./*")).text().contains("./pom.xml"));
        for (int length = 0; length < whole.length; length++) {
          Answer cut = batch.split(Arrays.copyOf(whole, length)).get(rude);
          assertTrue(cut.isMissing() || cut.text().equals("rude"), "cut at " + length);
        }
      }
    }
  }
}
