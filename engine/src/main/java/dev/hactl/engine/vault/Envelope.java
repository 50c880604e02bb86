package dev.hactl.engine.vault;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * A text of Ansible Vault, taken apart: a line that names format, cipher and perhaps a vault id,
 * then lines of hexadecimal digits. These, decoded, are three lines of hexadecimal digits again:
 * salt, HMAC, and what is encrypted.
 *
 * <p>Formats 1.1 (without an id) and 1.2 (with one) of Ansible's {@code AES256} are known.
 *
 * @param id whose password opens it; {@link VaultPassword#DEFAULT} when it names none
 */
public record Envelope(String id, byte[] salt, byte[] hmac, byte[] encrypted) {
  /** How every such text begins. */
  public static final String MARK = "$ANSIBLE_VAULT;";

  private static final String CIPHER = "AES256";
  private static final int WIDTH = 80;
  private static final HexFormat HEX = HexFormat.of();
  private static final String AGAIN = "copy the whole text, from $ANSIBLE_VAULT to its last line";

  /** Whether a text says that it is encrypted. */
  public static boolean is(String text) {
    return text.startsWith(MARK);
  }

  /** Whether bytes say that they are encrypted. */
  public static boolean is(byte[] bytes) {
    return bytes.length >= MARK.length()
        && new String(bytes, 0, MARK.length(), StandardCharsets.ISO_8859_1).equals(MARK);
  }

  /**
   * Takes a text apart; blanks around its lines do not matter.
   *
   * @throws BrokenVaultException when it is not whole, or in a format that is not read
   */
  public static Envelope parse(String text) throws BrokenVaultException {
    List<String> lines = text.strip().lines().map(String::strip).toList();
    if (lines.isEmpty() || !is(lines.getFirst())) {
      throw new BrokenVaultException(
          "is no text of Ansible Vault: it does not begin with $ANSIBLE_VAULT", AGAIN);
    }
    String id = id(lines.getFirst().split(";", -1));
    var digits = new StringBuilder();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      int wrong = notHex(line);
      if (wrong >= 0) {
        throw broken("character " + (wrong + 1) + " of its line " + (i + 1) + " is no hex digit");
      }
      digits.append(line);
    }
    if (digits.isEmpty()) {
      throw broken("nothing follows its first line");
    }
    String[] parts = new String(unhex(digits), StandardCharsets.ISO_8859_1).split("\n", -1);
    if (parts.length != 3) {
      throw broken("it does not hold salt, HMAC and content");
    }
    byte[] hmac = unhex(parts[1]);
    byte[] encrypted = unhex(parts[2]);
    if (hmac.length != 32 || encrypted.length == 0 || encrypted.length % 16 != 0) {
      throw broken("its end is missing");
    }
    return new Envelope(id, unhex(parts[0]), hmac, encrypted);
  }

  /** The id in the first line. */
  private static String id(String[] head) throws BrokenVaultException {
    String version = head.length > 1 ? head[1].strip() : "";
    switch (version) {
      case "1.1", "1.2" -> {}
      case "1.0" ->
          throw new BrokenVaultException(
              "is in format 1.0 of Ansible Vault, which is not safe and is not read",
              "open it with the ansible-vault that wrote it, and encrypt it again");
      default ->
          throw new BrokenVaultException(
              "is in format '" + version + "' of Ansible Vault; 1.1 and 1.2 are read", AGAIN);
    }
    String cipher = head.length > 2 ? head[2].strip() : "";
    if (!cipher.equals(CIPHER)) {
      throw new BrokenVaultException(
          "is encrypted with '" + cipher + "'; only " + CIPHER + " is read", AGAIN);
    }
    String id = version.equals("1.2") && head.length > 3 ? head[3].strip() : "";
    return id.isEmpty() ? VaultPassword.DEFAULT : id;
  }

  private static int notHex(CharSequence line) {
    for (int i = 0; i < line.length(); i++) {
      if (!HexFormat.isHexDigit(line.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  private static byte[] unhex(CharSequence digits) throws BrokenVaultException {
    try {
      return HEX.parseHex(digits);
    } catch (IllegalArgumentException e) {
      throw broken("its end is missing");
    }
  }

  private static BrokenVaultException broken(String what) {
    return new BrokenVaultException("is a broken text of Ansible Vault: " + what, AGAIN);
  }

  /** The text as Ansible writes it, with a final line end. */
  public String text() {
    boolean named = !id.equals(VaultPassword.DEFAULT);
    var text = new StringBuilder(MARK).append(named ? "1.2;" : "1.1;").append(CIPHER);
    text.append(named ? ";" + id : "").append('\n');
    String parts =
        HEX.formatHex(salt) + "\n" + HEX.formatHex(hmac) + "\n" + HEX.formatHex(encrypted);
    String digits = HEX.formatHex(parts.getBytes(StandardCharsets.ISO_8859_1));
    for (int i = 0; i < digits.length(); i += WIDTH) {
      text.append(digits, i, Math.min(digits.length(), i + WIDTH)).append('\n');
    }
    return text.toString();
  }
}
