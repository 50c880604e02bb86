package dev.hactl.modules.files;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Types;
import java.util.Optional;

/** The parameters that copy and template share. */
final class DeployForm {
  private final Form.Required<Destination> dest;
  private final Ownership.Fields ownership;
  private final Form.Defaulted<Boolean> backup;
  private final Form.Defaulted<Boolean> force;
  private final Form.Defaulted<Boolean> follow;
  private final Form.Maybe<String> validate;

  DeployForm(Form.Builder form) {
    dest =
        form.required(
            "dest",
            Destination.TYPE,
            "The file to write. In an existing directory, or after a slash at the end, it keeps the"
                + " name of its source.");
    ownership = new Ownership.Fields(form);
    backup =
        form.optional(
            "backup", Types.BOOL, false, "Keep the old file beside it, with a time in its name.");
    force =
        form.optional(
            "force",
            Types.BOOL,
            true,
            "Replace a file with other content; otherwise only a missing file is written.");
    follow =
        form.optional(
            "follow",
            Types.BOOL,
            true,
            "Write through a symbolic link; otherwise the link is replaced by a file.");
    validate =
        form.optional(
            "validate",
            Types.NAME,
            "A command for sh(1) that must succeed before the file lands; %s is the candidate.");
  }

  Deployment of(Form.Filled filled, Content content, Optional<String> name) {
    return new Deployment(
        content,
        filled.get(dest),
        name,
        ownership.of(filled),
        filled.get(backup),
        filled.get(force),
        filled.get(follow),
        filled.get(validate),
        Optional.empty());
  }

  /** The last part of where content comes from. */
  static Optional<String> name(Content content) {
    String source = content.source();
    String name = source.substring(source.lastIndexOf('/') + 1);
    return Optional.of(name).filter(n -> !n.isEmpty());
  }
}
