package dev.hactl.modules.system;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Secret;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A user as a playbook wants it; empty fields stay as they are.
 *
 * @param groups supplementary groups, exactly these unless {@code append}
 */
record UserWish(
    String name,
    State state,
    Identity identity,
    Optional<List<String>> groups,
    boolean append,
    Home home,
    Access access,
    Removal removal) {

  /** The same, with nothing said of whether the password is locked. */
  UserWish withoutLocking() {
    var unlocked =
        new Access(
            access.password(),
            access.update(),
            Optional.empty(),
            access.expires(),
            access.least(),
            access.most(),
            access.warning());
    return new UserWish(name, state, identity, groups, append, home, unlocked, removal);
  }

  /** Whether it exists. */
  enum State {
    PRESENT,
    ABSENT
  }

  /** When a password is set. */
  enum UpdatePassword {
    ALWAYS,
    ON_CREATE
  }

  /** Who it is. */
  record Identity(
      Optional<Long> uid,
      boolean nonUnique,
      Optional<String> group,
      Optional<String> comment,
      Optional<String> shell,
      boolean system) {}

  /** Where it lives. */
  record Home(
      Optional<String> path,
      boolean create,
      boolean move,
      Optional<String> skeleton,
      Optional<String> umask) {}

  /** How it gets in, and until when; expires counts days from 1970, -1 for never. */
  record Access(
      Optional<Secret> password,
      UpdatePassword update,
      Optional<Boolean> locked,
      Optional<Long> expires,
      Optional<Long> least,
      Optional<Long> most,
      Optional<Long> warning) {

    boolean needsShadow() {
      return password.isPresent()
          || locked.isPresent()
          || expires.isPresent()
          || least.isPresent()
          || most.isPresent()
          || warning.isPresent();
    }
  }

  /** What goes with it. */
  record Removal(boolean files, boolean force) {}

  /** A crypted password: crypt(5) prefixes, traditional DES, or one that matches nothing. */
  private static final Pattern CRYPTED =
      Pattern.compile("!*(\\$[^:\\s]+|[./0-9A-Za-z]{13}|_[./0-9A-Za-z]{19}|\\*|)");

  static final Type.Plain<Secret> PASSWORD =
      Types.TEXT.map(
          "crypted password",
          text -> {
            if (text.isEmpty() || !CRYPTED.matcher(text).matches()) {
              throw new BadValue(
                  "a crypted password is wanted; a clear one would lock the user out",
                  "make one with 'openssl passwd -6'; '*' or '!' matches no password");
            }
            return Secret.of(text);
          });

  /** Seconds since 1970, as Ansible takes them; days are what shadow(5) keeps. */
  static final Type.Plain<Long> EXPIRES =
      Types.TEXT.map(
          "seconds since 1970",
          text -> {
            try {
              double seconds = Double.parseDouble(text);
              return seconds < 0 ? -1 : (long) Math.floor(seconds / 86400);
            } catch (NumberFormatException e) {
              throw new BadValue("seconds since 1970 are wanted, -1 for never");
            }
          });

  /** GECOS text: one field of passwd(5). */
  static final Type.Plain<String> COMMENT =
      Types.NAME.map(
          "text",
          text -> {
            if (text.contains(":") || text.contains("\n")) {
              throw new BadValue(
                  "the comment is one field of /etc/passwd: no ':' and no line break");
            }
            return text;
          });

  static final Type.Plain<String> UMASK =
      Types.NAME.map(
          "umask",
          text -> {
            if (!text.matches("[0-7]{3,4}")) {
              throw new BadValue("a umask is three or four octal digits, such as '0077'");
            }
            return text;
          });
}
