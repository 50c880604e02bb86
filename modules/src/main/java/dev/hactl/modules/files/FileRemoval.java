package dev.hactl.modules.files;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Guard;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import java.util.List;

/** Removes what stands at a path; never anything that is mounted there. */
final class FileRemoval {
  private static final int SHOWN = 200;

  private FileRemoval() {}

  static Decision<FileSeen> plan(FileWish wish, FileSeen seen) {
    FileState self = seen.self();
    Thing thing = Thing.path(wish.path());
    if (!self.exists()) {
      return Decision.ok(thing);
    }
    if (!self.isDirectory()) {
      return Decision.change(
          change(wish, self.kind().words(), "rm -f -- ", List.of())
              .diff(Diff.of(wish.path(), new Diff.Property("state", self.kind().words(), "absent")))
              .build(),
          thing);
    }
    Probe<List<String>> look =
        Probe.sh(
            mounts(wish.path())
                + "echo .\nfind "
                + Sh.quote(wish.path())
                + "/. | head -n "
                + (SHOWN + 2)
                + "\n",
            answer -> List.of(answer.text().split("\n", -1)));
    return Decision.ask(look, lines -> directory(wish, lines, thing));
  }

  private static Decision<FileSeen> directory(FileWish wish, List<String> lines, Thing thing) {
    int end = lines.indexOf(".");
    if (end < 0) {
      return FilePlan.impossible("the host does not tell what is in " + wish.path());
    }
    if (end > 0) {
      return new Decision.Refused<>(
          wish.path()
              + " is not removed: mounted there is "
              + String.join(", ", lines.subList(0, end)));
    }
    String root = wish.path() + "/.";
    List<String> inside =
        lines.subList(1, lines.size()).stream()
            .filter(l -> l.startsWith(root + "/"))
            .map(l -> l.substring(root.length() + 1))
            .sorted()
            .toList();
    var change =
        change(
            wish,
            inside.isEmpty() ? "the empty directory" : "the directory and all that is in it:",
            "rm -rf -- ",
            List.of(
                new Guard(
                    "m=$(" + mounts(wish.path()) + ")\n[ -z \"$m\" ] || { echo \"$m\"; exit 1; }\n",
                    "something is mounted in " + wish.path())));
    if (inside.isEmpty()) {
      change.diff(Diff.of(wish.path(), new Diff.Property("state", "a directory", "absent")));
    } else {
      String more = inside.size() > SHOWN ? "... and more\n" : "";
      List<String> shown = inside.subList(0, Math.min(SHOWN, inside.size()));
      change.diff(
          new Diff.Lines(wish.path() + "/", "", String.join("\n", shown) + "\n" + more, "", false));
    }
    return Decision.change(change.build(), thing);
  }

  private static Change.Builder<FileSeen> change(
      FileWish wish, String what, String command, List<Guard> guards) {
    var change =
        Change.<FileSeen>to("remove " + what + " " + wish.path(), s -> !s.self().exists())
            .touches(Footprint.of(Thing.path(wish.path())))
            .step(Step.files(command + Sh.quote(wish.path()) + "\n"));
    guards.forEach(change::guard);
    return change;
  }

  /**
   * Prints the mount points at and below a directory. proc(5): the fifth field of mountinfo, with
   * blanks and the like as octal escapes.
   */
  private static String mounts(String path) {
    return "r=$(cd -P -- "
        + Sh.quote(path)
        + " && pwd -P) || exit 1\n"
        + "while read -r x x x x p x; do\n"
        + "case $p in *\\\\*) p=$(printf '%b' \"$p\") ;; esac\n"
        + "case $p in \"$r\"|\"$r\"/*) printf '%s\\n' \"$p\" ;; esac\n"
        + "done </proc/self/mountinfo\n";
  }
}
