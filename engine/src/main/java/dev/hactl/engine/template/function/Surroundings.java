package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;

/** What a function may know besides its arguments. */
public interface Surroundings {

  /** The host that something is evaluated for; empty when it is for none. */
  String host();

  /** Files, environment and passwords of the controller. */
  Lookups lookups();

  /** A rendered template file. */
  Value template(String name);
}
