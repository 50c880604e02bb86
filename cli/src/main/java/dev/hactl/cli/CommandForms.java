package dev.hactl.cli;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The forms of every command: what the shell's completion and the manual are made from. */
final class CommandForms {
  /** Stands for the form of a command whose name is followed by no further word. */
  static final String ALONE = "";

  private CommandForms() {}

  /** A command's only form under {@link #ALONE}, or one for each word that may follow its name. */
  static SequencedMap<String, Form> of(Command command) {
    return switch (command) {
      case APPLY, PLAN, CHECK -> alone(ApplyForm.form(command));
      case EXEC -> alone(ExecCommand.form());
      case LINT -> alone(LintCommand.form());
      case SHOW -> alone(ShowCommand.form());
      case VARS -> alone(VarsCommand.form());
      case INVENTORY -> alone(InventoryCommand.form());
      case VAULT -> VaultAction.forms();
      case CONFIG -> ConfigCommand.forms();
      case CONVERT -> ConvertCommand.forms();
      case DOC -> alone(DocCommand.form());
      case SCHEMA -> alone(SchemaCommand.form());
      case COMPLETION -> alone(CompletionCommand.form());
    };
  }

  private static SequencedMap<String, Form> alone(Form form) {
    var one = new LinkedHashMap<String, Form>();
    one.put(ALONE, form);
    return one;
  }
}
