package dev.hactl.engine.template.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a filter, a test or a call.
 *
 * @param given in order
 * @param named by name
 */
record Arguments(List<Piece> given, Map<String, Piece> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  int count() {
    return given.size();
  }

  Piece get(int i) {
    if (i >= given.size()) {
      throw new Untranslatable("an argument is missing");
    }
    return given.get(i);
  }

  /** An argument by its place or its name. */
  Optional<Piece> find(int i, String name) {
    return i < given.size() ? Optional.of(given.get(i)) : Optional.ofNullable(named.get(name));
  }

  /** Refuses arguments beyond these. */
  Arguments only(int most, String... names) {
    if (given.size() > most || !List.of(names).containsAll(named.keySet())) {
      throw new Untranslatable("more arguments than can be translated");
    }
    return this;
  }

  /** Without the first ones. */
  Arguments after(int first) {
    return new Arguments(given.subList(Math.min(first, given.size()), given.size()), named);
  }

  /** {@code name(first, the others)}. */
  Piece call(String function, Piece first) {
    var all = new ArrayList<String>();
    all.add(first.argument());
    given.forEach(g -> all.add(g.argument()));
    return Piece.tight(function + "(" + String.join(", ", all) + ")");
  }
}
