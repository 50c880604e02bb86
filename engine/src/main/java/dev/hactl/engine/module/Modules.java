package dev.hactl.engine.module;

import java.util.Collection;
import java.util.Optional;

/** The modules there are, found by name. */
public interface Modules {

  /** The module of a name or alias. */
  Optional<Module<?>> find(String name);

  /** Every name, without aliases, sorted. */
  Collection<String> names();

  /** Every name and every alias: what a task may be called. */
  Collection<String> callable();
}
