package dev.hactl.modules.commands;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.module.UnreadableAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where a command runs and what says that it need not.
 *
 * @param chdir the directory it runs in
 * @param creates nothing runs when this is there
 * @param removes nothing runs when this is not there
 * @param check nothing runs when this shell text of the author's exits 0
 */
record Occasion(
    Optional<HostPath> chdir,
    Optional<HostPath> creates,
    Optional<HostPath> removes,
    Optional<String> check) {

  /** Adds the four parameters to a form. */
  static Function<Form.Filled, Occasion> fields(Form.Builder form) {
    var chdir =
        form.optional("chdir", HostPath.DIRECTORY, "The directory to run in; it must be there.");
    var creates =
        form.optional(
            "creates",
            HostPath.PATTERN,
            "A path, wildcards allowed. When something matches, nothing is run; when nothing does,"
                + " something must match afterwards. A relative path is seen from `chdir`.");
    var removes =
        form.optional(
            "removes",
            HostPath.PATTERN,
            "A path, wildcards allowed. When nothing matches, nothing is run; when something does,"
                + " nothing must match afterwards.");
    var check =
        form.optional(
            "check",
            Types.TEXT,
            "A read-only shell text of your own: exit status 0 means that it is already done and"
                + " nothing is run; any other means that it is not. It is run in check mode too,"
                + " and again afterwards, when it must exit 0.");
    return a -> new Occasion(a.get(chdir), a.get(creates), a.get(removes), a.get(check));
  }

  /** The question whose answer decides whether the command runs. */
  Probe<Seen> probe() {
    List<String> words = new ArrayList<>();
    chdir.ifPresent(d -> words.add(d.word()));
    creates.ifPresent(p -> words.add(seenFromDirectory(p)));
    removes.ifPresent(p -> words.add(seenFromDirectory(p)));
    if (check.isPresent()) {
      return Probe.sh(
              Existence.look(words) + enough() + "echo \"$hactl_b\"\n" + check.get(),
              a -> parse(a, true))
          .byUser();
    }
    return words.isEmpty()
        ? Probe.nothing(new Seen(true, true, true, false))
        : Probe.of(Existence.COLLECTOR, words, a -> parse(a, false));
  }

  /**
   * What has to change, given how the command's own change is built.
   *
   * @param change adds steps to a change that is verified as far as this occasion can tell
   */
  Decision<Seen> decide(
      Seen seen, String what, Function<Change.Builder<Seen>, Change<Seen>> change) {
    if (done(seen)) {
      return Decision.ok(things());
    }
    if (!seen.directory()) {
      HostPath directory = chdir.orElseThrow();
      return new Decision.Blocked<>(
          directory.thing(Optional.empty()),
          "the directory to run in, " + directory.text() + ", is not there");
    }
    Change.Builder<Seen> builder =
        tells() ? Change.to(what, this::done) : Change.<Seen>byStatus(what);
    return Decision.change(change.apply(builder), things());
  }

  /** The shell text that enters the directory; empty when there is none. */
  String enter() {
    return chdir.map(d -> "cd -- " + d.word() + " || exit; ").orElse("");
  }

  private boolean tells() {
    return creates.isPresent() || removes.isPresent() || check.isPresent();
  }

  private boolean done(Seen seen) {
    return (creates.isPresent() && seen.created())
        || (removes.isPresent() && !seen.removable())
        || (check.isPresent() && seen.checked());
  }

  private Thing[] things() {
    Stream<Thing> paths =
        Stream.of(creates, removes).flatMap(Optional::stream).map(p -> p.thing(chdir));
    Stream<Thing> directory = chdir.stream().map(d -> d.thing(Optional.empty()));
    Stream<Thing> checked = check.stream().map(text -> Thing.anything());
    return Stream.of(directory, paths, checked).flatMap(s -> s).toArray(Thing[]::new);
  }

  private String seenFromDirectory(HostPath path) {
    return path.isRelative() && chdir.isPresent()
        ? chdir.get().word() + "/" + new HostPath(path.text()).pattern()
        : path.pattern();
  }

  /** Ends the look before the author's check when the paths alone decide. */
  private String enough() {
    int first = chdir.isPresent() ? 1 : 0;
    var text = new StringBuilder("case $hactl_b in ");
    if (chdir.isPresent()) {
      text.append("0*) echo \"$hactl_b\"; exit 1;; ");
    }
    if (creates.isPresent()) {
      text.append("?".repeat(first)).append("1*) echo \"$hactl_b\"; exit 1;; ");
    }
    if (removes.isPresent()) {
      int place = first + (creates.isPresent() ? 1 : 0);
      text.append("?".repeat(place)).append("0) echo \"$hactl_b\"; exit 1;; ");
    }
    return text.append("esac\n").append(enter()).append('\n').toString();
  }

  private Seen parse(Answer answer, boolean checked) {
    String digits = answer.text().lines().findFirst().orElse("");
    int wanted =
        (chdir.isPresent() ? 1 : 0) + (creates.isPresent() ? 1 : 0) + (removes.isPresent() ? 1 : 0);
    if (answer.isMissing() || !digits.matches("[01]{" + wanted + "}")) {
      throw new UnreadableAnswer("the look at creates and removes gave no answer");
    }
    int at = 0;
    boolean directory = chdir.isEmpty() || digits.charAt(at++) == '1';
    boolean created = creates.isEmpty() || digits.charAt(at++) == '1';
    boolean removable = removes.isEmpty() || digits.charAt(at) == '1';
    return new Seen(directory, created, removable, checked && answer.status() == 0);
  }
}
