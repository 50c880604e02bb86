package dev.hactl.engine.module;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The modules there are, found by name. */
public interface Modules {

  /** The module of a name or alias. */
  Optional<Module<?>> find(String name);

  /** Every name, without aliases, sorted. */
  Collection<String> names();

  /** The kind of target of a name, for {@code on:}. */
  default Optional<TargetKind<?>> target(String name) {
    return Optional.empty();
  }

  /** The names of all kinds of targets, sorted. */
  default Collection<String> targets() {
    return List.of();
  }

  /** Every name and every alias: what a task may be called. */
  Collection<String> callable();
}
