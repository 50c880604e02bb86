package dev.hactl.engine.model;

import java.util.Collection;

/** What must be known of modules to read a playbook. */
public interface ModuleNames {

  /** Every name and alias that a task may call. */
  Collection<String> callable();

  /** The own name of a module's parameter, of which {@code name} may be an alias. */
  String parameter(String module, String name);

  /** Modules without aliases of parameters. */
  static ModuleNames of(Collection<String> callable) {
    return new ModuleNames() {
      @Override
      public Collection<String> callable() {
        return callable;
      }

      @Override
      public String parameter(String module, String name) {
        return name;
      }
    };
  }
}
