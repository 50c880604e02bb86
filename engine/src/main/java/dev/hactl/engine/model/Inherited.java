package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a play or block hands down to its tasks. */
record Inherited(
    List<Node.Scalar> when,
    Set<String> tags,
    Optional<Boolean> become,
    Optional<Node.Scalar> becomeUser,
    boolean runOnce,
    Optional<Node.Scalar> delegateTo,
    List<Node.Mapping> environment,
    boolean ignoreErrors,
    Optional<Node.Scalar> timeout,
    boolean noLog,
    Optional<Boolean> checkMode,
    Optional<Boolean> diff,
    List<Node.Mapping> vars,
    List<Node.Scalar> allow,
    boolean anyErrorsFatal,
    Optional<Node.Scalar> transaction) {

  static final Inherited NOTHING =
      new Inherited(
          List.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          List.of(),
          false,
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          true,
          Optional.empty());

  /**
   * What the mapping of a play, block or task adds: inner values win, lists grow, {@code when} is
   * joined by and.
   */
  Inherited with(KeywordReader in, boolean withVars) {
    return new Inherited(
        join(when, in.scalars("when")),
        tags(in),
        in.bool("become").or(() -> become),
        in.scalar("become_user").or(() -> becomeUser),
        in.bool("run_once").orElse(runOnce),
        in.scalar("delegate_to").or(() -> delegateTo),
        join(environment, in.mapping("environment").stream().toList()),
        in.bool("ignore_errors").orElse(ignoreErrors),
        in.scalar("timeout").or(() -> timeout),
        in.bool("no_log").orElse(noLog),
        in.bool("check_mode").or(() -> checkMode),
        in.bool("diff").or(() -> diff),
        withVars ? join(vars, in.mapping("vars").stream().toList()) : vars,
        join(allow, in.scalars("allow")),
        in.bool("any_errors_fatal").orElse(anyErrorsFatal),
        transaction);
  }

  /** The same inside a block that may be a transaction. */
  Inherited in(Optional<Node.Scalar> own) {
    return new Inherited(
        when,
        tags,
        become,
        becomeUser,
        runOnce,
        delegateTo,
        environment,
        ignoreErrors,
        timeout,
        noLog,
        checkMode,
        diff,
        vars,
        allow,
        anyErrorsFatal,
        own.or(() -> transaction));
  }

  private Set<String> tags(KeywordReader in) {
    var all = new LinkedHashSet<>(tags);
    for (Node.Scalar s : in.scalars("tags")) {
      for (String tag : s.text().split(",", -1)) {
        if (!tag.isBlank()) {
          all.add(tag.strip());
        }
      }
    }
    return all;
  }

  private static <T> List<T> join(List<T> outer, List<T> inner) {
    return Stream.concat(outer.stream(), inner.stream()).toList();
  }
}
