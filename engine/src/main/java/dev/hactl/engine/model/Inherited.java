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
    Optional<OnTarget> on,
    List<Node.Mapping> environment,
    boolean ignoreErrors,
    Optional<Node.Scalar> timeout,
    boolean noLog,
    Optional<Boolean> checkMode,
    Optional<Boolean> diff,
    List<Node.Mapping> vars,
    List<Node.Scalar> allow,
    boolean anyErrorsFatal,
    boolean ignoreUnreachable,
    Optional<Integer> throttle,
    boolean delegateFacts,
    Optional<Node.Scalar> transaction,
    List<ModuleDefaults> moduleDefaults) {

  static final Inherited NOTHING =
      new Inherited(
          List.of(),
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
          List.of(),
          true,
          false,
          Optional.empty(),
          false,
          Optional.empty(),
          List.of());

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
        in.scalar("on").map(OnTarget::new).or(() -> on),
        join(environment, in.mapping("environment").stream().toList()),
        in.bool("ignore_errors").orElse(ignoreErrors),
        in.scalar("timeout").or(() -> timeout),
        in.bool("no_log").orElse(noLog),
        in.bool("check_mode").or(() -> checkMode),
        in.bool("diff").or(() -> diff),
        withVars ? join(vars, in.mapping("vars").stream().toList()) : vars,
        join(allow, in.scalars("allow")),
        in.bool("any_errors_fatal").orElse(anyErrorsFatal),
        in.bool("ignore_unreachable").orElse(ignoreUnreachable),
        in.count("throttle").or(() -> throttle),
        in.bool("delegate_facts").orElse(delegateFacts),
        transaction,
        join(moduleDefaults, in.moduleDefaults()));
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
        on,
        environment,
        ignoreErrors,
        timeout,
        noLog,
        checkMode,
        diff,
        vars,
        allow,
        anyErrorsFatal,
        ignoreUnreachable,
        throttle,
        delegateFacts,
        own.or(() -> transaction),
        moduleDefaults);
  }

  /**
   * The same for the handlers of a role: they run when they are notified, whatever the condition
   * under which the role's tasks do.
   */
  Inherited forHandlers() {
    return new Inherited(
        List.of(),
        tags,
        become,
        becomeUser,
        runOnce,
        delegateTo,
        on,
        environment,
        ignoreErrors,
        timeout,
        noLog,
        checkMode,
        diff,
        vars,
        allow,
        anyErrorsFatal,
        ignoreUnreachable,
        throttle,
        delegateFacts,
        Optional.empty(),
        moduleDefaults);
  }

  /** The same without variables, which are the play's own then. */
  Inherited withoutVars() {
    return vars.isEmpty()
        ? this
        : new Inherited(
            when,
            tags,
            become,
            becomeUser,
            runOnce,
            delegateTo,
            on,
            environment,
            ignoreErrors,
            timeout,
            noLog,
            checkMode,
            diff,
            List.of(),
            allow,
            anyErrorsFatal,
            ignoreUnreachable,
            throttle,
            delegateFacts,
            transaction,
            moduleDefaults);
  }

  /**
   * What a task is told in the end: this, and what is said to it alone.
   *
   * @param in the task, whose shared keywords were added before
   */
  Task.Keywords task(KeywordReader in, Optional<Node> loop, LoopControl control) {
    return new Task.Keywords(
        when,
        loop,
        control,
        in.name("register"),
        in.scalars("notify"),
        in.scalars("listen").stream().map(Node.Scalar::text).toList(),
        tags,
        become,
        becomeUser,
        runOnce,
        delegateTo,
        on,
        environment,
        ignoreErrors,
        in.scalars("changed_when"),
        in.scalars("failed_when"),
        in.scalars("until"),
        in.scalar("retries"),
        in.scalar("delay"),
        timeout,
        noLog,
        checkMode,
        diff,
        vars,
        allow,
        anyErrorsFatal,
        ignoreUnreachable,
        throttle,
        delegateFacts,
        in.detach(),
        transaction);
  }

  /**
   * What it says that makes a difference to the handlers and variables of a role, without places:
   * equal texts mean the same.
   */
  String said() {
    return String.join(
        "\n",
        become.toString(),
        said(becomeUser),
        String.valueOf(runOnce),
        said(delegateTo),
        said(on.map(OnTarget::text)),
        said(environment),
        String.valueOf(ignoreErrors),
        said(timeout),
        String.valueOf(noLog),
        checkMode.toString(),
        said(vars),
        String.valueOf(anyErrorsFatal),
        String.valueOf(ignoreUnreachable),
        String.valueOf(delegateFacts),
        throttle.toString(),
        said(moduleDefaults.stream().map(ModuleDefaults::args).toList()));
  }

  /** The same with what makes a difference to its tasks alone. */
  String saidOfTasks() {
    return said() + "\n" + said(when) + "\n" + tags + "\n" + said(allow);
  }

  private static String said(Optional<Node.Scalar> scalar) {
    return scalar.map(Inherited::said).orElse("-");
  }

  private static String said(List<? extends Node> nodes) {
    return nodes.stream().map(Inherited::said).toList().toString();
  }

  private static String said(Node node) {
    return switch (node) {
      case Node.Scalar s -> s.kind() + ":" + s.text().length() + ":" + s.text();
      case Node.Sequence s -> said(s.items());
      case Node.Mapping m ->
          m.entries().stream().map(e -> said(e.key()) + "=" + said(e.value())).toList().toString();
    };
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

  private static <T> List<T> join(List<T> outer, List<T> inner) {
    return Stream.concat(outer.stream(), inner.stream()).toList();
  }
}
