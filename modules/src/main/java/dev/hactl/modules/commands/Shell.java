package dev.hactl.modules.commands;

import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.Map;
import java.util.Optional;

/** Runs a text in a shell. */
@HactlModule("shell")
public final class Shell implements HostModule<Shell.Params, Seen> {

  /** The text, the shell that reads it, when it runs, and what it reads. */
  record Params(ShellText text, Optional<String> executable, Occasion occasion, Input input) {}

  @Override
  public Manual manual() {
    return Manual.action(
            "Run a text in a shell",
            """
            The text is read by `/bin/sh`, or by another shell or interpreter given as `executable`.
            It travels on a file descriptor, so it may hold secrets as long as it passes them on by
            pipe or file: `printf` and `echo` are part of the shell, the arguments of every other
            program can be read by all users of the host.

            `${name}` belongs to hactl and is filled in before the shell sees the text; write
            `$name` for a shell variable. Check mode always shows that the text would run, unless
            `creates`, `removes` or `check` tells that it is needless. Give the file of `creates` its
            name only when it is whole: after an interrupted run it counts as done. What they tell is verified
            afterwards: a text with `creates: /x` that leaves no `/x` has failed.
            """,
            Example.of(
                "A pipe, run while its result is missing",
                """
                - shell: |
                    cut -d. -f1 /etc/hostname | tr a-z A-Z > /srv/hactl-example.new
                    mv /srv/hactl-example.new /srv/hactl-example.upper
                  args:
                    creates: /srv/hactl-example.upper
                """),
            Example.of(
                "A check of your own says whether it is needed",
                """
                - shell:
                    cmd: |
                      umask 077
                      printf '%s\\n' one two > /srv/hactl-example.list
                    check: grep -qx two /srv/hactl-example.list
                """),
            Example.on(
                "touch /var/tmp/hactl-example.{1,2}; touch /var/tmp/hactl-example.1",
                "Another shell, run while something is left to remove",
                """
                - shell:
                    cmd: for f in /var/tmp/hactl-example.*; do rm -f -- "$f"; done
                    executable: /bin/bash
                    removes: /var/tmp/hactl-example.*
                """))
        .returning(new Return("cmd", "The text that was run."));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder().freeForm("cmd");
    var cmd = form.required("cmd", ShellText.TYPE, "The text for the shell.");
    var executable =
        form.optional(
            "executable",
            Types.PATH,
            "The shell or interpreter that reads the text instead of `/bin/sh`.");
    var occasion = Occasion.fields(form);
    var input = Input.fields(form);
    return form.into(
        a -> new Params(a.get(cmd), a.get(executable), occasion.apply(a), input.apply(a)));
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
    return params
        .occasion()
        .decide(
            observed,
            "run " + params.text().shown(),
            change ->
                change
                    .touches(Footprint.unknown())
                    .step(
                        params
                            .input()
                            .run(
                                params.occasion().enter() + params.text().run(params.executable())))
                    .build());
  }

  @Override
  public Value.Dict result(Params params, Seen observed) {
    Value text = new Value.Text(params.text().text(), params.text().secret());
    return Value.dict(Map.of("cmd", text));
  }
}
