package dev.hactl.engine.plan;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Collector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Questions of any kind in one shell text: those of a collector together, each section marked where
 * it ends unless it is the only one.
 */
public final class ProbeBatch {
  private final List<Section<?>> sections;
  private final String nonce;

  private ProbeBatch(List<Section<?>> sections, String nonce) {
    this.sections = sections;
    this.nonce = nonce;
  }

  /**
   * Puts questions together.
   *
   * @param keys what is asked; equal ones once
   * @param nonce random letters and digits
   */
  public static ProbeBatch of(Collection<ProbeKey> keys, String nonce) {
    var byCollector = new LinkedHashMap<Collector<?>, LinkedHashSet<Object>>();
    keys.forEach(k ->
        byCollector.computeIfAbsent(k.collector(), c -> new LinkedHashSet<>()).add(k.question()));
    var sections = new ArrayList<Section<?>>();
    byCollector.forEach((collector, questions) -> sections.add(Section.of(collector, questions)));
    return new ProbeBatch(List.copyOf(sections), nonce);
  }

  /** The text to run. */
  public String script() {
    var text = new StringBuilder("LC_ALL=C; export LC_ALL\n");
    if (sections.size() == 1) {
      return text.append(sections.getFirst().script(nonce)).append(":\n").toString();
    }
    for (int i = 0; i < sections.size(); i++) {
      // A subshell each: what one collector does to IFS or its variables is no business of the
      // next.
      text.append("(\n").append(sections.get(i).script(nonce)).append(":\n)\n");
      text.append("printf '\\n%s end %s\\n' ").append(nonce).append(' ').append(i).append('\n');
    }
    return text.toString();
  }

  /** The answers in the output of {@link #script}; missing ones where it does not tell. */
  public Map<ProbeKey, Answer> split(byte[] output) {
    var answers = new HashMap<ProbeKey, Answer>();
    if (sections.size() == 1) {
      sections.getFirst().answers(nonce, output, answers);
      return answers;
    }
    int from = 0;
    for (int i = 0; i < sections.size(); i++) {
      byte[] mark = ("\n" + nonce + " end " + i + "\n").getBytes(StandardCharsets.US_ASCII);
      int end = indexOf(output, mark, from);
      sections
          .get(i)
          .answers(nonce, Arrays.copyOfRange(output, from, end < 0 ? output.length : end), answers);
      from = end < 0 ? output.length : end + mark.length;
    }
    return answers;
  }

  private static int indexOf(byte[] all, byte[] wanted, int from) {
    outer:
    for (int i = from; i <= all.length - wanted.length; i++) {
      for (int j = 0; j < wanted.length; j++) {
        if (all[i + j] != wanted[j]) {
          continue outer;
        }
      }
      return i;
    }
    return -1;
  }

  /** The questions of one collector. */
  private record Section<Q>(Collector<Q> collector, List<Q> questions) {

    @SuppressWarnings("unchecked") // a probe is only made with a question of its own collector
    static <Q> Section<Q> of(Collector<Q> collector, Collection<Object> questions) {
      return new Section<>(collector, questions.stream().map(q -> (Q) q).toList());
    }

    String script(String nonce) {
      return collector.script(questions, nonce);
    }

    void answers(String nonce, byte[] output, Map<ProbeKey, Answer> into) {
      List<Answer> found = collector.split(questions, nonce, output);
      for (int i = 0; i < questions.size(); i++) {
        into.put(new ProbeKey(collector, questions.get(i)), found.get(i));
      }
    }
  }
}
