package dev.hactl.engine.run;

import dev.hactl.engine.model.Role;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The variables that the tasks of a role see and no others do.
 *
 * @param defaults weaker than all others
 * @param vars stronger than the play's
 * @param magic what hactl says about the role
 */
record RoleLayers(List<Layer> defaults, List<Layer> vars, Layer magic) {

  static RoleLayers of(Role role) {
    String scope = "role " + role.name();
    return new RoleLayers(
        role.defaults().stream()
            .map(m -> Layer.written(Precedence.ROLE_DEFAULTS, scope, m, false))
            .toList(),
        role.vars().stream()
            .map(m -> Layer.written(Precedence.ROLE_VARS, scope, m, false))
            .toList(),
        Layer.ready(
            Precedence.MAGIC,
            "hactl",
            Place.of("hactl"),
            Map.of(
                "role_name",
                Value.text(role.name()),
                "role_path",
                Value.text(role.folder().toString()))));
  }

  /** Every name that they define. */
  Set<String> names() {
    var names = new TreeSet<>(magic.bindings().keySet());
    defaults.forEach(l -> names.addAll(l.bindings().keySet()));
    vars.forEach(l -> names.addAll(l.bindings().keySet()));
    return names;
  }
}
