package dev.hactl.modules.files;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Mode;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Directories, alone and with everything in them. */
final class DirectoryPlan {
  private DirectoryPlan() {}

  static Decision<FileSeen> plan(FileWish wish, FileSeen seen) {
    FileState subject = FilePlan.subject(wish, seen);
    return switch (subject.kind()) {
      case ABSENT -> create(wish, seen);
      case DIRECTORY ->
          wish.recurse()
              ? tree(wish, seen)
              : FilePlan.attributes(wish, subject, s -> FilePlan.subject(wish, s));
      case LINK ->
          FilePlan.impossible(
              wish.path()
                  + " is a symbolic link"
                  + (wish.follow() ? " that leads nowhere" : ", no directory"));
      case FILE, OTHER, UNREADABLE ->
          FilePlan.impossible(
              wish.path() + " exists and is " + subject.kind().words() + ", no directory");
    };
  }

  private static Decision<FileSeen> create(FileWish wish, FileSeen seen) {
    if (seen.parent().exists() && !seen.parent().isDirectory()) {
      return FilePlan.noDirectory(seen);
    }
    Ownership ownership = wish.ownership();
    return Accounts.known(
        ownership,
        FileState.absent(wish.path()),
        () ->
            Decision.change(
                Change.<FileSeen>to(
                        "create the directory " + wish.path(),
                        s -> s.followed().isDirectory() && ownership.holds(s.followed()))
                    .diff(
                        new Diff.Properties(
                            wish.path(), FilePlan.state("absent", "directory", ownership, true)))
                    .touches(Footprint.of(Thing.path(wish.path())))
                    .step(Step.files(text(wish.path(), ownership)))
                    .build(),
                Thing.path(wish.path())));
  }

  /**
   * Makes a directory and its missing parents. One with an owner of its own is made under another
   * name and renamed, so that a killed run never leaves one that looks finished and is not.
   */
  static String text(String path, Ownership ownership) {
    String mode = ownership.initialMode(true);
    boolean owned = ownership.owner().isPresent() || ownership.group().isPresent();
    String make;
    if (owned) {
      make =
          "n=${1%/*}/.hactl-directory\n"
              + "[ ! -d \"$n\" ] || rmdir \"$n\" || exit 1\n"
              + "mkdir -m 0700 \"$n\" || exit 1\n"
              + Ownership.commands(
                  ownership.owner(), ownership.group(), Optional.of(mode), true, "\"$n\"")
              + "mv \"$n\" \"$1\" || exit 1\n";
    } else {
      // A directory inherits the set-group-ID bit of its parent, whatever mkdir -m says.
      make =
          "mkdir -m 0"
              + mode
              + " \"$1\" || exit 1\n"
              + "[ ! -g \"${1%/*}/.\" ] || chmod 0"
              + mode
              + " \"$1\" || exit 1\n";
    }
    return "make() {\n[ ! -d \"$1\" ] || return 0\n"
        + "case ${1%/*} in ?*) make \"${1%/*}\" ;; esac\n"
        + "[ ! -d \"$1\" ] || return 0\n"
        + make
        + FilePlan.labels("\"$1\"")
        + "}\nmake "
        + Sh.quote(path)
        + "\n";
  }

  private static Decision<FileSeen> tree(FileWish wish, FileSeen seen) {
    List<FileState> strays = strays(wish, seen);
    if (strays.isEmpty()) {
      return Decision.ok(FilePlan.things(wish, seen.followed()));
    }
    FileState first = strays.getFirst();
    return Accounts.known(
        wish.ownership(),
        first,
        () ->
            Decision.change(
                Change.<FileSeen>to(
                        "set owner, group or mode of "
                            + (strays.size() == 1
                                ? first.path()
                                : strays.size() + " things in " + wish.path()),
                        s -> !s.tree().isEmpty() && strays(wish, s).isEmpty())
                    .diff(new Diff.Properties(wish.path(), shown(wish, strays)))
                    .touches(Footprint.of(FilePlan.things(wish, seen.followed())))
                    .step(Step.files(commands(wish, strays)))
                    .build(),
                FilePlan.things(wish, seen.followed())));
  }

  private static List<FileState> strays(FileWish wish, FileSeen seen) {
    return seen.tree().stream().filter(s -> !own(wish, s).holds(s)).toList();
  }

  /** Links have no mode of their own. */
  private static Ownership own(FileWish wish, FileState state) {
    Ownership all = wish.ownership();
    return state.kind() == FileState.Kind.LINK
        ? new Ownership(all.owner(), all.group(), Optional.empty())
        : all;
  }

  private static List<Diff.Property> shown(FileWish wish, List<FileState> strays) {
    var properties = new ArrayList<Diff.Property>();
    for (FileState stray : strays.subList(0, Math.min(20, strays.size()))) {
      List<Diff.Property> differences = own(wish, stray).differences(stray);
      properties.add(
          new Diff.Property(
              stray.path(),
              differences.stream().map(Diff.Property::before).collect(Collectors.joining(" ")),
              differences.stream().map(Diff.Property::after).collect(Collectors.joining(" "))));
    }
    if (strays.size() > 20) {
      properties.add(new Diff.Property("and " + (strays.size() - 20) + " more", "", ""));
    }
    return properties;
  }

  private static String commands(FileWish wish, List<FileState> strays) {
    // Without the slash a link at the path would be changed instead of the tree behind it.
    String path = Sh.quote(wish.path() + "/");
    Ownership ownership = wish.ownership();
    String chown = ownership.owner().orElse("") + ownership.group().map(g -> ":" + g).orElse("");
    boolean owners =
        strays.stream()
            .anyMatch(s -> ownership.newOwner(s).isPresent() || ownership.newGroup(s).isPresent());
    var text = new StringBuilder();
    if (owners && !chown.isEmpty()) {
      text.append("chown -hR ").append(Sh.quote(chown)).append(' ').append(path);
      text.append(" || exit 1\n");
    }
    ownership
        .mode()
        .ifPresent(mode -> {
          // chown(1) clears set-id bits, so the mode follows whenever it ran.
          text.append("chmod -R ")
              .append(chmod(mode))
              .append(' ')
              .append(path)
              .append(" || exit 1\n");
        });
    return text.toString();
  }

  /** chmod(1) lets the umask limit a clause that names nobody; four digits keep set-id bits. */
  private static String chmod(Mode mode) {
    String text = mode.text();
    if (text.chars().allMatch(c -> c >= '0' && c <= '7')) {
      return "00" + text;
    }
    return Arrays.stream(text.split(",", -1))
        .map(clause -> "+-=".indexOf(clause.charAt(0)) >= 0 ? "a" + clause : clause)
        .collect(Collectors.joining(","));
  }
}
