package dev.hactl.modules.files;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Content that is to stand in a file, wherever it comes from.
 *
 * @param content what
 * @param destination where
 * @param name its name in a destination that is a directory; empty when it has none
 * @param ownership attributes
 * @param backup keep the old file beside it
 * @param force replace other content; otherwise only a missing file is made
 * @param follow write through a symbolic link instead of replacing it
 * @param validate command that must accept the content first
 */
record Deployment(
    Content content,
    Destination destination,
    Optional<String> name,
    Ownership ownership,
    boolean backup,
    boolean force,
    boolean follow,
    Optional<String> validate) {

  Probe<Landed> probe() {
    var questions = new ArrayList<FileQuestion>();
    questions.add(question(destination.path()));
    questions.add(FileQuestion.of(Destination.parent(destination.path())).following());
    name.ifPresent(n -> questions.add(question(destination.inside(n))));
    return FileProbe.of(questions).map(Landed::of);
  }

  private FileQuestion question(String path) {
    FileQuestion plain = FileQuestion.of(path).hashedIfSize(content.size());
    return follow ? plain.following() : plain;
  }

  Decision<Landed> plan(Landed seen) {
    FileState target = seen.target(destination);
    Optional<Decision<Landed>> obstacle = obstacle(target, seen.directory(destination));
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    boolean rewrite = !target.exists() || (force && !same(target));
    if (!rewrite && ownership.holds(target)) {
      return Decision.ok(reliesOn(target));
    }
    return Accounts.known(
        ownership,
        target,
        () ->
            rewrite
                ? Candidate.valid(validate, content, target.path(), () -> rewrite(seen, target))
                : Decision.change(attributes(target), reliesOn(target)));
  }

  private Optional<Decision<Landed>> obstacle(FileState target, FileState directory) {
    String path = target.path();
    if (directory.isUnreadable()) {
      return impossible(directory.path() + ": " + directory.reason());
    }
    if (directory.kind() == FileState.Kind.ABSENT && !makesDirectory()) {
      return Optional.of(
          new Decision.Blocked<>(
              Thing.path(directory.path()),
              "the directory " + directory.path() + " does not exist"));
    }
    if (directory.exists() && !directory.isDirectory()) {
      return impossible(directory.path() + " is " + directory.kind().words() + ", no directory");
    }
    return switch (target.kind()) {
      case UNREADABLE -> impossible(path + ": " + target.reason());
      case DIRECTORY ->
          impossible(
              path
                  + " is a directory"
                  + (name.isEmpty() ? ", and the content has no name of its own" : ""));
      case OTHER -> impossible(path + " is a special file");
      case FILE ->
          target.hash().isEmpty() && !target.reason().isEmpty() && force
              ? impossible(path + ": " + target.reason())
              : Optional.empty();
      case ABSENT, LINK -> Optional.empty();
    };
  }

  /**
   * Whether the author's slash says that the destination becomes a directory. A large file cannot
   * be brought there before that is made.
   */
  private boolean makesDirectory() {
    return destination.directory() && name.isPresent() && content instanceof Content.Inline;
  }

  private static Optional<Decision<Landed>> impossible(String message) {
    return Optional.of(new Decision.Impossible<>(message));
  }

  private boolean same(FileState target) {
    return target.isFile()
        && target.stat().size() == content.size()
        && target.hash().filter(content.sha256()::equals).isPresent();
  }

  private boolean done(Landed seen) {
    FileState target = seen.target(destination);
    return target.isFile() && same(target) && ownership.holds(target);
  }

  private Change<Landed> attributes(FileState target) {
    List<Diff.Property> differences = ownership.differences(target);
    return Change.<Landed>to(
            "set " + Diffs.names(differences) + " of " + target.path(),
            seen -> ownership.holds(seen.target(destination)))
        .diff(new Diff.Properties(target.path(), differences))
        .touches(footprint(target))
        .step(Step.sh(ownership.commands(target, Sh.quote(target.path()))))
        .build();
  }

  private Decision<Landed> rewrite(Landed seen, FileState target) {
    if (!target.isFile()) {
      var changes = new ArrayList<Change<Landed>>();
      if (!seen.directory(destination).exists()) {
        changes.add(directory(destination.path()));
      }
      changes.add(put(seen, target, FileState.absent(target.path())));
      return Decision.change(changes, reliesOn(target));
    }
    FileQuestion old = FileQuestion.of(target.path()).following().withContent(Texts.DIFF_CAP);
    return Decision.ask(
        FileProbe.of(old), text -> Decision.change(put(seen, target, text), reliesOn(target)));
  }

  private static Change<Landed> directory(String path) {
    return Change.<Landed>to("create the directory " + path, seen -> seen.at().isDirectory())
        .diff(
            new Diff.Properties(path, FilePlan.state("absent", "directory", Ownership.any(), true)))
        .touches(Footprint.of(Thing.path(path)))
        .step(Step.sh(DirectoryPlan.text(path, Ownership.any())))
        .build();
  }

  private Change<Landed> put(Landed seen, FileState target, FileState old) {
    String path = target.path();
    boolean replacesLink = target.kind() == FileState.Kind.LINK && !follow;
    boolean mounted = target.isFile() && target.mountedIn(seen.directory(destination));
    String what =
        replacesLink
            ? "replace the symbolic link " + path + " by a file"
            : !target.isFile()
                ? "create " + path
                : mounted
                    ? "write " + path + " in place, after a backup (it is a mount point)"
                    : "update " + path;
    FileState before = target.isFile() ? target : FileState.absent(path);
    var change = Change.<Landed>to(what, this::done).diff(Texts.diff(path, old, content));
    List<Diff.Property> properties =
        target.isFile() ? ownership.differences(target) : ownership.initial(false);
    if (!properties.isEmpty()) {
      change.diff(new Diff.Properties(path, properties));
    }
    if (replacesLink) {
      change.step(Step.sh("rm -f -- " + Sh.quote(path)));
    }
    return change
        .touches(footprint(target))
        .step(
            new Step.Put(
                path,
                content,
                ownership.newOwner(before),
                ownership.newGroup(before),
                ownership.newMode(before),
                backup,
                validate))
        .build();
  }

  private static Footprint footprint(FileState target) {
    return target
        .resolved()
        .map(real -> Footprint.of(Thing.path(target.path()), Thing.path(real)))
        .orElseGet(() -> Footprint.of(Thing.path(target.path())));
  }

  private static Thing[] reliesOn(FileState target) {
    return footprint(target).things().toArray(Thing[]::new);
  }

  /** What {@code register} sees. */
  Value.Dict result(Landed seen) {
    FileState target = seen.target(destination);
    var result = new LinkedHashMap<String, Value>();
    result.put("dest", Value.text(target.path()));
    result.put("src", Value.text(content.source()));
    result.put("checksum", Value.text(content.sha256()));
    StatResult.attributes(result, target);
    return new Value.Dict(result);
  }
}
