package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Sha2Crypt;

/** Encodings, digests, hashes of passwords, names made from names. */
final class HashFunctions implements Group {
  /** Of Ansible's filter to_uuid, so that both make the same names. */
  private static final String ANSIBLE_NAMESPACE = "361E6D51-FAEC-444A-9079-341386DA8E2E";

  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "md5", "MD5", "sha1", "SHA-1", "sha224", "SHA-224", "sha256", "SHA-256", "sha384",
          "SHA-384", "sha512", "SHA-512");
  private static final Pattern SALT = Pattern.compile("[A-Za-z0-9./]{1,16}");
  private static final int DEFAULT_ROUNDS = 5000;

  @Override
  public String title() {
    return "Encodings and hashes";
  }

  @Override
  public List<FunctionForm> forms() {
    return List.of(
        new FunctionForm(
            "b64encode",
            "text",
            "the text's UTF-8 in base64",
            "b64encode('hello')",
            "\"aGVsbG8=\""),
        new FunctionForm(
            "b64decode",
            "text",
            "the text that base64 stands for",
            "b64decode('aGVsbG8=')",
            "\"hello\""),
        new FunctionForm(
            "hash",
            "text, algorithm",
            "a digest in hexadecimal; `md5`, `sha1`, `sha224`, `sha256`, `sha384`, `sha512`",
            "hash('hello', 'sha1')",
            "\"aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d\""),
        new FunctionForm(
            "sha256",
            "text",
            "the same as `hash(text, 'sha256')`",
            "sha256('hello')[0..<16]",
            "\"2cf24dba5fb0a30e\""),
        new FunctionForm(
            "password_hash",
            "password, [scheme], [salt], [rounds]",
            "for `/etc/shadow`, by `sha512` or `sha256`; the salt comes from the host's name unless"
                + " one is given, so the hash is the same in every run",
            "password_hash('geheim', 'sha512', 'abcdefgh')?keep_before_last('$')",
            "\"$6$abcdefgh\""),
        new FunctionForm(
            "to_uuid",
            "name, [namespace]",
            "a UUID that belongs to a name, the same as Ansible's",
            "to_uuid('db1')",
            "\"222a196a-2a2d-5724-92ab-752a279851d6\""));
  }

  @Override
  public Value call(String name, Args args) {
    return Value.text(
        switch (name) {
          case "b64encode" -> Base64.getEncoder().encodeToString(bytes(args.text(0)));
          case "b64decode" -> decoded(args);
          case "hash" -> hash(args, args.word(1, ALGORITHMS.keySet().stream().sorted().toList()));
          case "sha256" -> hash(args, "sha256");
          case "password_hash" -> crypt(args);
          case "to_uuid" -> uuid(args);
          default -> throw new IllegalArgumentException(name);
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String decoded(Args args) {
    try {
      byte[] decoded = Base64.getMimeDecoder().decode(args.text(0));
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded)).toString();
    } catch (IllegalArgumentException e) {
      throw args.bad(0, "is not base64");
    } catch (CharacterCodingException e) {
      throw args.bad(
          0,
          "stands for bytes that are no text",
          "put them on the host in base64 and decode them there, as in base64 -d");
    }
  }

  private static String hash(Args args, String algorithm) {
    return HexFormat.of().formatHex(digest(algorithm, bytes(args.text(0))));
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(ALGORITHMS.getOrDefault(algorithm, algorithm)).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  private static String crypt(Args args) {
    String scheme = args.has(1) ? args.word(1, List.of("sha512", "sha256")) : "sha512";
    String salt = args.has(2) ? args.text(2) : salt(args.around().host());
    if (!SALT.matcher(salt).matches()) {
      throw args.bad(2, "must be 1 to 16 letters, digits, dots or slashes");
    }
    int rounds = args.whole(3, 1000, 999_999_999, DEFAULT_ROUNDS);
    String setting = (rounds == DEFAULT_ROUNDS ? "" : "rounds=" + rounds + "$") + salt;
    byte[] key = bytes(args.text(0));
    return scheme.equals("sha512")
        ? Sha2Crypt.sha512Crypt(key, "$6$" + setting)
        : Sha2Crypt.sha256Crypt(key, "$5$" + setting);
  }

  /**
   * Never made from the password: who knows the salt could try passwords at the cost of making
   * salts, which is far less than that of the hash.
   */
  private static String salt(String host) {
    byte[] digest = digest("sha256", bytes("hactl password_hash " + host));
    return Base64.getEncoder().encodeToString(digest).replace('+', '.').substring(0, 16);
  }

  private static String uuid(Args args) {
    UUID space;
    try {
      space = UUID.fromString(args.text(1, ANSIBLE_NAMESPACE));
    } catch (IllegalArgumentException e) {
      throw args.bad(1, "must be a UUID");
    }
    byte[] name = bytes(args.text(0));
    ByteBuffer all = ByteBuffer.allocate(16 + name.length);
    all.putLong(space.getMostSignificantBits()).putLong(space.getLeastSignificantBits()).put(name);
    ByteBuffer sum = ByteBuffer.wrap(digest("sha1", all.array()));
    long high = (sum.getLong() & ~0xF000L) | 0x5000L; // version 5
    long low = (sum.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L; // variant of RFC 4122
    return new UUID(high, low).toString();
  }
}
