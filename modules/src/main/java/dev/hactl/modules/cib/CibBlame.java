package dev.hactl.modules.cib;

import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds whose edit made a mistake that Pacemaker finds in a candidate: by the objects that the
 * message names; where it names none, by asking Pacemaker about the configuration after each edit.
 *
 * @param node where Pacemaker is asked
 * @param edits in the order in which they were made
 * @param mistakes of the candidate, which the present configuration does not have
 */
record CibBlame(String node, List<CibDraft.Made> edits, List<String> mistakes) {

  /** More text than this is not sent only to tell whose fault it is. */
  private static final int MOST = 4_000_000;

  /** That it cannot be done, and because of which edits. */
  ClusterDecision<CibSeen> decide(Duration patience) {
    List<Integer> changing =
        IntStream.range(0, edits.size())
            .filter(i -> !edits.get(i).objects().isEmpty())
            .boxed()
            .toList();
    List<Integer> named = changing.stream().filter(i -> isNamed(edits.get(i))).toList();
    if (!named.isEmpty()) {
      return impossible(named);
    }
    if (changing.size() < 2) {
      return impossible(changing);
    }
    List<String> steps =
        changing.stream().map(i -> edits.get(i).after().candidate().text()).toList();
    if (steps.stream().mapToInt(String::length).sum() > MOST) {
      return impossible(List.of());
    }
    return new ClusterDecision.Ask<>(
        node,
        Probe.sh(CandidateCheck.mistakesScript(steps), CandidateCheck::allMistakes)
            .shared()
            .within(patience),
        found -> impossible(first(changing, found)));
  }

  private boolean isNamed(CibDraft.Made made) {
    return made.objects().stream()
        .map(o -> Pattern.compile("(?<![\\w.-])" + Pattern.quote(o.id()) + "(?![\\w-])"))
        .anyMatch(p -> mistakes.stream().anyMatch(m -> p.matcher(m).find()));
  }

  /** For each mistake the edit after which it was there and did not go again. */
  private List<Integer> first(List<Integer> changing, List<List<String>> found) {
    var at = new TreeSet<Integer>();
    for (String mistake : mistakes) {
      int i = found.size();
      while (i > 0 && found.get(i - 1).contains(mistake)) {
        i--;
      }
      if (i < changing.size()) {
        at.add(changing.get(i));
      }
    }
    return new ArrayList<>(at);
  }

  private ClusterDecision<CibSeen> impossible(List<Integer> at) {
    return new ClusterDecision.Impossible<>(
        "Pacemaker finds mistakes in the configuration: " + String.join("; ", mistakes), at);
  }
}
