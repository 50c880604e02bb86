package dev.hactl.engine.template.jinja;

import dev.hactl.engine.template.jinja.Piece.Strength;

/** What an expression's translation may take for granted. */
sealed interface Dialect permits Dialect.Hint, Exact {

  /** Refuses an expression that is not even read. */
  default void check(Tokens tokens) {}

  /** A piece where true or false is wanted. */
  default Piece condition(Piece piece) {
    return piece;
  }

  /** Two conditions. */
  default Piece both(Piece left, String sign, Piece right, Strength strength) {
    return JinjaOperators.join(left, sign, right, strength);
  }

  /** Whether something is among others. */
  default Piece in(Piece item, Piece all) {
    return JinjaTests.in(item, all);
  }

  /** What a filter makes of a value. */
  default Piece filter(String name, Piece value, Arguments arguments) {
    return JinjaFilters.apply(name, value, arguments);
  }

  /** A name, and what follows it where that belongs to it. */
  default Piece name(String name, Tokens tokens) {
    return JinjaCalls.name(name);
  }

  /** For advice in messages: people look at it before they take it. */
  record Hint() implements Dialect {}
}
