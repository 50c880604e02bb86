package dev.hactl.modules.files;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import java.util.function.Function;

/** Decisions in terms of a part of an observation, as decisions in terms of all of it. */
final class Lifted {
  private Lifted() {}

  static <S, T> Decision<T> over(Decision<S> decision, Function<T, S> part) {
    return switch (decision) {
      case Decision.Decided<S> d ->
          new Decision.Decided<>(
              d.changes().stream().map(c -> over(c, part)).toList(), d.reliesOn());
      case Decision.Ask<S, ?> ask -> over(ask, part);
      case Decision.Blocked<S> b -> new Decision.Blocked<>(b.missing(), b.message());
      case Decision.Impossible<S> i -> new Decision.Impossible<>(i.message());
      case Decision.Refused<S> r -> new Decision.Refused<>(r.message());
    };
  }

  private static <S, A, T> Decision<T> over(Decision.Ask<S, A> ask, Function<T, S> part) {
    return new Decision.Ask<>(ask.probe(), answer -> over(ask.then().apply(answer), part));
  }

  static <S, T> Change<T> over(Change<S> change, Function<T, S> part) {
    return new Change<>(
        change.what(),
        change.diffs(),
        change.impact(),
        change.footprint(),
        change.guards(),
        change.steps(),
        change.intent(),
        seen -> change.converged().test(part.apply(seen)),
        change.settle());
  }
}
