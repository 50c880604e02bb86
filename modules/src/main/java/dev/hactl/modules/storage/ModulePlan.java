package dev.hactl.modules.storage;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.modules.text.Lines;
import java.util.ArrayList;
import java.util.List;

/** Decides about a kernel module. Pure. */
final class ModulePlan {
  private final ModuleWish wish;
  private final ModuleState now;

  ModulePlan(ModuleWish wish, ModuleState now) {
    this.wish = wish;
    this.now = now;
  }

  /** The verdict. */
  Decision<ModuleState> decide() {
    return wish.present() ? present() : absent();
  }

  private Decision<ModuleState> end(List<Change<ModuleState>> todo) {
    return Decision.change(todo, wish.thing(), Thing.path(wish.list()), Thing.path(wish.options()));
  }

  private Decision<ModuleState> present() {
    if (now.present()) {
      return end(files());
    }
    if (!now.modules()) {
      return new Decision.Impossible<>(
          "this kernel loads no modules, and " + wish.name() + " is not built into it");
    }
    if (!now.tool()) {
      return noTool();
    }
    return Decision.ask(
        Probe.sh("modprobe -D -- " + Sh.quote(wish.name()) + " 2>&1", a -> a),
        known -> {
          if (known.status() != 0) {
            return new Decision.Blocked<>(
                wish.thing(),
                "the running kernel has no module " + wish.name() + ": " + known.text());
          }
          var todo = new ArrayList<Change<ModuleState>>(List.of(load()));
          todo.addAll(files());
          return end(todo);
        });
  }

  private static Decision<ModuleState> noTool() {
    return new Decision.Blocked<>(
        Thing.command("modprobe"), "there is no modprobe on this host (package kmod)");
  }

  private Decision<ModuleState> absent() {
    var todo = new ArrayList<>(files());
    if (now.loaded().isEmpty()) {
      return now.builtIn()
          ? new Decision.Impossible<>(wish.name() + " is built into this kernel")
          : end(todo);
    }
    ModuleState.Loaded loaded = now.loaded().get();
    if (loaded.references() > 0 || !loaded.users().isEmpty()) {
      return new Decision.Refused<>(
          "%s is in use: %d references%s"
              .formatted(
                  wish.name(),
                  loaded.references(),
                  loaded.users().isEmpty() ? "" : ", by " + String.join(", ", loaded.users())));
    }
    if (!now.tool()) {
      return noTool();
    }
    todo.add(unload());
    return end(todo);
  }

  private Change<ModuleState> load() {
    var words = new ArrayList<>(List.of(wish.name()));
    words.addAll(wish.parameters());
    return Change.<ModuleState>to("load the kernel module " + wish.name(), ModuleState::present)
        .diff(Diff.of(wish.name(), new Diff.Property("module", "absent", "loaded")))
        .step(Step.sh("modprobe -- " + Sh.words(words) + "\n"))
        .touches(Footprint.bringing(wish.thing()))
        .build();
  }

  private Change<ModuleState> unload() {
    return Change.<ModuleState>to("unload the kernel module " + wish.name(), s -> !s.present())
        .diff(Diff.of(wish.name(), new Diff.Property("module", "loaded", "absent")))
        .step(Step.sh("modprobe -r -- " + Sh.quote(wish.name()) + "\n"))
        .touches(Footprint.of(wish.thing()))
        .build();
  }

  private List<Change<ModuleState>> files() {
    var todo = new ArrayList<Change<ModuleState>>();
    if (wish.kept().isEmpty()) {
      return todo;
    }
    if (!wish.kept().get()) {
      now.files()
          .forEach((path, lines) -> {
            Lines after = without(path, lines);
            if (!after.equals(lines)) {
              todo.add(forget(path, lines, after));
            }
          });
      return todo;
    }
    if (!now.listed(wish.name())) {
      todo.add(keep(wish.list(), wish.name()));
    }
    if (!wish.parameters().isEmpty() && !now.configured(wish.name(), wish.parameters())) {
      todo.add(
          keep(
              wish.options(),
              "options " + wish.name() + " " + String.join(" ", wish.parameters())));
    }
    return todo;
  }

  private Lines without(String path, Lines lines) {
    return lines.edit(all -> {
      all.removeIf(l ->
          ModuleState.loads(wish.name(), path, l) || ModuleState.configures(wish.name(), path, l));
      return all;
    });
  }

  private Change<ModuleState> keep(String path, String line) {
    Lines before = now.files().getOrDefault(path, new Lines(List.of()));
    Lines after =
        without(path, before)
            .edit(all -> {
              all.add(Lines.line(line));
              return all;
            });
    boolean list = path.equals(wish.list());
    return Change.<ModuleState>to(
            (list ? "load " + wish.name() + " at boot, by " : "keep the parameters of ")
                + (list ? path : wish.name() + " in " + path),
            s -> list ? s.listed(wish.name()) : s.configured(wish.name(), wish.parameters()))
        .diff(new Diff.Lines(path, "", before.text(), after.text(), false))
        .step(Step.put(path, after.content(false)))
        .touches(Footprint.of(Thing.path(path)))
        .build();
  }

  private Change<ModuleState> forget(String path, Lines before, Lines after) {
    Step step =
        after.blank()
            ? Step.sh("rm -f -- " + Sh.quote(path) + "\n")
            : Step.put(path, after.content(false));
    return Change.<ModuleState>to(
            "take " + wish.name() + " from " + path,
            s ->
                s.files().getOrDefault(path, new Lines(List.of())).lines().stream()
                    .noneMatch(l ->
                        ModuleState.loads(wish.name(), path, l)
                            || ModuleState.configures(wish.name(), path, l)))
        .diff(new Diff.Lines(path, "", before.text(), after.text(), false))
        .step(step)
        .touches(Footprint.of(Thing.path(path)))
        .build();
  }
}
