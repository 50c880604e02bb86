package dev.hactl.modules.files;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an edit of a file needs besides the edit itself.
 *
 * @param path the file; links are followed
 * @param ownership attributes
 * @param create make a missing file
 * @param backup keep the old file beside it
 * @param validate command that must accept the new content first
 * @param secret whether what is written must not be shown
 */
record Edit(
    String path,
    Ownership ownership,
    boolean create,
    boolean backup,
    Optional<String> validate,
    boolean secret) {
  /** Files are edited on the controller, so very large ones are refused. */
  static final int CAP = 2 << 20;

  /** The parameters that all editing modules share. */
  static final class Fields {
    private final Form.Required<String> path;
    private final Ownership.Fields ownership;
    private final Form.Defaulted<Boolean> create;
    private final Form.Defaulted<Boolean> backup;
    private final Form.Maybe<String> validate;

    Fields(Form.Builder form) {
      path = form.required("path", Types.PATH, "The file.", "dest", "destfile", "name");
      create = form.optional("create", Types.BOOL, false, "Make the file when it is missing.");
      ownership = new Ownership.Fields(form);
      backup =
          form.optional(
              "backup", Types.BOOL, false, "Keep the old file beside it, with a time in its name.");
      validate =
          form.optional(
              "validate",
              Types.TEXT,
              "A command for sh(1) that must succeed before the file lands; %s is the candidate.");
    }

    Edit of(Form.Filled filled, boolean secret) {
      return new Edit(
          filled.get(path),
          ownership.of(filled),
          filled.get(create),
          filled.get(backup),
          filled.get(validate),
          secret);
    }
  }

  Probe<EditedFile> probe() {
    return FileProbe.of(
            List.of(
                FileQuestion.of(path).following().withContent(CAP),
                FileQuestion.of(Destination.parent(path)).following()))
        .map(EditedFile::of);
  }

  /**
   * Plans an edit.
   *
   * @param edit makes the wanted lines of the present ones; changes nothing when they are as wanted
   * @param removes whether a missing file is as wanted
   */
  Decision<EditedFile> plan(EditedFile seen, boolean removes, Function<TextFile, TextFile> edit) {
    FileState file = seen.file();
    boolean absent = !file.exists() || file.kind() == FileState.Kind.LINK;
    if (file.isUnreadable() || (file.isFile() && file.content().isEmpty())) {
      return new Decision.Impossible<>(
          path
              + ": "
              + (file.reason().isEmpty()
                  ? "more than " + CAP + " bytes are too many to edit"
                  : file.reason()));
    }
    if (!absent && !file.isFile()) {
      return new Decision.Impossible<>(path + " is " + file.kind().words());
    }
    if (absent && removes) {
      return Decision.ok(Thing.path(path));
    }
    if (absent && !create) {
      return new Decision.Blocked<>(
          Thing.path(path), path + " does not exist; 'create: true' would make it");
    }
    if (absent && !seen.parent().isDirectory()) {
      String parent = seen.parent().path();
      return new Decision.Blocked<>(
          Thing.path(parent), "the directory " + parent + " does not exist");
    }
    byte[] before = seen.text().bytes();
    byte[] after = edit.apply(seen.text()).bytes();
    boolean rewrite = absent || !Arrays.equals(before, after);
    if (!rewrite && ownership.holds(file)) {
      return Decision.ok(Thing.path(path));
    }
    Content content = Content.of(after, secret, "");
    FileState target = absent ? FileState.absent(path) : file;
    return Accounts.known(
        ownership,
        target,
        () ->
            rewrite
                ? Candidate.valid(
                    validate,
                    content,
                    path,
                    () -> Decision.change(put(seen, target, content, edit), Thing.path(path)))
                : Decision.change(attributes(file), Thing.path(path)));
  }

  private Change<EditedFile> attributes(FileState file) {
    List<Diff.Property> differences = ownership.differences(file);
    return Change.<EditedFile>to(
            "set " + Diffs.names(differences) + " of " + path, s -> ownership.holds(s.file()))
        .diff(new Diff.Properties(path, differences))
        .touches(footprint(file))
        .step(Step.files(ownership.commands(file, Sh.quote(path))))
        .build();
  }

  private Change<EditedFile> put(
      EditedFile seen, FileState target, Content content, Function<TextFile, TextFile> edit) {
    boolean mounted = target.mountedIn(seen.parent());
    String what =
        !target.exists()
            ? "create " + path
            : mounted
                ? "write " + path + " in place, after a backup (it is a mount point)"
                : "edit " + path;
    List<Diff.Property> properties =
        target.exists() ? ownership.differences(target) : ownership.initial(false);
    var change =
        Change.<EditedFile>to(
                what,
                s ->
                    s.file().isFile()
                        && ownership.holds(s.file())
                        && Arrays.equals(s.text().bytes(), edit.apply(s.text()).bytes()))
            .diff(Texts.diff(path, target, content))
            .touches(footprint(target));
    if (!properties.isEmpty()) {
      change.diff(new Diff.Properties(path, properties));
    }
    return change
        .step(
            new Step.Put(
                path,
                content,
                ownership.newOwner(target),
                ownership.newGroup(target),
                ownership.newMode(target),
                backup,
                validate))
        .build();
  }

  private Footprint footprint(FileState file) {
    return file.resolved()
        .map(real -> Footprint.of(Thing.path(path), Thing.path(real)))
        .orElseGet(() -> Footprint.of(Thing.path(path)));
  }

  Value.Dict result(EditedFile seen) {
    var result = new LinkedHashMap<String, Value>();
    StatResult.attributes(result, seen.file());
    return new Value.Dict(result);
  }
}
