package dev.hactl.engine.lint;

import java.util.List;

/** Rules that the engine itself tells: what its readers and its static check warn of. */
public final class Told {
  private static final String PAGE = "docs/lint.md";

  static final About IGNORE_UNKNOWN =
      About.warning(
          "ignore-unknown-rule",
          "A comment that names no rule, or one that does not exist, silences nothing.",
          PAGE,
          "write '# hactl:ignore RULE reason'; 'hactl lint --list-rules' lists the rules");

  static final About IGNORE_WITHOUT_REASON =
      About.warning(
          "ignore-without-reason",
          "Who reads the comment later cannot tell whether it still holds, so it is not heeded.",
          PAGE,
          "write the reason after the rule's name");

  static final About IGNORE_UNUSED =
      About.advice(
          "ignore-unused",
          "A comment that silences nothing will one day silence what nobody has looked at.",
          PAGE,
          "remove the comment");

  /** The rule for names that not every way through a play defines. */
  public static final String MAYBE_UNDEFINED = "maybe-undefined";

  private static final About MAYBE =
      About.warning(
          MAYBE_UNDEFINED,
          "A variable that is set only on some ways through the play ends it on the others.",
          "docs/lint.md",
          "give it a default (NAME!'...'), test it (NAME??), or set it on every way");

  private static final About HOST_AND_GROUP =
      About.warning(
          "host-and-group",
          "In a pattern the name means the group, so the host cannot be chosen by it.",
          "docs/inventory.md",
          "rename one of them");

  private static final About INVENTORY_PROGRAM =
      About.warning(
          "inventory-program",
          "What an inventory program says on standard error, or prints and nobody can use, is"
              + " easily overlooked.",
          "docs/inventory.md",
          "look at what the program prints");

  private static final About INVENTORY_VALUE =
      About.warning(
          "inventory-value-kept",
          "A value of an INI inventory that looks like a comment or a list is taken as text.",
          "docs/inventory.md",
          "write it as Python would, or in quotes");

  private static final About MODULE_REPLACED =
      About.warning(
          "module-replaced",
          "A module beside the playbook that is called like a built-in one takes its place in every"
              + " task.",
          "docs/writing-modules.md",
          "give it another name unless that is meant");

  private static final About VARS_FILE_UNREAD =
      About.warning(
          "vars-file-unread",
          "A file in group_vars or host_vars that is named after nobody is read by nobody.",
          "docs/inventory.md",
          "rename or remove it");

  private static final About VAULT_TAG =
      About.warning(
          "vault-tag-missing",
          "Without !vault an encrypted text is used as the text it is.",
          "docs/vault.md",
          "write !vault before it");

  private Told() {}

  /** What they say of themselves. */
  public static List<About> all() {
    return List.of(
        IGNORE_UNKNOWN,
        IGNORE_WITHOUT_REASON,
        IGNORE_UNUSED,
        MAYBE,
        HOST_AND_GROUP,
        INVENTORY_PROGRAM,
        INVENTORY_VALUE,
        MODULE_REPLACED,
        VARS_FILE_UNREAD,
        VAULT_TAG);
  }
}
