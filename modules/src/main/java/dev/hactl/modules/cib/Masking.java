package dev.hactl.modules.cib;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which values are never shown: those that came from a secret, and those whose name says
 * that they are one. Agents' metadata is not asked, so that a plan needs no agent.
 */
final class Masking {
  static final String HIDDEN = "<secret>";

  /** fence_ipmilan's passwd, digitalocean's do_token, db2's and mysql's passwords... */
  private static final Pattern PRIVATE =
      Pattern.compile(
          "(.*[_-])?(passwd|password|passphrase|secret|token|secretkey|secret_key|api_?key|private_?key)");

  private static final int PART = 4;

  private final Set<String> secrets;
  private final boolean hides;

  private Masking(Set<String> secrets, boolean hides) {
    this.secrets = secrets;
    this.hides = hides;
  }

  /** Hides secrets by value and by name. */
  static Masking of(Set<String> secrets) {
    return new Masking(secrets, true);
  }

  /** Hides nothing: for comparing, never for showing. */
  static Masking none() {
    return new Masking(Set.of(), false);
  }

  String shown(String name, String value) {
    boolean hidden = hides && (isPrivate(name) || secrets.stream().anyMatch(s -> isPart(s, value)));
    return hidden && !value.isEmpty() ? HIDDEN : value;
  }

  private static boolean isPrivate(String name) {
    return PRIVATE.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /** A secret inside a longer value counts too, unless it is so short that it is everywhere. */
  private static boolean isPart(String secret, String value) {
    return secret.length() < PART ? secret.equals(value) : value.contains(secret);
  }
}
