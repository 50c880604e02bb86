package dev.hactl.modules.storage;

import dev.hactl.engine.module.Thing;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code modprobe} task wants.
 *
 * @param name the module
 * @param parameters what it is loaded with
 * @param present whether it is loaded
 * @param kept whether it is loaded at boot; empty to leave that alone
 */
record ModuleWish(String name, List<String> parameters, boolean present, Optional<Boolean> kept) {

  /**
   * Which modules are loaded at boot: modules-load.d(5). A file of the vendor's name would override
   * the vendor's file, or be the mask that an administrator put there.
   */
  String list() {
    return "/etc/modules-load.d/hactl-" + name + ".conf";
  }

  /** With which parameters: modprobe.d(5). Of several values the last one read counts. */
  String options() {
    return "/etc/modprobe.d/zz-hactl-" + name + ".conf";
  }

  /** The module itself. */
  Thing thing() {
    return new Thing(Thing.Kind.KERNEL, "module " + plain(name));
  }

  /** Dashes and underscores mean the same in the names of modules: modprobe(8). */
  static String plain(String name) {
    return name.replace('-', '_');
  }
}
