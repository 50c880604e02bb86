package dev.hactl.modules.storage;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.lint.SeenTask;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** File systems, mounts and exports that lose data. */
@HactlRules
public final class StorageRules implements RuleBook {
  private static final About FORCE =
      About.warning(
          "mkfs-forced",
          "A file system is made over whatever the device bears, also when the device is the wrong"
              + " one.",
          "mkfs(8); docs/modules/filesystem.md",
          "leave 'force' out: an empty device needs none");

  private static final About FSTAB =
      About.error(
          "replica-in-fstab",
          "A replicated disk that is mounted at boot is not Primary then: the boot stops or the wrong"
              + " node mounts it.",
          "DRBD User's Guide, Pacemaker integration; ocf_heartbeat_Filesystem(7)",
          "let Pacemaker mount it, or write state: ephemeral");

  private static final About ROOT =
      About.warning(
          "export-root-not-squashed",
          "Whoever is root on a client is root on the exported files.",
          "exports(5), no_root_squash",
          "leave 'no_root_squash' out");

  private static final About ASYNC =
      About.warning(
          "export-async",
          "The server confirms writes that are in its memory only, and a failover loses them.",
          "exports(5), async",
          "write sync");

  private static final About OPEN =
      About.advice(
          "export-to-everyone",
          "Every machine that reaches the address can mount the export.",
          "exports(5), machine name formats",
          "name the clients' network, such as 192.0.2.0/24");

  private static final Set<String> EXPORTS = Set.of("nfs_export", "pcs_resource");

  @Override
  public List<LintRule> rules() {
    return List.of(
        LintRule.seen(FORCE, Set.of("filesystem"), StorageRules::force),
        LintRule.seen(FSTAB, Set.of("mount"), StorageRules::fstab),
        LintRule.seen(ROOT, EXPORTS, (t, f) -> option(t, "no_root_squash", f)),
        LintRule.seen(ASYNC, EXPORTS, (t, f) -> option(t, "async", f)),
        LintRule.seen(OPEN, EXPORTS, StorageRules::everyone));
  }

  private static void force(SeenTask task, Findings found) {
    if (task.is("force")) {
      found.at(task.place("force"), "what the device bears is overwritten");
    }
  }

  private static void fstab(SeenTask task, Findings found) {
    boolean replica = task.text("src").filter(s -> s.matches("/dev/drbd(\\d+|/.*)")).isPresent();
    boolean kept =
        task.text("state").filter(Set.of("mounted", "present")::contains).isPresent()
            && !task.isNot("boot");
    if (replica && kept) {
      found.at(task.place("state"), "the replicated disk is mounted at boot");
    }
  }

  private record Words(String text, String parameter, String key) {}

  private static void option(SeenTask task, String option, Findings found) {
    for (Words words : options(task)) {
      if (List.of(words.text().split("[,()\\s]+")).contains(option)) {
        found.at(place(task, words), "the export has " + option);
      }
    }
  }

  private static void everyone(SeenTask task, Findings found) {
    var clients = new ArrayList<Words>();
    if (task.module().equals("nfs_export")) {
      task.texts("clients").forEach(c -> clients.add(new Words(c, "clients", "")));
    } else if (exportfs(task)) {
      task.text("options", "clientspec")
          .ifPresent(c -> clients.add(new Words(c, "options", "clientspec")));
    }
    for (Words client : clients) {
      if (client.text().strip().matches("\\*(\\(.*\\))?|0\\.0\\.0\\.0/0|::/0")) {
        found.at(place(task, client), "everyone may mount this");
      }
    }
  }

  private static boolean exportfs(SeenTask task) {
    return task.text("agent").filter("ocf:heartbeat:exportfs"::equals).isPresent();
  }

  private static List<Words> options(SeenTask task) {
    if (exportfs(task)) {
      return task.text("options", "options").stream()
          .map(t -> new Words(t, "options", "options"))
          .toList();
    }
    if (!task.module().equals("nfs_export")) {
      return List.of();
    }
    var all = new ArrayList<Words>();
    task.texts("options").forEach(t -> all.add(new Words(t, "options", "")));
    task.texts("clients").forEach(t -> all.add(new Words(t, "clients", "")));
    task.value("clients").stream()
        .flatMap(v -> v instanceof Value.Items i ? i.items().stream() : List.of(v).stream())
        .filter(v -> v instanceof Value.Dict)
        .map(v -> ((Value.Dict) v).get("options").map(Value::show).orElse(""))
        .forEach(t -> all.add(new Words(t.replaceAll("[\\[\\] ]", ""), "clients", "")));
    return all;
  }

  private static Place place(SeenTask task, Words words) {
    return words.key().isEmpty()
        ? task.place(words.parameter())
        : task.place(words.parameter(), words.key());
  }
}
