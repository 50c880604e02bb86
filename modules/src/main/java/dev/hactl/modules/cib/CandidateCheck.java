package dev.hactl.modules.cib;

import dev.hactl.engine.module.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Pacemaker says of a configuration that is not written yet: {@code crm_verify} for mistakes,
 * {@code crm_simulate} for what the cluster would do. Both are asked about the present
 * configuration too, so that only what is new counts.
 *
 * @param mistakes of the candidate that the present configuration does not have
 * @param actions that the candidate causes and the present configuration does not
 * @param unsaid why one of the tools gave no answer, one line each; empty when both did
 */
public record CandidateCheck(
    List<String> mistakes, List<ClusterAction> actions, List<String> unsaid) {
  private static final String UNVERIFIED = "crm_verify could not be run";
  private static final String UNSIMULATED = "crm_simulate did not say what the cluster would do";

  private static final Pattern PART = Pattern.compile("hactl-part (\\w+) (\\d+)");

  /** {@code (unpack_resources) error: text}; newer ones leave the function out. */
  private static final Pattern MESSAGE =
      Pattern.compile("(?:\\([^)]*\\)\\s*)?(?:crm_verify:\\s*)?(.*)");

  /** Copies the lists. */
  public CandidateCheck {
    mistakes = List.copyOf(mistakes);
    actions = List.copyOf(actions);
    unsaid = List.copyOf(unsaid);
  }

  /** The read-only text that asks both tools about both configurations. */
  public static String script(Cib candidate) {
    return CibTools.document("candidate", "cat", candidate.text())
        + """
        base=$(cibadmin --query 2>/dev/null)
        base() { printf '%s\\n' "$base"; }
        for part in base candidate; do
          $part | crm_verify --xml-pipe -V 2>&1 >/dev/null
          echo "hactl-part verify_$part $?"
          $part | crm_simulate --xml-pipe --simulate 2>/dev/null
          echo "hactl-part simulate_$part $?"
        done
        """;
  }

  /** The read-only text that asks {@code crm_verify} about several configurations. */
  static String mistakesScript(List<String> documents) {
    var text = new StringBuilder();
    for (String document : documents) {
      text.append(CibTools.document("document", "cat", document));
      text.append("document | crm_verify --xml-pipe -V 2>&1 >/dev/null\n");
      text.append("echo \"hactl-part verify $?\"\n");
    }
    return text.toString();
  }

  /** The mistakes of each of several configurations. */
  static List<List<String>> allMistakes(Answer answer) {
    return split(answer.raw()).stream().map(n -> messages(n.part())).toList();
  }

  /** Whether {@code crm_verify} gave an answer. */
  boolean verified() {
    return !unsaid.contains(UNVERIFIED);
  }

  /** Whether {@code crm_simulate} gave an answer. */
  boolean simulated() {
    return !unsaid.contains(UNSIMULATED);
  }

  /** Reads the answer. */
  public static CandidateCheck read(Answer answer) {
    Map<String, Part> parts = parts(answer.raw());
    var unsaid = new ArrayList<String>();
    Part verified = parts.getOrDefault("verify_candidate", Part.NONE);
    if (!verified.answered()) {
      unsaid.add(UNVERIFIED);
    }
    List<String> mistakes = new ArrayList<>(messages(verified));
    mistakes.removeAll(messages(parts.getOrDefault("verify_base", Part.NONE)));
    if (verified.status() == 0) {
      mistakes.clear(); // only remarks
    }
    Part simulated = parts.getOrDefault("simulate_candidate", Part.NONE);
    if (simulated.status() != 0) {
      unsaid.add(UNSIMULATED);
    }
    List<ClusterAction> actions = new ArrayList<>(ClusterAction.all(simulated.text()));
    actions.removeAll(ClusterAction.all(parts.getOrDefault("simulate_base", Part.NONE).text()));
    return new CandidateCheck(mistakes, actions, unsaid);
  }

  /** What one tool said. */
  private record Part(int status, String text) {
    static final Part NONE = new Part(-1, "");

    /** 127 and 126: the shell could not start it. */
    boolean answered() {
      return status >= 0 && status != 126 && status != 127;
    }
  }

  /** A part and its name. */
  private record Named(String name, Part part) {}

  private static Map<String, Part> parts(String out) {
    var parts = new LinkedHashMap<String, Part>();
    split(out).forEach(n -> parts.put(n.name(), n.part()));
    return parts;
  }

  private static List<Named> split(String out) {
    var parts = new ArrayList<Named>();
    var text = new StringBuilder();
    for (String line : out.lines().toList()) {
      Matcher m = PART.matcher(line);
      if (m.matches()) {
        parts.add(new Named(m.group(1), new Part(Integer.parseInt(m.group(2)), text.toString())));
        text.setLength(0);
      } else {
        text.append(line).append('\n');
      }
    }
    return parts;
  }

  private static List<String> messages(Part part) {
    var messages = new ArrayList<String>();
    for (String line : part.text().lines().toList()) {
      Matcher m = MESSAGE.matcher(line.strip());
      String message = m.matches() ? m.group(1).strip() : line.strip();
      if (!message.isEmpty()
          && !message.startsWith("notice:")
          && !message.startsWith("warning:")
          && !message.startsWith("Errors found during check")
          && !message.startsWith("Warnings found during check")
          && !messages.contains(withoutLine(message))) {
        messages.add(withoutLine(message));
      }
    }
    return messages;
  }

  /** Line numbers of a validator differ between two documents that have the same mistake. */
  private static String withoutLine(String message) {
    return message.replaceFirst("^\\S*: ?(?:line )?\\d+: ", "");
  }
}
