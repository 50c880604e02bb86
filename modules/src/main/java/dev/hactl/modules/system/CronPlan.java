package dev.hactl.modules.system;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.modules.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has to be done to a table of timed jobs. Pure. */
final class CronPlan {
  private final CronWish wish;
  private final Crontab now;

  private CronPlan(CronWish wish, Crontab now) {
    this.wish = wish;
    this.now = now;
  }

  static Decision<Crontab> decide(CronWish wish, Crontab now) {
    var plan = new CronPlan(wish, now);
    return switch (now.found()) {
      case TABLE, NONE -> plan.decided();
      case NO_TOOL ->
          new Decision.Blocked<>(Thing.command("crontab"), "there is no crontab on this host");
      case NO_USER ->
          new Decision.Blocked<>(
              Thing.user(wish.user().orElse("")), "there is no user " + wish.user().orElse(""));
      case NO_DIRECTORY ->
          wish.state() == CronWish.State.ABSENT
              ? Decision.ok(plan.things())
              : new Decision.Blocked<>(
                  Thing.path(plan.directory()), "there is no directory " + plan.directory());
      case REFUSED -> new Decision.Impossible<>("the jobs cannot be read: " + now.message());
    };
  }

  private String directory() {
    String path = wish.file().orElse("/");
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  private String table() {
    return wish.file().orElseGet(() -> "crontab" + wish.user().map(u -> " of " + u).orElse(""));
  }

  private Thing[] things() {
    var things = new ArrayList<Thing>();
    things.add(wish.file().map(Thing::path).orElseGet(() -> new Thing(Thing.Kind.OTHER, table())));
    wish.user().map(Thing::user).ifPresent(things::add);
    return things.toArray(Thing[]::new);
  }

  private Decision<Crontab> decided() {
    Lines after = wish.wanted(now);
    if (after.equals(now.lines())) {
      return Decision.ok(things());
    }
    boolean gone = after.blank();
    var change =
        Change.<Crontab>to(what(), s -> wish.wanted(s).equals(s.lines()))
            .diff(
                wish.secret()
                    ? new Diff.Opaque(table(), "the job is secret")
                    : new Diff.Lines(
                        table(), "", now.lines().text(), gone ? "" : after.text(), false))
            .touches(Footprint.of(things()[0]))
            .steps(
                wish.file().isPresent() ? file(wish.file().get(), after, gone) : user(after, gone));
    return Decision.change(change.build(), things());
  }

  private String what() {
    String kind = wish.env() ? "variable " : "job ";
    String verb =
        wish.state() == CronWish.State.ABSENT
            ? "remove "
            : now.found() == Crontab.Found.NONE ? "make a table with " : "set ";
    return verb + kind + wish.name() + " in " + table();
  }

  /** A table in which nothing is left goes away. */
  private List<Step> file(String path, Lines after, boolean gone) {
    if (gone) {
      return List.of(Step.sh("rm -f -- " + Sh.quote(path) + "\n"));
    }
    return List.of(
        new Step.Put(
            path,
            after.content(wish.secret()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            wish.backup(),
            Optional.empty()));
  }

  private List<Step> user(Lines after, boolean gone) {
    String options = Crontab.options(wish.user());
    String keep =
        wish.backup() && now.found() == Crontab.Found.TABLE
            ? "b=$(mktemp /var/tmp/crontab.XXXXXX) && crontab "
                + options
                + "-l </dev/null >\"$b\" || exit\n"
            : "";
    if (gone) {
      return List.of(Step.sh(keep + "crontab " + options + "-r </dev/null\n"));
    }
    return List.of(
        new Step.Script(
            keep + "crontab " + options + "-\n",
            Probe.Trust.BUILT_IN,
            Step.Interruption.INTERRUPTIBLE,
            Step.DEADLINE,
            Optional.of(after.content(wish.secret())),
            false));
  }
}
