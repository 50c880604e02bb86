package dev.hactl.modules.system;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import java.util.List;
import java.util.regex.Pattern;

/** Names of users and groups. */
final class AccountName {
  private AccountName() {}

  /** What useradd(8) of any distribution takes; digits alone would be read as a number. */
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]*\\$?");

  static final Type.Plain<String> TYPE = Types.NAME.map("account name", AccountName::check);

  /** A group by name or number. */
  static final Type.Plain<String> GROUP =
      Types.NAME.map("group name or number", AccountName::shape);

  static final Type.Plain<List<String>> GROUPS =
      Types.NAMES.map("list of groups", l -> l.stream().map(AccountName::shape).toList());

  private static String check(String name) {
    if (name.chars().allMatch(Character::isDigit)) {
      throw new BadValue("'" + name + "' is a number, not a name");
    }
    return shape(name);
  }

  private static String shape(String name) {
    if (!ALLOWED.matcher(name).matches()) {
      throw new BadValue(
          "'" + name + "' is not a name of a user or group",
          "letters, digits, '_', '.', '-'; it must not begin with '-' or '.'");
    }
    return name;
  }
}
