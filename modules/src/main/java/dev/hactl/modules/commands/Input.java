package dev.hactl.modules.commands;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a command reads and how its output is kept.
 *
 * @param stdin its standard input; /dev/null when empty
 * @param stripEnds whether line ends at the end of its output are dropped
 */
record Input(Optional<Content> stdin, boolean stripEnds) {

  /** Adds the three parameters to a form. */
  static Function<Form.Filled, Input> fields(Form.Builder form) {
    var stdin =
        form.optional(
            "stdin",
            Types.ANY,
            "What the command reads from its standard input. It never appears in the process list.");
    var newline =
        form.optional(
            "stdin_add_newline", Types.BOOL, true, "Whether a line end is put after `stdin`.");
    var strip =
        form.optional(
            "strip_empty_ends",
            Types.BOOL,
            true,
            "Whether line ends at the end of a registered output are dropped.");
    return a -> new Input(a.get(stdin).map(v -> content(v, a.get(newline))), a.get(strip));
  }

  private static Content content(Value value, boolean newline) {
    String text = Types.TEXT.convert().apply(value);
    return Content.of(newline ? text + "\n" : text, value.secret(), "");
  }

  /** The step that runs a shell text with this input and reports its outcome. */
  Step.Script run(String text) {
    return new Step.Script(
        text,
        Probe.Trust.USER,
        Step.Interruption.INTERRUPTIBLE,
        Step.DEADLINE,
        stdin,
        true,
        !stripEnds);
  }
}
