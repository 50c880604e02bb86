package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.YamlReader;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * @param filesVars variables of {@code vars_files}
 */
record PlayScope(Project.Book book, Play play, List<Host> hosts, List<Layer> filesVars) {

  /** Selects hosts and reads variable files; notes what is wrong. */
  static PlayScope of(
      Project project, Project.Book book, Play play, RunOptions options, Problems problems) {
    Inventory inventory = project.inventory();
    List<Host> hosts = inventory.select(play.hosts().text(), play.hosts().place());
    if (options.limit().isPresent()) {
      List<Host> limit = inventory.select(options.limit().get(), Place.of("--limit"));
      hosts = hosts.stream().filter(limit::contains).toList();
    }
    var files = new ArrayList<Layer>();
    for (Node.Scalar file : play.varsFiles()) {
      Path path = book.playbook().folder().resolve(file.text());
      if (!Files.isRegularFile(path)) {
        problems.error(
            file.place(),
            "the variables file '" + file.text() + "' does not exist",
            "names in vars_files are looked up beside the playbook");
        continue;
      }
      YamlReader.read(path, shown(book, file), problems)
          .ifPresent(node -> {
            if (node instanceof Node.Mapping m) {
              files.add(Layer.written(Precedence.VARS_FILE, "vars_files", m, false));
            } else {
              problems.error(
                  node.place(), "a variables file is a mapping, this is a " + node.describe());
            }
            book.renderer().check(node, problems);
          });
    }
    return new PlayScope(book, play, hosts, List.copyOf(files));
  }

  /** A file beside the playbook, named as the user named the playbook. */
  private static String shown(Project.Book book, Node.Scalar file) {
    Path folder = book.playbook().path().getParent();
    return folder == null ? file.text() : folder.resolve(file.text()).toString();
  }

  /** The variables of the play and its files. */
  List<Layer> playLayers() {
    var layers = new ArrayList<Layer>();
    play.vars().ifPresent(v -> layers.add(Layer.written(Precedence.PLAY, "play vars", v, false)));
    layers.addAll(filesVars);
    return layers;
  }

  /** What hactl itself says about a host. */
  Layer magic(Host host, Inventory inventory, boolean check) {
    var values = new LinkedHashMap<String, Value>();
    values.put("inventory_hostname", Value.text(host.name()));
    values.put("inventory_hostname_short", Value.text(host.name().split("\\.", 2)[0]));
    values.put(
        "group_names", Value.texts(host.groups().stream().filter(g -> !g.equals("all")).toList()));
    values.put("groups", groups(inventory));
    values.put("play_hosts", Value.texts(hosts.stream().map(Host::name).toList()));
    values.put("ansible_play_hosts", Value.texts(hosts.stream().map(Host::name).toList()));
    values.put("ansible_check_mode", Value.bool(check));
    values.put("playbook_dir", Value.text(book.playbook().folder().toString()));
    host.cluster()
        .ifPresent(c -> {
          values.put("cluster", Value.text(c));
          values.put(
              "cluster_hosts", Value.texts(inventory.cluster(c).stream().map(Host::name).toList()));
        });
    return Layer.ready(Precedence.MAGIC, "hactl", Place.of("hactl"), values);
  }

  private static Value groups(Inventory inventory) {
    Map<String, Value> groups = new LinkedHashMap<>();
    inventory.groups().keySet().forEach(g -> groups.put(g, Value.texts(inventory.members(g))));
    return Value.dict(groups);
  }
}
