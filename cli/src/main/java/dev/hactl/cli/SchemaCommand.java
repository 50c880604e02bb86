package dev.hactl.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.cli.output.Terminal;
import dev.hactl.cli.schema.ConfigSchema;
import dev.hactl.cli.schema.InventorySchema;
import dev.hactl.cli.schema.PlaybookSchema;
import dev.hactl.cli.schema.UserModuleSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** {@code hactl schema}: what editors check and complete YAML files with. */
final class SchemaCommand {
  private static final List<String> KINDS =
      List.of("playbook", "tasks", "inventory", "vars", "module", "config");

  private SchemaCommand() {}

  static ExitCode run(List<String> arguments, Terminal terminal) {
    form().read(arguments, terminal).ifPresent(filled -> print(filled, terminal));
    return ExitCode.OK;
  }

  static Form form() {
    return ModulesForm.add(
        new Form(Command.SCHEMA)
            .choices(
                "KIND",
                "0..1",
                KINDS,
                "playbook (the default), tasks (a file of tasks), inventory, vars, module (a module of"
                    + " your own, modules/NAME.yml), or config (hactl.yml)."));
  }

  private static void print(Form.Filled filled, Terminal terminal) {
    ModulesForm modules = ModulesForm.read(filled);
    String kind = filled.operands().stream().findFirst().orElse(KINDS.getFirst());
    Map<String, Object> schema =
        switch (kind) {
          case "playbook" -> PlaybookSchema.playbook(modules.modules());
          case "tasks" -> PlaybookSchema.tasks(modules.modules());
          case "inventory" -> InventorySchema.inventory();
          case "vars" -> InventorySchema.vars();
          case "module" -> UserModuleSchema.module();
          case "config" -> ConfigSchema.config();
          default ->
              throw filled.refused(
                  "there is no schema of '" + kind + "'" + UsageError.hint(kind, KINDS));
        };
    modules.complain(terminal);
    try {
      terminal.say(JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(schema));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
