package dev.hactl.cli.output;

import dev.hactl.engine.report.Stepper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code --step} asks, and what the answers mean. */
public final class StepText {
  /** What may be answered; as in Ansible, an empty answer is no. */
  public static final String CHOICE = "(N)o/(y)es/(c)ontinue/(q)uit: ";

  private static final int MOST_HOSTS = 10;
  private static final int MOST_CHANGES = 10;
  private static final String INDENT = "    ";

  private StepText() {}

  /** The question in lines: what is about to be done, where, and what would be changed by it. */
  public static List<String> question(Stepper.Question asked) {
    var lines = new ArrayList<String>();
    lines.add(
        Visible.line(
            head(asked)
                + " ("
                + asked.place()
                + ") on "
                + names(asked.hosts().stream().map(Stepper.On::host).toList())));
    lines.addAll(plan(asked.hosts()));
    return lines;
  }

  private static String head(Stepper.Question asked) {
    return switch (asked.kind()) {
      case TASK -> "Perform task: " + asked.tasks().getFirst();
      case HANDLER -> "Perform handler: " + asked.tasks().getFirst();
      case LEFTOVER ->
          "Perform handler left over from an interrupted run: " + asked.tasks().getFirst();
      case TRANSACTION ->
          "Perform "
              + (asked.tasks().size() == 1
                  ? "transaction: "
                  : asked.tasks().size() + " tasks as one: ")
              + String.join(", ", asked.tasks());
    };
  }

  private static String names(List<String> hosts) {
    return hosts.size() <= MOST_HOSTS
        ? String.join(", ", hosts)
        : String.join(", ", hosts.subList(0, MOST_HOSTS))
            + " and "
            + (hosts.size() - MOST_HOSTS)
            + " more";
  }

  /** Hosts of which the same is foretold are told together. */
  private static List<String> plan(List<Stepper.On> hosts) {
    var alike = new LinkedHashMap<List<String>, List<String>>();
    for (Stepper.On on : hosts) {
      if (on.foretold()) {
        alike.computeIfAbsent(on.changes(), c -> new ArrayList<>()).add(on.host());
      }
    }
    var lines = new ArrayList<String>();
    for (Map.Entry<List<String>, List<String>> entry : alike.entrySet()) {
      String whom = alike.size() == 1 ? "" : names(entry.getValue()) + ": ";
      List<String> changes = entry.getKey();
      if (changes.isEmpty()) {
        lines.add(INDENT + whom + "nothing to change, says the plan");
      }
      changes.stream()
          .limit(MOST_CHANGES)
          .forEach(change -> lines.add(Visible.line(INDENT + whom + change)));
      if (changes.size() > MOST_CHANGES) {
        lines.add(INDENT + whom + (changes.size() - MOST_CHANGES) + " more");
      }
    }
    return lines;
  }

  /** What somebody answered; empty for what is no answer. */
  public static Optional<Stepper.Answer> answer(String typed) {
    return switch (typed.strip().toLowerCase(Locale.ROOT)) {
      case "", "n", "no" -> Optional.of(Stepper.Answer.NO);
      case "y", "yes" -> Optional.of(Stepper.Answer.YES);
      case "c", "continue" -> Optional.of(Stepper.Answer.CONTINUE);
      case "q", "quit" -> Optional.of(Stepper.Answer.QUIT);
      default -> Optional.empty();
    };
  }
}
