package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How tasks are done, as plays, blocks and tasks say alike; {@link Task.Keywords} says what each
 * part means.
 */
record Manner(
    Set<String> tags,
    Optional<Boolean> become,
    Optional<Node.Scalar> becomeUser,
    boolean runOnce,
    Optional<Node.Scalar> delegateTo,
    Optional<OnTarget> on,
    List<Node.Mapping> environment,
    boolean ignoreErrors,
    Optional<Node.Scalar> timeout,
    boolean noLog,
    Optional<Boolean> checkMode,
    Optional<Boolean> diff,
    List<Node.Scalar> allow,
    boolean anyErrorsFatal,
    boolean ignoreUnreachable,
    Optional<Integer> throttle,
    boolean delegateFacts) {

  /** Where nothing is said of it. */
  static final Manner USUAL =
      new Manner(
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          false,
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          true,
          false,
          Optional.empty(),
          false);

  /** What the mapping of a play, block or task adds: inner values win, lists grow. */
  Manner with(KeywordReader in) {
    return new Manner(
        tags(in),
        in.bool("become").or(() -> become),
        in.scalar("become_user").or(() -> becomeUser),
        in.bool("run_once").orElse(runOnce),
        in.scalar("delegate_to").or(() -> delegateTo),
        in.scalar("on").map(OnTarget::new).or(() -> on),
        Inherited.join(environment, in.mapping("environment").stream().toList()),
        in.bool("ignore_errors").orElse(ignoreErrors),
        in.scalar("timeout").or(() -> timeout),
        in.bool("no_log").orElse(noLog),
        in.bool("check_mode").or(() -> checkMode),
        in.bool("diff").or(() -> diff),
        Inherited.join(allow, in.scalars("allow")),
        in.bool("any_errors_fatal").orElse(anyErrorsFatal),
        in.bool("ignore_unreachable").orElse(ignoreUnreachable),
        in.count("throttle").or(() -> throttle),
        in.bool("delegate_facts").orElse(delegateFacts));
  }

  private Set<String> tags(KeywordReader in) {
    var all = new LinkedHashSet<>(tags);
    for (Node.Scalar s : in.fixed("tags")) {
      for (String tag : s.text().split(",", -1)) {
        if (!tag.isBlank()) {
          all.add(tag.strip());
        }
      }
    }
    return all;
  }
}
