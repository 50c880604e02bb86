package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.PlaySources;
import dev.hactl.engine.model.Prompt;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A play, the hosts it is for, and the variables its hosts begin with.
 *
 * @param book the playbook
 * @param play the play
 * @param hosts after {@code --limit}, in inventory order
 * @param playLayers variables of the play and its files, weak ones first
 * @param roles variables of its roles, by their number
 */
record PlayScope(
    Project.Book book,
    Play play,
    List<Host> hosts,
    List<Layer> playLayers,
    List<RoleLayers> roles) {

  /** Selects hosts. */
  static PlayScope of(
      Project project, Project.Book book, Play play, RunOptions options, String run) {
    Inventory inventory = project.inventory();
    List<Host> hosts =
        inventory.select(play.hosts().text(), play.hosts().place(), options.choice().limit());
    hosts = HostOrder.of(play.order(), hosts, run);
    var layers = new ArrayList<Layer>();
    PlaySources sources = play.sources();
    sources.vars().forEach(v -> layers.add(written(Precedence.PLAY, "play vars", v)));
    sources.prompts().forEach(p -> layers.add(answer(project, p)));
    sources.varsFiles().forEach(v -> layers.add(written(Precedence.VARS_FILE, "vars_files", v)));
    return new PlayScope(
        book,
        play,
        hosts,
        List.copyOf(layers),
        sources.roles().stream().map(RoleLayers::of).toList());
  }

  private static Layer written(Precedence level, String scope, Node.Mapping vars) {
    return Layer.written(level, scope, vars, false);
  }

  /** Before anybody is asked the answer is unknown, as in a mere look at the files. */
  private static Layer answer(Project project, Prompt prompt) {
    Value value = project.answers().get(prompt);
    return Layer.ready(
        Precedence.PLAY,
        "vars_prompt",
        prompt.place(),
        Map.of(
            prompt.name(),
            value != null ? value : new Value.Unknown("the operator is asked for it")));
  }

  /** What hactl itself says about a host, beside what it says to all of them. */
  Layer magic(Host host, Inventory inventory, boolean check) {
    var values = new LinkedHashMap<String, Value>();
    values.put("inventory_hostname", Value.text(host.name()));
    values.put("inventory_hostname_short", Value.text(host.name().split("\\.", 2)[0]));
    values.put(
        "group_names", Value.texts(host.groups().stream().filter(g -> !g.equals("all")).toList()));
    values.put("ansible_check_mode", Value.bool(check));
    values.put("playbook_dir", Value.text(play.sources().folder().toString()));
    host.cluster()
        .ifPresent(c -> {
          values.put("cluster", Value.text(c));
          values.put(
              "cluster_hosts", Value.texts(inventory.cluster(c).stream().map(Host::name).toList()));
        });
    return Layer.ready(Precedence.MAGIC, "hactl", Place.of("hactl"), values);
  }

  /** What hactl says to every host of the play: made once, for with the hosts it grows itself. */
  Layer magicOfAll(Inventory inventory) {
    var values = new LinkedHashMap<String, Value>();
    Map<String, Value> groups = new LinkedHashMap<>();
    inventory.groups().keySet().forEach(g -> groups.put(g, Value.texts(inventory.members(g))));
    values.put("groups", Value.dict(groups));
    Value names = Value.texts(hosts.stream().map(Host::name).toList());
    values.put("play_hosts", names);
    values.put("ansible_play_hosts", names);
    return Layer.ready(Precedence.MAGIC, "hactl", Place.of("hactl"), values);
  }
}
