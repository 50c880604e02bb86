package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Variables;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.HostVariables;
import dev.hactl.engine.vars.Scope;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code hostvars} mapping: what the inventory says about every host. Worked out once, when a
 * text asks for it.
 */
final class HostVars {
  private final Inventory inventory;
  private Value.@Nullable Dict known;

  HostVars(Inventory inventory) {
    this.inventory = inventory;
  }

  synchronized Value of(Project.Book book) {
    Value.Dict made = known;
    if (made == null) {
      var all = new LinkedHashMap<String, Value>();
      inventory
          .hosts()
          .forEach((name, host) -> {
            var names = new Variables(Scope.of(HostVariables.of(host, inventory)), book.renderer());
            var own = new LinkedHashMap<String, Value>();
            own.put("inventory_hostname", Value.text(name));
            for (String variable : names.known()) {
              try {
                names.get(variable).ifPresent(v -> own.put(variable, v));
              } catch (SourceException e) {
                // It rests on something this host alone knows in its play; asking for it says it is
                // undefined.
              }
            }
            all.put(name, new Value.Dict(own));
          });
      made = new Value.Dict(all);
      known = made;
    }
    return made;
  }
}
