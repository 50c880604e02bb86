package dev.hactl.modules.files;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import java.util.Optional;
import java.util.function.Predicate;

/** Symbolic and hard links. */
final class LinkPlan {
  private LinkPlan() {}

  static Decision<FileSeen> symbolic(FileWish wish, FileSeen seen) {
    String target = wish.source().orElseThrow();
    FileState self = seen.self();
    FileState source = seen.source().orElseThrow();
    if (self.target().equals(Optional.of(target))) {
      boolean leads = seen.followed().kind() != FileState.Kind.LINK;
      FileState subject = wish.follow() && leads ? seen.followed() : self;
      return FilePlan.attributes(
          wish, subject, s -> wish.follow() && leads ? s.followed() : s.self());
    }
    Optional<Decision<FileSeen>> obstacle = obstacle(wish, seen, self.kind());
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    if (!source.exists() && !wish.force()) {
      return new Decision.Blocked<>(
          Thing.path(source.path()),
          source.path() + " does not exist; 'force: true' makes a link that leads nowhere yet");
    }
    String path = Sh.quote(wish.path());
    String remove = self.isDirectory() ? "rmdir -- " + path + " || exit 1\n" : "";
    String before = self.target().map(t -> "link to " + t).orElse(self.kind().words());
    Predicate<FileSeen> done = s -> s.self().target().equals(Optional.of(target));
    var change =
        Change.to(
                (self.exists() ? "replace " + wish.path() + " by a" : "create the")
                    + " symbolic link "
                    + (self.exists() ? "" : wish.path() + " ")
                    + "to "
                    + target,
                done)
            .diff(Diff.of(wish.path(), new Diff.Property("state", before, "link to " + target)))
            .touches(Footprint.of(Thing.path(wish.path())))
            .step(
                Step.files(
                    remove
                        + "ln -sfn -- "
                        + Sh.quote(target)
                        + " "
                        + path
                        + " || exit 1\n"
                        + owner(wish, source, path)))
            .build();
    return Accounts.known(
        wish.ownership(), source, () -> Decision.change(change, Thing.path(wish.path())));
  }

  /** Attributes of a followed link are those of what it leads to, of any other its own. */
  private static String owner(FileWish wish, FileState source, String path) {
    if (wish.follow()) {
      return source.exists() ? wish.ownership().commands(source, path) : "";
    }
    return Ownership.commands(
            wish.ownership().owner(), wish.ownership().group(), Optional.empty(), false, path)
        .replace("chown ", "chown -h ");
  }

  static Decision<FileSeen> hard(FileWish wish, FileSeen seen) {
    FileState source = seen.source().orElseThrow();
    FileState self = seen.self();
    if (!source.exists()) {
      return new Decision.Blocked<>(Thing.path(source.path()), source.path() + " does not exist");
    }
    if (!source.isFile()) {
      return FilePlan.impossible(
          source.path() + " is " + source.kind().words() + "; only files have several names");
    }
    if (same(self, source)) {
      return FilePlan.attributes(wish, self, FileSeen::self);
    }
    Optional<Decision<FileSeen>> obstacle = obstacle(wish, seen, self.kind());
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    if (self.isDirectory()) {
      return FilePlan.impossible(wish.path() + " is a directory");
    }
    String path = Sh.quote(wish.path());
    Predicate<FileSeen> done = s -> same(s.self(), s.source().orElseThrow());
    return Accounts.known(
        wish.ownership(),
        source,
        () ->
            Decision.change(
                Change.to("make " + wish.path() + " another name of " + source.path(), done)
                    .diff(
                        Diff.of(
                            wish.path(),
                            new Diff.Property(
                                "state", self.kind().words(), "same file as " + source.path())))
                    .touches(Footprint.of(Thing.path(wish.path())))
                    .step(
                        Step.files(
                            "ln -f -- "
                                + Sh.quote(source.path())
                                + " "
                                + path
                                + " || exit 1\n"
                                + wish.ownership().commands(source, path)))
                    .build(),
                Thing.path(wish.path())));
  }

  private static boolean same(FileState self, FileState source) {
    return self.isFile()
        && self.stat().inode() == source.stat().inode()
        && self.stat().device() == source.stat().device();
  }

  private static Optional<Decision<FileSeen>> obstacle(
      FileWish wish, FileSeen seen, FileState.Kind there) {
    if (!seen.parent().isDirectory()) {
      return Optional.of(FilePlan.noDirectory(seen));
    }
    return switch (there) {
      case ABSENT, LINK, UNREADABLE -> Optional.empty();
      case OTHER -> Optional.of(FilePlan.impossible(wish.path() + " is a special file, no link"));
      case FILE, DIRECTORY ->
          wish.force()
              ? Optional.empty()
              : Optional.of(
                  FilePlan.impossible(
                      wish.path()
                          + " exists and is "
                          + there.words()
                          + ", no link; 'force: true' replaces it"));
    };
  }
}
