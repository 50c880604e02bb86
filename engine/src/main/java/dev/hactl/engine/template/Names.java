package dev.hactl.engine.template;

import dev.hactl.engine.value.Value;
import java.util.Collection;
import java.util.Optional;

/** What an expression can refer to. */
public interface Names {

  /** The value of a name; empty when nothing defines it. */
  Optional<Value> get(String name);

  /** Every defined name, for "did you mean". */
  Collection<String> known();
}
