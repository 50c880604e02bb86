package dev.hactl.engine.source;

import dev.hactl.engine.vault.Keyring;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A YAML node with its place. Aliases are resolved, merge keys merged, duplicate keys refused. */
public sealed interface Node {

  /** Where the node begins. */
  Place place();

  /** What a reader would call it: {@code text}, {@code list}, ... */
  String describe();

  /** What YAML 1.2's core schema makes of a plain scalar; quoted ones are always text. */
  enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    NULL
  }

  /**
   * A single value.
   *
   * @param text the characters as written, without quotes ({@code 0644} stays {@code 0644}); still
   *     encrypted when the value is
   * @param kind what the core schema makes of it
   * @param plain whether it was written without quotes on one line
   * @param tag an explicit local tag such as {@code !vault}, or empty
   * @param place where it begins
   */
  record Scalar(String text, Kind kind, boolean plain, String tag, Place place) implements Node {
    /** The tag of a value that is encrypted by itself; its text is what Ansible Vault wrote. */
    public static final String VAULT = "!vault";

    /** Whether the value is encrypted by itself. */
    public boolean vaulted() {
      return tag.equals(VAULT);
    }

    /** Whether the value is secret: encrypted by itself, or in an encrypted file. */
    public boolean secret() {
      return vaulted() || place.file().encrypted();
    }

    /** The text as it may be shown. */
    public String shown() {
      return secret() ? "<secret>" : text;
    }

    /**
     * The text, decrypted where it is encrypted.
     *
     * @throws SourceException when no password opens it
     */
    public String reveal() {
      if (!vaulted()) {
        return text;
      }
      Keyring keyring = place.file().opening().keyring();
      return switch (keyring.open(text)) {
        case Keyring.Opened.Plain plain -> {
          String revealed = utf8(plain.bytes());
          keyring.met(revealed);
          yield revealed;
        }
        case Keyring.Opened.Refused refused ->
            throw new SourceException(
                Problem.error(place, "this value " + refused.why(), refused.advice()));
      };
    }

    private String utf8(byte[] bytes) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        throw new SourceException(
            Problem.error(
                place,
                "this value is encrypted, and what is in it is not UTF-8 text",
                "keep bytes in an encrypted file, and name it as the source of a copy"));
      }
    }

    @Override
    public String describe() {
      return switch (kind) {
        case TEXT -> "text";
        case INTEGER, DECIMAL -> "number";
        case BOOLEAN -> "boolean";
        case NULL -> "nothing";
      };
    }
  }

  /** A list. */
  record Sequence(List<Node> items, Place place) implements Node {
    @Override
    public String describe() {
      return "list";
    }
  }

  /** A mapping; keys are scalars and differ. */
  record Mapping(List<Entry> entries, Place place) implements Node {

    /** The value of a key. */
    public Optional<Node> get(String key) {
      return entry(key).map(Entry::value);
    }

    /** The entry of a key. */
    public Optional<Entry> entry(String key) {
      for (Entry e : entries) { // asked some thirty times for every task
        if (e.key().text().equals(key)) {
          return Optional.of(e);
        }
      }
      return Optional.empty();
    }

    @Override
    public String describe() {
      return "mapping";
    }
  }

  /** One key and its value. */
  record Entry(Scalar key, Node value) {
    /** The key's text. */
    public String name() {
      return key.text();
    }
  }
}
