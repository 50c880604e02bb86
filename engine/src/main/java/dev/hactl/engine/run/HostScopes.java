package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.RoleUse;
import dev.hactl.engine.vars.HostVariables;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import dev.hactl.engine.vars.Scope;
import java.util.ArrayList;
import java.util.List;

/** The variables of a host as the plays and roles of playbooks see them before anything runs. */
public final class HostScopes {
  private HostScopes() {}

  /**
   * What one part of a playbook sees.
   *
   * @param where the play or role, in words
   */
  public record Seen(String where, Scope scope) {}

  /** A scope for each play of the host and for each use of a role in it, in their order. */
  public static List<Seen> of(Project project, Host host) {
    var seen = new ArrayList<Seen>();
    List<Layer> ofHost = HostVariables.of(host, project.inventory());
    for (Project.Book book : project.books()) {
      for (Play play : book.playbook().plays()) {
        PlayScope scope = PlayScope.of(project, book, play, RunOptions.defaults(), "");
        if (!scope.hosts().contains(host)) {
          continue;
        }
        var plain = new ArrayList<>(ofHost);
        plain.addAll(scope.playLayers());
        seen.add(new Seen("play '" + play.name() + "', " + play.place(), Scope.of(plain)));
        play.sources().uses().forEach(use -> seen.add(role(use, scope, ofHost)));
      }
    }
    return List.copyOf(seen);
  }

  private static Seen role(RoleUse use, PlayScope scope, List<Layer> ofHost) {
    RoleLayers own = scope.roles().get(use.role().number());
    var layers = new ArrayList<>(own.defaults());
    layers.addAll(ofHost);
    layers.addAll(scope.playLayers());
    layers.addAll(own.vars());
    use.vars()
        .forEach(v -> layers.add(Layer.written(Precedence.TASK, "role parameters", v, false)));
    return new Seen("role " + use.role().name() + ", used at " + use.place(), Scope.of(layers));
  }
}
