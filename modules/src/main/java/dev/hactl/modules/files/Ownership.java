package dev.hactl.modules.files;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Mode;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may do what with a file; what is empty stays as it is.
 *
 * @param owner name or number
 * @param group name or number
 * @param mode octal or symbolic
 */
record Ownership(Optional<String> owner, Optional<String> group, Optional<Mode> mode) {
  private static final Pattern ACCOUNT = Pattern.compile("[^-:\\s][^:\\s]*");

  private static final Type.Plain<String> NAME =
      Types.NAME.map(
          "name",
          name -> {
            if (!ACCOUNT.matcher(name).matches()) {
              throw new BadValue("'" + name + "' is no name of a user or group");
            }
            return name;
          });

  /** The parameters that every module of files has. */
  static final class Fields {
    private final Form.Maybe<String> owner;
    private final Form.Maybe<String> group;
    private final Form.Maybe<Mode> mode;

    Fields(Form.Builder form) {
      owner = form.optional("owner", NAME, "User that owns it, by name or number.");
      group = form.optional("group", NAME, "Group that owns it, by name or number.");
      mode =
          form.optional(
              "mode",
              Types.MODE,
              "Permissions: octal digits in quotes, or symbols such as u=rwX,g=rX.");
    }

    Ownership of(Form.Filled filled) {
      return new Ownership(filled.get(owner), filled.get(group), filled.get(mode));
    }
  }

  /** Nothing is wanted. */
  static Ownership any() {
    return new Ownership(Optional.empty(), Optional.empty(), Optional.empty());
  }

  boolean holds(FileState state) {
    return differences(state).isEmpty();
  }

  /** What has to change on something that exists. */
  List<Diff.Property> differences(FileState state) {
    var found = new ArrayList<Diff.Property>();
    owner
        .filter(o -> !state.stat().ownedBy(o))
        .ifPresent(o -> found.add(new Diff.Property("owner", state.stat().owner(), o)));
    group
        .filter(g -> !state.stat().groupIs(g))
        .ifPresent(g -> found.add(new Diff.Property("group", state.stat().group(), g)));
    newMode(state)
        .ifPresent(m -> found.add(new Diff.Property("mode", Mode.digits(state.stat().mode()), m)));
    return found;
  }

  /** What something new gets. */
  List<Diff.Property> initial(boolean directory) {
    var wanted = new ArrayList<Diff.Property>();
    owner.ifPresent(o -> wanted.add(new Diff.Property("owner", "", o)));
    group.ifPresent(g -> wanted.add(new Diff.Property("group", "", g)));
    wanted.add(new Diff.Property("mode", "", initialMode(directory)));
    return wanted;
  }

  /** The four digits for something new. */
  String initialMode(boolean directory) {
    int plain = directory ? 0755 : 0644;
    return mode.map(m -> m.applyTo(plain, directory)).orElse(Mode.digits(plain));
  }

  /** The owner to set, when it is another one. */
  Optional<String> newOwner(FileState state) {
    return owner.filter(o -> !state.exists() || !state.stat().ownedBy(o));
  }

  /** The group to set, when it is another one. */
  Optional<String> newGroup(FileState state) {
    return group.filter(g -> !state.exists() || !state.stat().groupIs(g));
  }

  /** The mode to set, when it is another one. */
  Optional<String> newMode(FileState state) {
    if (!state.exists()) {
      return mode.map(m -> m.applyTo(0644, false));
    }
    return mode.map(m -> m.applyTo(state.stat().mode(), state.isDirectory()))
        .filter(m -> !m.equals(Mode.digits(state.stat().mode())));
  }

  /** Commands that set what differs on something that exists. */
  String commands(FileState state, String path) {
    return commands(newOwner(state), newGroup(state), newMode(state), state.isDirectory(), path);
  }

  static String commands(
      Optional<String> owner,
      Optional<String> group,
      Optional<String> mode,
      boolean directory,
      String path) {
    var text = new StringBuilder();
    String chown = owner.orElse("") + group.map(g -> ":" + g).orElse("");
    if (!chown.isEmpty()) {
      text.append("chown ").append(Sh.quote(chown)).append(' ').append(path).append(" || exit 1\n");
    }
    // chown(1) may clear the set-id bits, so the mode comes last. With four digits GNU chmod keeps
    // the set-id bits of a directory.
    mode.ifPresent(m ->
        text.append("chmod ")
            .append(directory ? "0" : "")
            .append(m)
            .append(' ')
            .append(path)
            .append(" || exit 1\n"));
    return text.toString();
  }
}
