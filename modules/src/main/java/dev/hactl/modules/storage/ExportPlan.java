package dev.hactl.modules.storage;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.modules.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides about an export. Pure. */
final class ExportPlan {
  private static final Thing TABLE = Thing.path("/var/lib/nfs/etab");

  private final NfsExport.Params wish;
  private final ExportState now;

  ExportPlan(NfsExport.Params wish, ExportState now) {
    this.wish = wish;
    this.now = now;
  }

  /** The verdict. */
  Decision<ExportState> decide() {
    Optional<ClusterConfig.Resource> by = now.cluster().exporting(wish.path());
    if (by.isPresent()) {
      boolean forgets = !wish.present() && !now.naming(wish.path()).isEmpty();
      return forgets
          ? end(forget()) // the line is what must go; the export itself is the cluster's
          : wish.present()
              ? new Decision.Refused<>(
                  "the cluster's resource %s exports %s: outside the cluster it would be open on the node that must not serve it"
                      .formatted(by.get().id(), wish.path()))
              : end(List.of());
    }
    return wish.present() ? present() : absent();
  }

  private Decision<ExportState> end(List<Change<ExportState>> todo) {
    return Decision.change(todo, wish.things());
  }

  private Decision<ExportState> present() {
    Optional<String> other =
        now.naming(wish.path()).stream().filter(f -> !f.equals(wish.file())).findFirst();
    if (other.isPresent()) {
      return new Decision.Impossible<>(
          "%s is exported by %s already; say 'file: %s', or take it away there"
              .formatted(wish.path(), other.get(), other.get()));
    }
    var todo = new ArrayList<Change<ExportState>>();
    if (!wanted(now.file(wish.file())).equals(now.file(wish.file()))) {
      todo.add(keep());
    }
    boolean open = !serves(now);
    List<ExportClient> foreign = foreign(now);
    if (!open && foreign.isEmpty()) {
      return end(todo);
    }
    if (!now.tool()) {
      return noTool();
    }
    return Decision.ask(
        Probe.sh("[ -d " + Sh.quote(wish.path()) + " ]", a -> a.status() == 0),
        directory -> {
          if (!directory) {
            return new Decision.Blocked<>(
                Thing.path(wish.path()), "there is no directory " + wish.path());
          }
          if (open) {
            todo.add(export());
          }
          if (!foreign.isEmpty()) {
            todo.add(unexport(foreign));
          }
          return end(todo);
        });
  }

  private static Decision<ExportState> noTool() {
    return new Decision.Blocked<>(
        Thing.command("exportfs"),
        "there is no exportfs on this host (package nfs-kernel-server or nfs-utils)");
  }

  private Lines wanted(Lines file) {
    return Exports.with(file, wish.path(), Exports.line(wish.path(), wish.clients()));
  }

  private boolean serves(ExportState state) {
    List<ExportClient> live = state.served(wish.path());
    return wish.clients().stream()
        .allMatch(c -> live.stream().anyMatch(l -> c.is(l) && c.served(l)));
  }

  private List<ExportClient> foreign(ExportState state) {
    return state.served(wish.path()).stream()
        .filter(l -> wish.clients().stream().noneMatch(c -> c.is(l)))
        .toList();
  }

  private Decision<ExportState> absent() {
    var todo = new ArrayList<>(forget());
    List<ExportClient> live = now.served(wish.path());
    if (!live.isEmpty()) {
      if (!now.tool()) {
        return noTool();
      }
      todo.add(unexport(live));
    }
    return end(todo);
  }

  private Change<ExportState> keep() {
    Lines before = now.file(wish.file());
    Lines after = wanted(before);
    boolean drop = !now.files().containsKey(wish.file());
    Change.Builder<ExportState> change =
        Change.<ExportState>to(
                "keep the export of " + wish.path() + " in " + wish.file(),
                s -> wanted(s.file(wish.file())).equals(s.file(wish.file())))
            .diff(new Diff.Lines(wish.file(), "", before.text(), after.text(), false));
    if (drop && wish.file().startsWith("/etc/exports.d/")) {
      change.step(Step.sh("mkdir -p /etc/exports.d\n"));
    }
    return change
        .step(Step.put(wish.file(), after.content(false)))
        .touches(Footprint.of(Thing.path(wish.file())))
        .build();
  }

  private Change<ExportState> export() {
    var text = new StringBuilder("set -e\n");
    for (ExportClient client : wish.clients()) {
      text.append("exportfs ");
      if (!client.options().isEmpty()) {
        text.append("-o ").append(Sh.quote(String.join(",", client.options()))).append(' ');
      }
      text.append(Sh.quote(ExportClient.operand(client.host(), wish.path()))).append('\n');
    }
    return Change.<ExportState>to("export " + wish.path(), this::serves)
        .diff(
            Diff.of(
                wish.path(),
                new Diff.Property(
                    "exported to", show(now.served(wish.path())), show(wish.clients()))))
        .step(Step.sh(text.toString()))
        .touches(Footprint.of(TABLE))
        .build();
  }

  private static String show(List<ExportClient> clients) {
    return clients.isEmpty()
        ? "nobody"
        : clients.stream().map(ExportClient::show).collect(Collectors.joining(" "));
  }

  private Change<ExportState> unexport(List<ExportClient> clients) {
    String hosts = clients.stream().map(ExportClient::host).collect(Collectors.joining(", "));
    var text = new StringBuilder("set -e\n");
    clients.forEach(c ->
        text.append("exportfs -u ")
            .append(Sh.quote(ExportClient.operand(c.host(), wish.path())))
            .append('\n'));
    List<String> gone = clients.stream().map(ExportClient::host).toList();
    return Change.<ExportState>to(
            "no longer export %s to %s".formatted(wish.path(), hosts),
            s -> s.served(wish.path()).stream().noneMatch(c -> gone.contains(c.host())))
        .diff(Diff.of(wish.path(), new Diff.Property("exported to", show(clients), "nobody")))
        .impact(new Impact.Disruptive("takes %s away from %s".formatted(wish.path(), hosts)))
        .step(Step.sh(text.toString()))
        .touches(Footprint.of(TABLE))
        .build();
  }

  private List<Change<ExportState>> forget() {
    return now.naming(wish.path()).stream().map(this::forget).toList();
  }

  private Change<ExportState> forget(String file) {
    Lines before = now.file(file);
    Lines after = Exports.without(before, wish.path());
    boolean empty = after.blank() && file.startsWith("/etc/exports.d/");
    return Change.<ExportState>to(
            "take %s from %s".formatted(wish.path(), file),
            s -> !Exports.names(s.file(file), wish.path()))
        .diff(new Diff.Lines(file, "", before.text(), after.text(), false))
        .step(
            empty
                ? Step.sh("rm -f -- " + Sh.quote(file) + "\n")
                : Step.put(file, after.content(false)))
        .touches(Footprint.of(Thing.path(file)))
        .build();
  }
}
