package dev.hactl.modules.system;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.UnreadableAnswer;
import dev.hactl.engine.value.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a host knows about one user and some groups.
 *
 * @param passwd the user's entry
 * @param shadow its password and expiry, where the login may read them
 * @param home whether its home directory exists
 * @param memberOf the local groups that list it
 * @param groups the groups that were asked for and exist
 * @param tools which of useradd, usermod, ... are there
 */
record AccountState(
    Optional<Passwd> passwd,
    Optional<Shadow> shadow,
    boolean home,
    List<String> memberOf,
    List<Group> groups,
    List<String> tools) {

  /** passwd(5). */
  record Passwd(String name, long uid, long gid, String comment, String home, String shell) {}

  /** group(5). */
  record Group(String name, long gid) {}

  /**
   * shadow(5).
   *
   * @param password the crypted password
   * @param least days between changes, -1 when not set; likewise the others
   * @param most days until it must be changed
   * @param warning days of warning
   * @param expires day the account ends, counted from 1970
   */
  record Shadow(Secret password, long least, long most, long warning, long expires) {
    boolean locked() {
      return password.reveal().startsWith("!");
    }

    /** As useradd leaves it: nobody has ever set a password. */
    boolean neverSet() {
      return password.reveal().equals("!") || password.reveal().equals("!!");
    }
  }

  /** A group by name or number. */
  Optional<Group> group(String nameOrNumber) {
    return groups.stream()
        .filter(g -> g.name().equals(nameOrNumber) || Long.toString(g.gid()).equals(nameOrNumber))
        .findFirst();
  }

  boolean has(String tool) {
    return tools.contains(tool);
  }

  static AccountState parse(Answer answer) {
    if (answer.isMissing()) {
      throw new UnreadableAnswer("the accounts could not be read");
    }
    Optional<Passwd> passwd = Optional.empty();
    Optional<Shadow> shadow = Optional.empty();
    boolean home = false;
    var memberOf = new ArrayList<String>();
    var groups = new ArrayList<Group>();
    var tools = new ArrayList<String>();
    for (String line : answer.raw().split("\n", -1)) {
      String rest = line.substring(line.indexOf(' ') + 1);
      switch (line.split(" ", 2)[0]) {
        case "passwd" -> passwd = Optional.of(passwd(rest.split(":", -1)));
        case "shadow" -> shadow = Optional.of(shadow(rest.split(":", -1)));
        case "group" -> groups.add(group(rest.split(":", -1)));
        case "member" -> memberOf.add(rest);
        case "tool" -> tools.add(rest);
        case "home" -> home = true;
        default -> {}
      }
    }
    return new AccountState(
        passwd, shadow, home, List.copyOf(memberOf), List.copyOf(groups), List.copyOf(tools));
  }

  private static Passwd passwd(String[] f) {
    if (f.length < 7) {
      throw new UnreadableAnswer("not a line of passwd(5): " + String.join(":", f));
    }
    return new Passwd(f[0], number(f[2]), number(f[3]), f[4], f[5], f[6]);
  }

  private static Group group(String[] f) {
    if (f.length < 3) {
      throw new UnreadableAnswer("not a line of group(5): " + String.join(":", f));
    }
    return new Group(f[0], number(f[2]));
  }

  private static Shadow shadow(String[] f) {
    if (f.length < 8) {
      throw new UnreadableAnswer("not a line of shadow(5) for " + f[0]);
    }
    return new Shadow(Secret.of(f[1]), number(f[3]), number(f[4]), number(f[5]), number(f[7]));
  }

  private static long number(String field) {
    return field.matches("-?[0-9]{1,18}") ? Long.parseLong(field) : -1;
  }
}
