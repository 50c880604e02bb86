package dev.hactl.modules.system;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.text.Tainted;
import java.util.LinkedHashMap;
import java.util.List;

/** A timed job. */
@HactlModule("cron")
public final class Cron implements HostModule<CronWish, Crontab> {

  private static final Type.Plain<String> FIELD =
      Types.TEXT.map(
          "cron field",
          text -> {
            if (!text.matches("[0-9A-Za-z*,/~?#-]+")) {
              throw new BadValue(
                  "'" + text + "' is not a field of crontab(5)", "such as *, 5, 1-5, */10 or mon");
            }
            return text;
          });

  @Override
  public Manual manual() {
    return Manual.state(
            "Manage a timed job",
            """
            A job is known by its name, which stands in a comment before it ('#Ansible: NAME', so \
            that entries of Ansible's module are recognised); all other lines are left alone. \
            With 'cron_file' it goes into a file of /etc/cron.d, with the user it runs as (root \
            unless said otherwise); Debian's cron ignores files there whose name holds a dot. \
            With 'env: true' a variable is managed instead of a job. In crontab(5) a '%' in a job \
            means a line end unless it is escaped.\
            """,
            Example.of(
                "Every night",
                "- cron:\n    name: nightly\n    minute: '15'\n    hour: '3'\n    job: /usr/bin/true\n"),
            Example.of(
                "A file of the system's, with a variable",
                """
                - cron:
                    name: MAILTO
                    env: true
                    job: root
                    cron_file: housekeeping
                - cron:
                    name: sweep
                    special_time: daily
                    user: nobody
                    job: /usr/bin/true
                    cron_file: housekeeping
                """),
            Example.on(
                "printf '#Ansible: old\\n* * * * * /usr/bin/false\\n' | crontab -",
                "No longer",
                "- cron:\n    name: old\n    state: absent\n"))
        .returning(
            new Return("jobs", "the names of all managed jobs of the table"),
            new Return("cron_file", "the file, when it is one"));
  }

  @Override
  public Form<CronWish> form() {
    var form = Form.builder().atMostOne("insertafter", "insertbefore");
    var name =
        form.required("name", Types.TEXT.map("name", Cron::oneLine), "What the job is known by.");
    var job =
        form.optional("job", Tainted.TYPE, "The command, or the value of the variable.", "value");
    var state =
        form.optional(
            "state",
            Types.oneOf(CronWish.State.class),
            CronWish.State.PRESENT,
            "Whether it is there.");
    var minute =
        form.optional(
            "minute",
            FIELD.map("minute", CronWish.Field::new),
            new CronWish.Field("*"),
            "When: minute.");
    var hour =
        form.optional(
            "hour", FIELD.map("hour", CronWish.Field::new), new CronWish.Field("*"), "Hour.");
    var day =
        form.optional(
            "day",
            FIELD.map("day of month", CronWish.Field::new),
            new CronWish.Field("*"),
            "Day of month.",
            "dom");
    var month =
        form.optional(
            "month", FIELD.map("month", CronWish.Field::new), new CronWish.Field("*"), "Month.");
    var weekday =
        form.optional(
            "weekday",
            FIELD.map("day of week", CronWish.Field::new),
            new CronWish.Field("*"),
            "Day of week.",
            "dow");
    var special =
        form.optional(
            "special_time",
            Types.oneOf(CronWish.Special.class),
            "A word instead of the five fields.");
    var user =
        form.optional("user", AccountName.TYPE, "Whose table; with cron_file, who runs the job.");
    var file =
        form.optional("cron_file", Types.NAME, "A file of /etc/cron.d, or an absolute path.");
    var disabled = form.optional("disabled", Types.BOOL, false, "Keep the job as a comment.");
    var env = form.optional("env", Types.BOOL, false, "It is a variable, not a job.");
    var after = form.optional("insertafter", Types.TEXT, "Put a new variable after this one.");
    var before = form.optional("insertbefore", Types.TEXT, "Put a new variable before this one.");
    var backup = form.optional("backup", Types.BOOL, false, "Keep the table as it was.");
    return form.into(a ->
        CronWish.checked(
            new CronWish(
                a.get(name),
                a.get(job),
                a.get(state),
                new CronWish.Time(
                    List.of(a.get(minute), a.get(hour), a.get(day), a.get(month), a.get(weekday)),
                    a.get(special)),
                a.get(user),
                a.get(file).map(Cron::path),
                a.get(disabled),
                a.get(env),
                a.get(after),
                a.get(before),
                a.get(backup))));
  }

  private static String oneLine(String text) {
    if (text.isBlank() || text.contains("\n")) {
      throw new BadValue("a name is one line");
    }
    return text;
  }

  private static String path(String file) {
    if (file.startsWith("/")) {
      return Types.PATH.convert().apply(Value.text(file));
    }
    if (!file.matches("[A-Za-z0-9_.-]+")) {
      throw new BadValue("'" + file + "' is not the name of a file in /etc/cron.d");
    }
    return "/etc/cron.d/" + file;
  }

  @Override
  public Probe<Crontab> probe(CronWish wish) {
    return wish.file().map(Crontab::ofFile).orElseGet(() -> Crontab.ofUser(wish.user()));
  }

  @Override
  public Decision<Crontab> plan(CronWish wish, Crontab observed) {
    return CronPlan.decide(wish, observed);
  }

  @Override
  public Value.Dict result(CronWish wish, Crontab observed) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("jobs", Value.texts(observed.jobs()));
    wish.file().ifPresent(f -> fields.put("cron_file", Value.text(f)));
    return new Value.Dict(fields);
  }
}
