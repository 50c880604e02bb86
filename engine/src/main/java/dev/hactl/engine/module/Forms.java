package dev.hactl.engine.module;

import java.util.IdentityHashMap;

/** The forms of modules, each made once: a playbook calls the same module many times. */
public final class Forms {
  private final IdentityHashMap<Module<?>, Form<?>> made = new IdentityHashMap<>();

  /** The form of a module. */
  @SuppressWarnings("unchecked") // what is kept under a module is the form that it made
  public synchronized <P> Form<P> of(Module<P> module) {
    return (Form<P>) made.computeIfAbsent(module, Module::form);
  }
}
