package dev.hactl.modules.drbd;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.lint.SeenTask;
import dev.hactl.engine.source.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What in a replicated disk's options loses data or the service. */
@HactlRules
public final class DrbdRules implements RuleBook {
  private static final String CONF = "drbd.conf(5)";
  private static final Set<String> DRBD = Set.of("drbd");

  private static final About TWO_PRIMARIES =
      About.error(
          "drbd-two-primaries",
          "Two nodes that write at the same time destroy any file system that is not made for it,"
              + " and every lost connection becomes a split brain.",
          CONF + ", allow-two-primaries",
          "leave 'allow-two-primaries' out; only a cluster file system (GFS2, OCFS2) needs it");

  private static final About DISCARDS =
      About.error(
          "drbd-split-brain-discards",
          "After a split brain DRBD throws one side's writes away by itself, and nobody is asked.",
          CONF + ", after-sb-0pri, after-sb-1pri, after-sb-2pri, rr-conflict",
          "write after-sb-0pri: discard-zero-changes, after-sb-1pri: consensus, after-sb-2pri:"
              + " disconnect");

  private static final About FENCING =
      About.warning(
          "drbd-without-fencing",
          "When the replication breaks, nothing keeps the other node from promoting data that is"
              + " out of date.",
          CONF + ", fencing; DRBD User's Guide, Pacemaker integration",
          "write fencing: resource-and-stonith, or resource-only where the cluster cannot fence");

  private static final About PROTOCOL =
      About.warning(
          "drbd-protocol-loses-writes",
          "With protocol A or B a write counts as done before it is on the peer's disk, so a"
              + " failover loses what was confirmed last.",
          CONF + ", protocol",
          "leave 'protocol' out, or write C");

  private static final About IO_ERROR =
      About.warning(
          "drbd-io-error-passed-on",
          "A failing disk's errors reach the file system, although the peer's disk could serve.",
          CONF + ", on-io-error",
          "write on-io-error: detach");

  /** The choices that lose writes, by option. */
  private static final Map<String, Set<String>> LOSING =
      Map.of(
          "after-sb-0pri",
          Set.of(
              "discard-younger-primary",
              "discard-older-primary",
              "discard-least-changes",
              "discard-local",
              "discard-remote"),
          "after-sb-1pri",
          Set.of("discard-secondary", "violently-as0p", "call-pri-lost-after-sb"),
          "after-sb-2pri",
          Set.of("violently-as0p", "call-pri-lost-after-sb"),
          "rr-conflict",
          Set.of("violently", "call-pri-lost", "auto-discard"));

  @Override
  public List<LintRule> rules() {
    return List.of(
        LintRule.seen(TWO_PRIMARIES, DRBD, DrbdRules::twoPrimaries),
        LintRule.seen(DISCARDS, DRBD, DrbdRules::discards),
        LintRule.seen(FENCING, DRBD, DrbdRules::fencing),
        LintRule.seen(PROTOCOL, DRBD, DrbdRules::protocol),
        LintRule.seen(IO_ERROR, DRBD, DrbdRules::ioError));
  }

  private static void twoPrimaries(SeenTask task, Findings found) {
    option(task, "net", "allow-two-primaries")
        .filter(o -> o.text().isEmpty() || SeenTask.truth(o.text()))
        .ifPresent(o -> found.at(o.place(), "both nodes may be Primary at the same time"));
  }

  private static void discards(SeenTask task, Findings found) {
    LOSING.forEach((name, losing) ->
        option(task, "net", name)
            .filter(o -> losing.contains(o.text()))
            .ifPresent(o ->
                found.at(o.place(), "'" + name + " " + o.text() + "' loses writes by itself")));
  }

  private static void fencing(SeenTask task, Findings found) {
    Optional<Option> written =
        option(task, "net", "fencing").or(() -> option(task, "disk_options", "fencing"));
    Optional<String> own = task.text("fencing");
    if (written.isPresent() || own.isPresent()) {
      String mode = written.map(Option::text).or(() -> own).orElse("");
      if (mode.equals("dont-care")) {
        found.at(
            written.map(Option::place).orElse(task.place("fencing")),
            "nothing is done about the peer when the replication breaks");
      }
    } else if (!task.unknown("fencing")
        && !task.unknown("net")
        && !task.unknown("disk_options")
        && !opaque(task)) {
      found.at(task.place(), "nothing is done about the peer when the replication breaks");
    }
  }

  private static void protocol(SeenTask task, Findings found) {
    option(task, "net", "protocol")
        .or(() -> task.text("protocol").map(p -> new Option(p, task.place("protocol"))))
        .filter(o -> o.text().equalsIgnoreCase("A") || o.text().equalsIgnoreCase("B"))
        .ifPresent(o ->
            found.at(o.place(), "protocol " + o.text() + " does not wait for the peer's disk"));
  }

  private static void ioError(SeenTask task, Findings found) {
    option(task, "disk_options", "on-io-error")
        .filter(o -> o.text().equals("pass_on"))
        .ifPresent(o -> found.at(o.place(), "errors of the disk are passed on"));
  }

  private record Option(String text, Place place) {}

  /** An option of a section, or of a file that the task writes as a whole. */
  private static Optional<Option> option(SeenTask task, String section, String name) {
    return task.text(section, name)
        .map(text -> new Option(text, task.place(section, name)))
        .or(() -> ofFile(task, "content", name))
        .or(() -> ofFile(task, "template", name));
  }

  private static Optional<Option> ofFile(SeenTask task, String parameter, String name) {
    return task.text(parameter)
        .flatMap(text -> {
          Matcher m =
              Pattern.compile(
                      "^[^#\\n]*?(?<![\\w-])" + name + "(?:\\s+([\\w-]+))?\\s*;", Pattern.MULTILINE)
                  .matcher(text);
          return m.find()
              ? Optional.of(
                  new Option(Optional.ofNullable(m.group(1)).orElse(""), task.place(parameter)))
              : Optional.empty();
        });
  }

  /** Whether a whole file is given whose text is not known. */
  private static boolean opaque(SeenTask task) {
    return List.of("content", "template").stream()
        .anyMatch(p -> task.value(p).isPresent() && task.text(p).isEmpty());
  }
}
