package dev.hactl.engine.run;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.vars.HostVariables;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import java.util.ArrayList;
import java.util.IdentityHashMap;

/** Gives hosts the variables that they begin a play with. */
final class Entrance {
  private final Project project;
  private final RunOptions options;
  private final HostVars hostVars;
  private final IdentityHashMap<PlayScope, Layer> ofAll = new IdentityHashMap<>();

  Entrance(Project project, RunOptions options) {
    this.project = project;
    this.options = options;
    this.hostVars = new HostVars(project.inventory());
  }

  private synchronized Layer ofAll(PlayScope scope) {
    return ofAll.computeIfAbsent(scope, s -> s.magicOfAll(project.inventory()));
  }

  /** Takes a host into a play. */
  HostPass enter(HostPass pass, PlayScope scope) {
    var top = new ArrayList<>(options.extraVars());
    top.add(ofAll(scope));
    top.add(scope.magic(pass.host, project.inventory(), options.check()));
    top.add(
        Layer.computed(
            Precedence.MAGIC,
            "hactl",
            Place.of("hactl"),
            "hostvars",
            () -> hostVars.of(scope.book())));
    pass.enter(
        HostVariables.of(pass.host, project.inventory()),
        scope.playLayers(),
        scope.roles(),
        top,
        scope.book().renderer());
    return pass;
  }
}
