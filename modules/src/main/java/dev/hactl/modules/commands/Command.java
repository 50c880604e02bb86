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
import dev.hactl.engine.value.Value;
import java.util.Map;

/** Runs a program without a shell. */
@HactlModule("command")
public final class Command implements HostModule<Command.Params, Seen> {

  /** The program, when it runs, and what it reads. */
  record Params(Words command, Occasion occasion, Input input) {}

  @Override
  public Manual manual() {
    return Manual.action(
            "Run a program without a shell",
            """
            The text is split into words as a POSIX shell splits it (quotes and backslashes count),
            and the program is started with exactly these words: no variables, no wildcards, no
            pipes. A word that is a shell operator is refused, because it would silently become an
            argument; so is `creates=...` inside the text, Ansible's old way to write parameters.

            A command says nothing about the state it leads to, so check mode always shows that it
            would run, unless `creates`, `removes` or `check` tells that it is needless. What they
            tell is verified afterwards: a command with `creates: /x` that leaves no `/x` has failed.
            With `chdir`, a missing directory is an error, also in check mode, unless an earlier
            task is going to create it.

            Every user of the host can read the words in the process list while the program runs.
            Give secrets through `stdin`, or through the task's `environment`.
            """,
            Example.of(
                "Run once, because it leaves a file",
                """
                - name: Build the index
                  command: cp /etc/hostname /var/lib/hactl-example.index
                  args:
                    creates: /var/lib/hactl-example.index
                """),
            Example.on(
                "mkdir -p /srv/hactl-example",
                "Words as a list, when the text would need quoting",
                """
                - command:
                    argv: [touch, "a file with blanks"]
                    chdir: /srv/hactl-example
                    creates: a file*
                """),
            Example.of(
                "A check of your own says whether it is needed",
                """
                - command:
                    cmd: ln -sfn /usr/share/zoneinfo/UTC /etc/hactl-example-zone
                    check: test "$(readlink /etc/hactl-example-zone)" = /usr/share/zoneinfo/UTC
                """),
            Example.of(
                "A secret goes through standard input",
                """
                - command:
                    cmd: tee /root/hactl-example.key
                    stdin: correct horse battery staple
                    creates: /root/hactl-example.key
                  no_log: true
                """))
        .returning(new Return("cmd", "The words that were started."));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder().freeForm("cmd").atLeastOne("cmd", "argv").atMostOne("cmd", "argv");
    var cmd =
        form.optional(
            "cmd", Words.COMMAND, "The program and its arguments, split as a shell splits them.");
    var argv =
        form.optional("argv", Words.LIST, "The program and its arguments as a list of words.");
    var occasion = Occasion.fields(form);
    var input = Input.fields(form);
    return form.into(a ->
        new Params(
            a.get(cmd).or(() -> a.get(argv)).orElseThrow(), occasion.apply(a), input.apply(a)));
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
            "run " + params.command().shown(),
            change ->
                change
                    .touches(Footprint.unknown())
                    .step(
                        params
                            .input()
                            .run(
                                params.occasion().enter()
                                    + "exec "
                                    + params.command().shell()
                                    + "\n"))
                    .build());
  }

  @Override
  public Value.Dict result(Params params, Seen observed) {
    Value words = Value.texts(params.command().words());
    return Value.dict(Map.of("cmd", Value.tainted(words, params.command().secret())));
  }
}
