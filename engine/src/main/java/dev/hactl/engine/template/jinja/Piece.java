package dev.hactl.engine.template.jinja;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A piece of an expression, already as hactl writes it.
 *
 * @param text the piece
 * @param strength how tightly its operator binds
 * @param kind what is known of its value
 * @param of what it was made from, for a length and a group of a match
 */
record Piece(String text, Strength strength, Kind kind, String of) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

  /** FreeMarker's operators from weak to strong. */
  enum Strength {
    /** {@code x!y} takes what follows with it, so it always needs brackets. */
    DEFAULT,
    OR,
    AND,
    EQUAL,
    COMPARE,
    RANGE,
    ADD,
    MULTIPLY,
    NOT,
    TIGHT
  }

  /** What is known of a value without knowing the variables. */
  enum Kind {
    ANY,
    STRING,
    NONE,
    LENGTH,
    GROUP,
    BOOLEAN,
    /** True or false only where a condition is wanted. */
    TRUTH
  }

  static Piece of(String text, Strength strength) {
    return new Piece(text, strength, Kind.ANY, "");
  }

  /** A name, a call, a literal, something in brackets. */
  static Piece tight(String text) {
    return of(text, Strength.TIGHT);
  }

  /** The piece as an operand of something that binds so tightly. */
  String in(Strength other) {
    return strength.compareTo(other) >= 0 ? text : "(" + text + ")";
  }

  /** With something behind it that belongs to it. */
  Piece then(String suffix) {
    return tight(in(Strength.TIGHT) + suffix);
  }

  /** As an argument of a call. */
  String argument() {
    return text;
  }

  /** The same, known to be true or false. */
  Piece bool() {
    return new Piece(text, strength, Kind.BOOLEAN, of);
  }

  boolean name() {
    return NAME.matcher(text).matches();
  }

  /** The content of a string; empty for anything else. */
  Optional<String> string() {
    return kind == Kind.STRING ? Optional.of(of) : Optional.empty();
  }

  /** A string with this content. */
  static Piece string(String content) {
    boolean raw = content.contains("\\") && !content.contains("'") && content.indexOf('\n') < 0;
    String escaped =
        content
            .replace("\\", "\\\\")
            .replace("'", "\\'")
            .replace("\n", "\\n")
            .replace("\t", "\\t")
            .replace("${", "$\\{");
    return new Piece(
        raw ? "r'" + content + "'" : "'" + escaped + "'", Strength.TIGHT, Kind.STRING, content);
  }
}
