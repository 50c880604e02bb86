package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a play or block hands down to its tasks.
 *
 * @param when conditions that must all hold
 * @param vars variables, outer ones first
 * @param transaction what the block says that makes one of its tasks
 * @param moduleDefaults parameters of modules, outer ones first
 * @param manner how the tasks are done
 */
record Inherited(
    List<Node.Scalar> when,
    List<Node.Mapping> vars,
    Optional<Node.Scalar> transaction,
    List<ModuleDefaults> moduleDefaults,
    Manner manner) {

  static final Inherited NOTHING =
      new Inherited(List.of(), List.of(), Optional.empty(), List.of(), Manner.USUAL);

  /**
   * What the mapping of a play, block or task adds: inner values win, lists grow, {@code when} is
   * joined by and.
   */
  Inherited with(KeywordReader in, boolean withVars) {
    return new Inherited(
        join(when, in.scalars("when")),
        withVars ? join(vars, in.mapping("vars").stream().toList()) : vars,
        transaction,
        join(moduleDefaults, in.moduleDefaults()),
        manner.with(in));
  }

  /** The same inside a block that may be a transaction. */
  Inherited in(Optional<Node.Scalar> own) {
    return new Inherited(when, vars, own.or(() -> transaction), moduleDefaults, manner);
  }

  /**
   * The same for the handlers of a role: they run when they are notified, whatever the condition
   * under which the role's tasks do.
   */
  Inherited forHandlers() {
    return new Inherited(List.of(), vars, Optional.empty(), moduleDefaults, manner);
  }

  /** The same without variables, which are the play's own then. */
  Inherited withoutVars() {
    return vars.isEmpty()
        ? this
        : new Inherited(when, List.of(), transaction, moduleDefaults, manner);
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
        manner.tags(),
        manner.become(),
        manner.becomeUser(),
        manner.runOnce(),
        manner.delegateTo(),
        manner.on(),
        manner.environment(),
        manner.ignoreErrors(),
        in.scalars("changed_when"),
        in.scalars("failed_when"),
        in.scalars("until"),
        in.scalar("retries"),
        in.scalar("delay"),
        manner.timeout(),
        manner.noLog(),
        manner.checkMode(),
        manner.diff(),
        vars,
        manner.allow(),
        manner.anyErrorsFatal(),
        manner.ignoreUnreachable(),
        manner.throttle(),
        manner.delegateFacts(),
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
        manner.become().toString(),
        said(manner.becomeUser()),
        String.valueOf(manner.runOnce()),
        said(manner.delegateTo()),
        said(manner.on().map(OnTarget::text)),
        said(manner.environment()),
        String.valueOf(manner.ignoreErrors()),
        said(manner.timeout()),
        String.valueOf(manner.noLog()),
        manner.checkMode().toString(),
        manner.diff().toString(),
        said(vars),
        String.valueOf(manner.anyErrorsFatal()),
        String.valueOf(manner.ignoreUnreachable()),
        String.valueOf(manner.delegateFacts()),
        manner.throttle().toString(),
        moduleDefaults.stream().map(d -> d.module() + said(d.args())).toList().toString());
  }

  /** The same with what makes a difference to its tasks alone. */
  String saidOfTasks() {
    return said() + "\n" + said(when) + "\n" + manner.tags() + "\n" + said(manner.allow());
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

  /** Both, outer ones first. */
  static <T> List<T> join(List<T> outer, List<T> inner) {
    return Stream.concat(outer.stream(), inner.stream()).toList();
  }
}
