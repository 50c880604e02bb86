package dev.hactl.engine.run;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.remote.Identity;
import dev.hactl.engine.remote.RunInfo;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.template.Variables;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.HostVariables;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import dev.hactl.engine.vars.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The connections of a run, one per host, made when first asked for. */
final class Links implements AutoCloseable {
  private final Inventory inventory;
  private final RunOptions options;
  private final RunInfo info;
  private final Renderer renderer;
  private final Emitter emitter;
  private final AtomicLong shared = new AtomicLong();
  private final Map<String, HostLink> links = new ConcurrentHashMap<>();

  Links(Inventory inventory, RunOptions options, RunInfo info, Renderer renderer, Emitter emitter) {
    this.inventory = inventory;
    this.options = options;
    this.info = info;
    this.renderer = renderer;
    this.emitter = emitter;
  }

  /**
   * The connection of a host; {@code localhost} is this machine even when no inventory names it.
   */
  HostLink get(String host) {
    return links.computeIfAbsent(host, this::make);
  }

  private HostLink make(String name) {
    ConnectionSettings settings = Connections.settings(name, names(name), options.login());
    return new HostLink(
        name, settings, info, shared, told -> emitter.emit(new Event.Noted(name, told)));
  }

  /** As whom a host is looked at when no task says so. */
  Identity identity(String host) {
    return Connections.identity(names(host), options.login(), Optional.empty(), Optional.empty());
  }

  private Variables names(String name) {
    var layers = new ArrayList<Layer>();
    if (inventory.host(name).isEmpty() && name.equals("localhost")) {
      layers.add(
          Layer.ready(
              Precedence.HOST,
              "hactl",
              Place.of("hactl"),
              Map.of("ansible_connection", Value.text("local"))));
    } else {
      Host host =
          inventory
              .host(name)
              .orElseThrow(() ->
                  new SourceException(
                      Problem.error(
                          Place.of("delegate_to"),
                          "no host of the inventory is named '" + name + "'")));
      layers.addAll(HostVariables.of(host, inventory));
    }
    layers.addAll(options.extraVars());
    layers.add(
        Layer.ready(
            Precedence.MAGIC,
            "hactl",
            Place.of("hactl"),
            Map.of("inventory_hostname", Value.text(name))));
    return new Variables(Scope.of(layers), renderer);
  }

  Collection<HostLink> all() {
    return List.copyOf(links.values());
  }

  /** Ends on every host what may be interrupted. */
  void cancel() {
    links.values().forEach(HostLink::cancel);
  }

  @Override
  public void close() {
    Parallel.each(all(), links.size(), HostLink::close);
  }
}
