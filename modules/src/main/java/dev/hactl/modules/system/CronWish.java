package dev.hactl.modules.system;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Types;
import dev.hactl.modules.text.Lines;
import dev.hactl.modules.text.Tainted;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A timed job, or a variable of a table, as a playbook wants it.
 *
 * @param file the file it goes into; empty for a user's table
 * @param env whether it is a variable
 */
record CronWish(
    String name,
    Optional<Tainted> job,
    State state,
    Time time,
    Optional<String> user,
    Optional<String> file,
    boolean disabled,
    boolean env,
    Optional<String> after,
    Optional<String> before,
    boolean backup) {

  /** Whether it is there. */
  enum State {
    PRESENT,
    ABSENT
  }

  /** Words of crontab(5). */
  enum Special {
    REBOOT,
    YEARLY,
    ANNUALLY,
    MONTHLY,
    WEEKLY,
    DAILY,
    MIDNIGHT,
    HOURLY
  }

  /** One of the five fields. */
  record Field(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /** When it runs. */
  record Time(List<Field> fields, Optional<Special> special) {
    boolean anyField() {
      return fields.stream().anyMatch(f -> !f.text().equals("*"));
    }

    @Override
    public String toString() {
      return special
          .map(s -> "@" + Types.word(s))
          .orElseGet(() -> fields.stream().map(Field::text).collect(Collectors.joining(" ")));
    }
  }

  static CronWish checked(CronWish wish) {
    boolean present = wish.state() == State.PRESENT;
    if (present && wish.job().isEmpty()) {
      throw new BadValue(
          wish.env() ? "a variable needs its value ('job')" : "a job needs its command ('job')");
    }
    if (wish.job().map(j -> j.text().contains("\n")).orElse(false)) {
      throw new BadValue("a job is one line", "put the lines into a script");
    }
    if (wish.time().special().isPresent() && wish.time().anyField()) {
      throw new BadValue("special_time stands instead of minute, hour, day, month and weekday");
    }
    if (wish.env() && !wish.name().matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new BadValue("'" + wish.name() + "' is not the name of a variable");
    }
    if (!wish.env() && (wish.after().isPresent() || wish.before().isPresent())) {
      throw new BadValue(
          "insertafter and insertbefore place variables, not jobs", "add 'env: true'");
    }
    return wish;
  }

  boolean secret() {
    return job.map(Tainted::secret).orElse(false);
  }

  /** Its line. */
  String line() {
    String text = job.map(Tainted::text).orElse("");
    if (env) {
      return Lines.line(name + "=\"" + text + "\"");
    }
    String who = file.isPresent() ? user.orElse("root") + " " : "";
    return Lines.line((disabled ? "#" : "") + time + " " + who + text);
  }

  /** The table after the wish. */
  Lines wanted(Crontab table) {
    String known = Lines.line(name);
    return switch (state) {
      case PRESENT ->
          env ? table.withVariable(known, line(), after, before) : table.withJob(known, line());
      case ABSENT -> env ? table.withoutVariable(known) : table.withoutJob(known);
    };
  }
}
