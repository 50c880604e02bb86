package dev.hactl.modules.system;

import dev.hactl.engine.module.BadValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of an authorized_keys file, sshd(8).
 *
 * @param options what the key may do; empty for everything
 * @param type the algorithm
 * @param blob the key itself in base64
 * @param comment whose it is; may be empty
 */
record PublicKey(String options, String type, String blob, String comment) {
  private static final Pattern TYPE =
      Pattern.compile(
          "(sk-)?(ssh-(rsa|dss|ed25519|ed448)|ecdsa-sha2-nistp\\d+)(-cert-v01)?(@openssh\\.com)?");

  /** The key on a line; empty for comments, blank lines and what is no key. */
  static Optional<PublicKey> read(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    int end = word(text);
    boolean bare = TYPE.matcher(text.substring(0, end)).matches();
    String options = bare ? "" : text.substring(0, end);
    String[] rest = (bare ? text : text.substring(end).strip()).split("\\s+", 3);
    return rest.length >= 2 && TYPE.matcher(rest[0]).matches()
        ? Optional.of(new PublicKey(options, rest[0], rest[1], rest.length > 2 ? rest[2] : ""))
        : Optional.empty();
  }

  /** End of the first word; blanks inside double quotes belong to it. */
  private static int word(String text) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
        quoted = !quoted;
      } else if (!quoted && Character.isWhitespace(c)) {
        return i;
      }
    }
    return text.length();
  }

  /** All keys of a text; throws {@link BadValue} for a line that is none. */
  static List<PublicKey> readAll(String text) {
    if (text.strip().matches("[a-z]+://.*")) {
      throw new BadValue(
          "a key is wanted, this is a URL", "put the keys into the playbook or a variable");
    }
    var keys = new ArrayList<PublicKey>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        PublicKey key =
            read(line)
                .filter(PublicKey::sound)
                .orElseThrow(() ->
                    new BadValue(
                        "not an OpenSSH public key: "
                            + line.substring(0, Math.min(30, line.length())),
                        "a line of an id_*.pub file is wanted"));
        if (keys.stream().noneMatch(key::same)) {
          keys.add(key);
        }
      }
    }
    return List.copyOf(keys);
  }

  /** The blob begins with the name of its algorithm, RFC 4253 section 6.6. */
  private boolean sound() {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(blob));
      var name =
          new byte
              [Math.min(
                  bytes.remaining() >= 4 ? Math.max(0, bytes.getInt()) : 0, bytes.remaining())];
      bytes.get(name);
      return bytes.hasRemaining() && type.equals(new String(name, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether it is the same key, whatever it may do and whoever it belongs to. */
  boolean same(PublicKey other) {
    return type.equals(other.type) && blob.equals(other.blob);
  }

  /** As sshd logs it and {@code ssh-keygen -l} prints it; empty for what is no base64. */
  String fingerprint() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(blob));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** The line. */
  String line() {
    return (options.isEmpty() ? "" : options + " ")
        + type
        + " "
        + blob
        + (comment.isEmpty() ? "" : " " + comment);
  }
}
