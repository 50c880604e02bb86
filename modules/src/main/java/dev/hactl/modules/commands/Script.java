package dev.hactl.modules.commands;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Invocation;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Types;
import java.util.Optional;

/** Runs a file of the controller on the host. */
@HactlModule("script")
public final class Script implements HostModule<Script.Params, Seen> {

  /** The file, its arguments, the interpreter that reads it, and when it runs. */
  record Params(Content file, Words arguments, Optional<Words> executable, Occasion occasion) {}

  @Override
  public Manual manual() {
    return Manual.action(
        "Run a script of the controller on a host",
        """
        The file is looked for in `files/` beside the playbook. It is put into a private directory
        on the host, run with the words that follow its name, and removed again. It may be written
        for any interpreter that the host has: its first line says which, or `executable` does.
        No shell sees the words.

        Check mode always shows that the script would run, unless `creates`, `removes` or `check`
        tells that it is needless. What they tell is verified afterwards.

        Every user of the host can read the words in the process list while the script runs. Give
        secrets through the task's `environment`.
        """,
        Example.of(
            "Run a script once",
            """
            - script: files/example.sh --name "two words"
              args:
                creates: /srv/hactl-example.script
            """));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder().freeForm("cmd");
    var cmd =
        form.required(
            "cmd",
            Types.LOCAL_COMMAND,
            "The script on the controller and its arguments, split as a shell splits them. Quote a"
                + " name that holds blanks.");
    var executable =
        form.optional(
            "executable", Words.COMMAND, "The interpreter, when the file does not name it.");
    var occasion = Occasion.fields(form);
    return form.into(a -> {
      Invocation given = a.get(cmd);
      if (given.file() instanceof Content.LocalFile large) {
        throw new BadValue(
            "a script of " + large.size() + " bytes is too large to be sent along",
            "put it on the host with copy and run it with command");
      }
      return new Params(
          given.file(),
          new Words(Words.split(given.arguments()), given.arguments().secret()),
          a.get(executable),
          occasion.apply(a));
    });
  }

  @Override
  public boolean detachable() {
    return true;
  }

  @Override
  public Probe<Seen> probe(Params params) {
    return params.occasion().probe();
  }

  @Override
  public Decision<Seen> plan(Params params, Seen observed) {
    String words = params.arguments().words().isEmpty() ? "" : " " + params.arguments().shown();
    return params
        .occasion()
        .decide(
            observed,
            "run " + name(params.file()) + words,
            change -> change.touches(Footprint.unknown()).step(step(params)).build());
  }

  private static String name(Content file) {
    return file.source().isEmpty() ? "a script" : file.source();
  }

  private static Step step(Params params) {
    String name = name(params.file());
    String base = name.substring(name.lastIndexOf('/') + 1);
    String text =
        """
        hactl_d=$(mktemp -d "${TMPDIR:-/tmp}/hactl.XXXXXXXX") || exit
        trap 'rm -rf -- "$hactl_d"' EXIT
        trap 'exit 129' HUP
        trap 'exit 130' INT
        trap 'exit 143' TERM
        hactl_f=$hactl_d/%s
        cat > "$hactl_f" && chmod 0700 "$hactl_f" || exit
        %s
        %s"$hactl_f" %s < /dev/null
        exit "$?"
        """
            .formatted(
                Sh.quote(base),
                params.occasion().enter(),
                interpreter(params).map(i -> i + " ").orElse(""),
                params.arguments().shell());
    return new Step.Script(
        text,
        Probe.Trust.USER,
        Step.Interruption.INTERRUPTIBLE,
        Step.DEADLINE,
        Optional.of(params.file()),
        true);
  }

  /**
   * What the first line of a script names. It is started by name, because the directory may be on a
   * file system that is mounted noexec.
   */
  private static Optional<String> interpreter(Params params) {
    if (params.executable().isPresent()) {
      return params.executable().map(Words::shell);
    }
    if (!(params.file() instanceof Content.Inline inline) || !inline.text().startsWith("#!")) {
      return Optional.empty();
    }
    String line = inline.text().lines().findFirst().orElse("").substring(2).strip();
    int blank = line.indexOf(' ');
    // The kernel hands everything after the interpreter over as one argument; execve(2).
    return line.isEmpty()
        ? Optional.empty()
        : Optional.of(
            blank < 0
                ? Sh.quote(line)
                : Sh.quote(line.substring(0, blank))
                    + " "
                    + Sh.quote(line.substring(blank).strip()));
  }
}
