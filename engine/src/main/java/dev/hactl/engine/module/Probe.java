package dev.hactl.engine.module;

import java.time.Duration;
import java.util.function.Function;

/**
 * A read-only question to a host and how to read the answer.
 *
 * <p>Two probes with the same collector and the same question are asked once. Questions of one
 * collector travel together, so that fifty files cost one {@code stat}.
 *
 * @param collector how such questions are put
 * @param question what is asked; its {@code equals} decides whether two are the same
 * @param reach whether only this host's own changes can alter the answer
 * @param trust whether the text is hactl's own; a user's text never runs ahead of its turn
 * @param deadline how long the host may take
 * @param parser reads the answer; throws {@link UnreadableAnswer} when it makes no sense
 */
public record Probe<S>(
    Collector<?> collector,
    Object question,
    Reach reach,
    Trust trust,
    Duration deadline,
    Function<Answer, S> parser) {

  /** Default deadline of a probe. */
  public static final Duration DEADLINE = Duration.ofSeconds(10);

  /** Who can alter what a probe sees. */
  public enum Reach {
    /** Only changes on this host. */
    LOCAL,
    /** Changes anywhere: cluster state, replicated devices, network peers. */
    SHARED
  }

  /** Whose text it is. */
  public enum Trust {
    /** hactl's own, known to be read-only: may run ahead of its turn. */
    BUILT_IN,
    /** The playbook author's: runs only at its turn. */
    USER
  }

  /** A shell text of hactl's own; exit status and standard output are the answer. */
  public static <S> Probe<S> sh(String text, Function<Answer, S> parser) {
    return new Probe<>(
        ShellCollector.INSTANCE, text, Reach.LOCAL, Trust.BUILT_IN, DEADLINE, parser);
  }

  /** A question to a collector. */
  public static <Q, S> Probe<S> of(Collector<Q> collector, Q question, Function<Answer, S> parser) {
    return new Probe<>(collector, question, Reach.LOCAL, Trust.BUILT_IN, DEADLINE, parser);
  }

  /** Nothing to look at; the observation is given. */
  public static <S> Probe<S> nothing(S observation) {
    return new Probe<>(
        ShellCollector.INSTANCE, "", Reach.LOCAL, Trust.BUILT_IN, DEADLINE, ignored -> observation);
  }

  /** Whether the host need not be asked. */
  public boolean needless() {
    return question.equals("");
  }

  /** The playbook author's own text. */
  public Probe<S> byUser() {
    return new Probe<>(collector, question, reach, Trust.USER, deadline, parser);
  }

  /** The same with another deadline. */
  public Probe<S> within(Duration other) {
    return new Probe<>(collector, question, reach, trust, other, parser);
  }

  /** The same question about state that other hosts can change too. */
  public Probe<S> shared() {
    return new Probe<>(collector, question, Reach.SHARED, trust, deadline, parser);
  }

  /** The same question, its observation turned into another. */
  public <T> Probe<T> map(Function<S, T> further) {
    return new Probe<>(collector, question, reach, trust, deadline, parser.andThen(further));
  }
}
