package dev.hactl.modules.files;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.remote.Landing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Decides for each state of the file module. */
final class FilePlan {
  private FilePlan() {}

  static Decision<FileSeen> of(FileWish wish, FileSeen seen) {
    for (FileState state : List.of(seen.self(), seen.followed(), seen.parent())) {
      if (state.isUnreadable()) {
        return impossible(state.path() + ": " + state.reason());
      }
    }
    if (wish.state().isEmpty()) {
      return present(wish, seen);
    }
    return switch (wish.state().get()) {
      case ABSENT -> FileRemoval.plan(wish, seen);
      case DIRECTORY -> DirectoryPlan.plan(wish, seen);
      case FILE ->
          subject(wish, seen).isDirectory()
              ? impossible(wish.path() + " is a directory, no file")
              : present(wish, seen);
      case LINK -> LinkPlan.symbolic(wish, seen);
      case HARD -> LinkPlan.hard(wish, seen);
      case TOUCH -> touch(wish, seen);
    };
  }

  /** What attributes belong to. */
  static FileState subject(FileWish wish, FileSeen seen) {
    return wish.follow() ? seen.followed() : seen.self();
  }

  private static Decision<FileSeen> present(FileWish wish, FileSeen seen) {
    FileState subject = subject(wish, seen);
    if (!subject.exists()) {
      return new Decision.Blocked<>(
          Thing.path(wish.path()),
          wish.path() + " does not exist; 'state: touch' or another module would make it");
    }
    if (subject.kind() == FileState.Kind.LINK && wish.follow()) {
      return new Decision.Blocked<>(
          Thing.path(wish.path()),
          wish.path() + " leads to " + subject.target().orElse("") + ", which does not exist");
    }
    return attributes(wish, subject, s -> subject(wish, s));
  }

  /** Sets attributes and times that differ; ok when none does. */
  static Decision<FileSeen> attributes(
      FileWish wish, FileState subject, Function<FileSeen, FileState> subjectOf) {
    boolean link = subject.kind() == FileState.Kind.LINK;
    Ownership ownership =
        link
            ? new Ownership(wish.ownership().owner(), wish.ownership().group(), Optional.empty())
            : wish.ownership();
    var properties = new ArrayList<>(ownership.differences(subject));
    times(wish, subject, properties);
    if (properties.isEmpty()) {
      return Decision.ok(itself(wish, subject));
    }
    String path = Sh.quote(wish.path());
    String commands =
        (link
                ? ownership.commands(subject, path).replace("chown ", "chown -h ")
                : ownership.commands(subject, path))
            + wish.modification().command("-m", path)
            + wish.access().command("-a", path);
    long modified = subject.stat().mtime();
    Predicate<FileSeen> done =
        s ->
            ownership.holds(subjectOf.apply(s))
                && timeHolds(wish.modification(), subjectOf.apply(s).stat().mtime(), modified);
    return Accounts.known(
        ownership,
        subject,
        () ->
            Decision.change(
                Change.to("set " + Diffs.names(properties) + " of " + wish.path(), done)
                    .diff(new Diff.Properties(wish.path(), properties))
                    .touches(Footprint.of(itself(wish, subject)))
                    .step(Step.files(commands))
                    .build(),
                itself(wish, subject)));
  }

  private static boolean timeHolds(FileTime wanted, long second, long before) {
    return wanted instanceof FileTime.Now ? second >= before : wanted.holds(second);
  }

  private static void times(FileWish wish, FileState subject, List<Diff.Property> properties) {
    if (!wish.modification().holds(subject.stat().mtime())) {
      properties.add(time("modification time", subject.stat().mtime(), wish.modification()));
    }
    if (!wish.access().holds(subject.stat().atime())) {
      properties.add(time("access time", subject.stat().atime(), wish.access()));
    }
  }

  private static Diff.Property time(String name, long before, FileTime wanted) {
    String after =
        wanted instanceof FileTime.At at ? Instant.ofEpochSecond(at.second()).toString() : "now";
    return new Diff.Property(name, Instant.ofEpochSecond(before).toString(), after);
  }

  private static Decision<FileSeen> touch(FileWish wish, FileSeen seen) {
    FileState subject = subject(wish, seen);
    if (subject.kind() == FileState.Kind.LINK && wish.follow()) {
      return impossible(wish.path() + " is a symbolic link that leads nowhere");
    }
    if (subject.exists()) {
      return attributes(wish, subject, s -> subject(wish, s));
    }
    if (!seen.parent().isDirectory()) {
      return noDirectory(seen);
    }
    String path = Sh.quote(wish.path());
    Ownership ownership = wish.ownership();
    // Only a file that is complete appears: it gets its attributes under another name.
    String temporary = Sh.quote(Landing.temporaryFor(wish.path()));
    String text =
        "umask 077\nn="
            + temporary
            + "\nrm -f \"$n\"\nset -C\n{ :; } >\"$n\" || exit 1\n"
            + Ownership.commands(
                ownership.owner(),
                ownership.group(),
                Optional.of(ownership.initialMode(false)),
                false,
                "\"$n\"")
            + "mv -f \"$n\" "
            + path
            + " || exit 1\n"
            + labels(path)
            + (wish.modification() instanceof FileTime.At m ? m.command("-m", path) : "")
            + (wish.access() instanceof FileTime.At a ? a.command("-a", path) : "");
    return Accounts.known(
        ownership,
        FileState.absent(wish.path()),
        () ->
            Decision.change(
                Change.<FileSeen>to(
                        "create the empty file " + wish.path(),
                        s -> s.followed().isFile() && ownership.holds(s.followed()))
                    .diff(
                        new Diff.Properties(wish.path(), state("absent", "file", ownership, false)))
                    .touches(Footprint.of(Thing.path(wish.path())))
                    .step(Step.files(text))
                    .build(),
                Thing.path(wish.path())));
  }

  /** New things get the label that the SELinux policy has for their place. */
  static String labels(String path) {
    return "if [ -e /sys/fs/selinux/enforce ] || [ -e /selinux/enforce ]; then\n"
        + "! command -v restorecon >/dev/null || restorecon "
        + path
        + "\nfi\n";
  }

  static List<Diff.Property> state(
      String before, String after, Ownership ownership, boolean directory) {
    var properties = new ArrayList<Diff.Property>();
    properties.add(new Diff.Property("state", before, after));
    properties.addAll(ownership.initial(directory));
    return properties;
  }

  static Decision<FileSeen> noDirectory(FileSeen seen) {
    String path = seen.parent().path();
    return seen.parent().exists()
        ? impossible(path + " is " + seen.parent().kind().words() + ", no directory")
        : new Decision.Blocked<>(Thing.path(path), "the directory " + path + " does not exist");
  }

  static Decision<FileSeen> impossible(String message) {
    return new Decision.Impossible<>(message);
  }

  static Thing[] things(FileWish wish, FileState subject) {
    return subject
        .resolved()
        .map(real -> new Thing[] {Thing.path(wish.path()), Thing.path(real)})
        .orElseGet(() -> new Thing[] {Thing.path(wish.path())});
  }

  /** What is inside a directory does not rest on the directory's attributes, nor they on it. */
  private static Thing[] itself(FileWish wish, FileState subject) {
    return Stream.of(things(wish, subject)).map(Thing::itself).toArray(Thing[]::new);
  }
}
