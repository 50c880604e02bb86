package dev.hactl.modules.packages;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.List;
import java.util.Optional;

/** The parameters that all package modules share. */
final class CommonForm {
  /** The state as written. */
  enum Word {
    PRESENT,
    INSTALLED,
    ABSENT,
    REMOVED,
    LATEST;

    PackageTask.State state() {
      return switch (this) {
        case PRESENT, INSTALLED -> PackageTask.State.PRESENT;
        case ABSENT, REMOVED -> PackageTask.State.ABSENT;
        case LATEST -> PackageTask.State.LATEST;
      };
    }
  }

  /**
   * Packages as written, checked.
   *
   * @param wanted by name
   * @param archives local archives
   * @param everything whether {@code *} was written
   */
  record Names(List<Wanted> wanted, List<String> archives, boolean everything) {}

  /** A list of package names; commas separate names in one text. */
  static final Type.Plain<Names> NAMES =
      Types.plain("list of packages", "array", CommonForm::names).openly();

  private final Form.Maybe<Names> name;
  private final Form.Defaulted<Word> state;
  private final Form.Defaulted<Boolean> updateCache;
  private final Form.Defaulted<Long> lockTimeout;
  private final Form.Defaulted<Boolean> autoremove;
  private final Form.Defaulted<Boolean> allowDowngrade;

  CommonForm(Form.Builder form) {
    name =
        form.optional(
            "name",
            NAMES,
            "Packages, also name=version, or paths of archives on the host. '*' with state: latest"
                + " means all that are installed.",
            "pkg",
            "package");
    state =
        form.optional(
            "state",
            Types.oneOf(Word.class),
            Word.PRESENT,
            "Whether they are there, there in the newest version, or gone.");
    updateCache =
        form.optional(
            "update_cache",
            Types.BOOL,
            false,
            "Refresh the package lists when they are older than cache_valid_time or than a source,"
                + " and the task has something to install, upgrade or nothing else to do.",
            "update-cache",
            "expire-cache");
    lockTimeout =
        form.optional(
            "lock_timeout",
            Types.INTEGER,
            Options.LOCK_SECONDS,
            "Seconds to wait for a package lock that somebody else holds. The holder is never"
                + " ended.");
    autoremove =
        form.optional(
            "autoremove",
            Types.BOOL,
            false,
            "Remove packages too that came as dependencies and that nothing needs any more.");
    allowDowngrade =
        form.optional(
            "allow_downgrade",
            Types.BOOL,
            false,
            "Whether an older version may replace a newer one.",
            "allow-downgrade",
            "allow_downgrades",
            "allow-downgrades");
  }

  Names names(Form.Filled a) {
    return a.get(name).orElse(new Names(List.of(), List.of(), false));
  }

  PackageTask.State state(Form.Filled a) {
    PackageTask.State wished = a.get(state).state();
    if (names(a).everything() && wished != PackageTask.State.LATEST) {
      throw new BadValue("'*' goes with state: latest only", "name each package");
    }
    return wished;
  }

  /** How old the lists may be; empty when they are left alone. */
  Optional<Long> refresh(Form.Filled a, Optional<Long> validTime) {
    return a.get(updateCache) || validTime.isPresent()
        ? Optional.of(validTime.filter(v -> v > 0).orElse(PackageTask.FRESH_SECONDS))
        : Optional.empty();
  }

  Options options(Form.Filled a, List<String> words) {
    return new Options(
        words,
        Options.DPKG_DEFAULTS,
        Options.NO_STARTS,
        a.get(lockTimeout),
        false,
        a.get(autoremove),
        a.get(allowDowngrade),
        false,
        false);
  }

  /** Refuses a task that asks for nothing. */
  static PackageTask checked(PackageTask task) {
    if (task.wanted().isEmpty()
        && task.archives().isEmpty()
        && task.whole().isEmpty()
        && task.refresh().isEmpty()) {
      throw new BadValue("nothing is asked for", "give name, or update_cache: true");
    }
    return task;
  }

  private static Names names(Value value) {
    List<String> written = Types.NAMES.convert().apply(value);
    return new Names(
        written.stream().filter(w -> !Wanted.archive(w) && !w.equals("*")).map(Wanted::of).toList(),
        written.stream().filter(Wanted::archive).toList(),
        written.contains("*"));
  }
}
