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
import dev.hactl.engine.remote.Landing;
import dev.hactl.engine.value.Value;
import java.time.Duration;
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
 * @param hostSource the content is a copy of this file of the host
 */
record Deployment(
    Content content,
    Destination destination,
    Optional<String> name,
    Ownership ownership,
    boolean backup,
    boolean force,
    boolean follow,
    Optional<String> validate,
    Optional<String> hostSource) {

  /** The same with the content of another file of the host. */
  Deployment of(String source) {
    return new Deployment(
        content,
        destination,
        name,
        ownership,
        backup,
        force,
        follow,
        validate,
        Optional.of(source));
  }

  /** The same with another content. */
  Deployment with(Content other) {
    return new Deployment(
        other, destination, name, ownership, backup, force, follow, validate, hostSource);
  }

  List<FileQuestion> questions() {
    var questions = new ArrayList<FileQuestion>();
    questions.add(question(destination.path()));
    questions.add(FileQuestion.of(Destination.parent(destination.path())).following());
    name.ifPresent(n -> questions.add(question(destination.inside(n))));
    return questions;
  }

  Probe<Landed> probe() {
    return FileProbe.of(questions()).within(patience()).map(Landed::of);
  }

  /** A file of the wanted size is read whole. */
  Duration patience() {
    return Probe.DEADLINE.plus(Content.patience(content.size()));
  }

  private FileQuestion question(String path) {
    FileQuestion asked = FileQuestion.of(path);
    // The size of another file of the host is not known yet.
    FileQuestion plain =
        hostSource.isPresent()
            ? asked.hashed(FileQuestion.Algorithm.SHA256)
            : asked.hashedIfSize(content.size());
    return follow ? plain.following() : plain;
  }

  Decision<Landed> plan(Landed seen) {
    FileState target = seen.target(destination);
    Optional<Decision<Landed>> obstacle = obstacle(seen, makesDirectory());
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    boolean rewrites = rewrites(target);
    if (!rewrites && ownership.holds(target)) {
      return Decision.ok(reliesOn(target));
    }
    return Accounts.known(
        ownership,
        target,
        () ->
            rewrites
                ? Candidate.valid(validate, content, target.path(), () -> rewrite(seen, target))
                : Decision.change(attributes(target), reliesOn(target)));
  }

  private boolean rewrites(FileState target) {
    return !target.exists() || (force && !same(target));
  }

  /** What has to be asked to show the difference. */
  Optional<FileQuestion> oldText(Landed seen) {
    FileState target = seen.target(destination);
    return target.isFile() && rewrites(target)
        ? Optional.of(FileQuestion.of(target.path()).following().withContent(Texts.DIFF_CAP))
        : Optional.empty();
  }

  /** The change that is needed, with the old texts asked before. */
  Optional<Change<Landed>> change(Landed seen, List<FileState> old) {
    FileState target = seen.target(destination);
    if (rewrites(target)) {
      FileState text =
          old.stream()
              .filter(o -> o.path().equals(target.path()))
              .findFirst()
              .orElseGet(() -> FileState.absent(target.path()));
      return Optional.of(put(seen, target, text));
    }
    return ownership.holds(target) ? Optional.empty() : Optional.of(attributes(target));
  }

  /**
   * Why the content cannot be put there.
   *
   * @param directoryComes whether a missing directory is made before
   */
  Optional<Decision<Landed>> obstacle(Landed seen, boolean directoryComes) {
    FileState target = seen.target(destination);
    FileState directory = seen.directory(destination);
    String path = target.path();
    if (directory.isUnreadable()) {
      return impossible(directory.path() + ": " + directory.reason());
    }
    if (directory.kind() == FileState.Kind.ABSENT && !directoryComes) {
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
        .step(Step.files(ownership.commands(target, Sh.quote(target.path()))))
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
    return Decision.ask(
        FileProbe.of(oldText(seen).orElseThrow()),
        text -> Decision.change(put(seen, target, text), reliesOn(target)));
  }

  private static Change<Landed> directory(String path) {
    return Change.<Landed>to("create the directory " + path, seen -> seen.at().isDirectory())
        .diff(
            new Diff.Properties(path, FilePlan.state("absent", "directory", Ownership.any(), true)))
        .touches(Footprint.of(Thing.path(path)))
        .step(Step.files(DirectoryPlan.text(path, Ownership.any())))
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
    var change =
        Change.<Landed>to(what, this::done)
            .diff(
                hostSource
                    .<Diff>map(s -> new Diff.Opaque(path, "a copy of " + s))
                    .orElseGet(() -> Texts.diff(path, old, content)));
    List<Diff.Property> properties =
        target.isFile() ? ownership.differences(target) : ownership.initial(false);
    if (!properties.isEmpty()) {
      change.diff(new Diff.Properties(path, properties));
    }
    if (replacesLink) {
      change.step(Step.files("rm -f -- " + Sh.quote(path)));
    }
    var step =
        new Step.Put(
            path,
            content,
            ownership.newOwner(before),
            ownership.newGroup(before),
            ownership.newMode(before),
            backup,
            validate);
    return change
        .touches(footprint(target))
        .step(hostSource.<Step>map(s -> copied(step, s)).orElse(step))
        .build();
  }

  /** What validates is the author's, and may leave anything behind. */
  private Step copied(Step.Put put, String source) {
    String text = Landing.copied(put, source).whole();
    return validate.isPresent() ? Step.sh(text) : Step.files(text);
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
