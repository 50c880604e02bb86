package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Variables;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.HostVariables;
import dev.hactl.engine.vars.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
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
            var own = new LinkedHashMap<String, Value>();
            own.put("inventory_hostname", Value.text(name));
            try {
              own.putAll(written(host, book));
            } catch (SourceException e) {
              // A file of its variables is encrypted, and no password opens it; nobody may need it.
            }
            all.put(name, new Value.Dict(own));
          });
      made = new Value.Dict(all);
      known = made;
    }
    return made;
  }

  private Map<String, Value> written(Host host, Project.Book book) {
    var names = new Variables(Scope.of(HostVariables.of(host, inventory)), book.renderer());
    var own = new LinkedHashMap<String, Value>();
    for (String variable : names.known()) {
      try {
        names.get(variable).ifPresent(v -> own.put(variable, v));
      } catch (SourceException e) {
        // It rests on something this host alone knows in its play, or is encrypted for somebody
        // else; asking for it says it is undefined.
      }
    }
    return own;
  }
}
