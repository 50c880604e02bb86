package dev.hactl.engine.template.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of an expression of Jinja. */
final class Tokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<name>[A-Za-z_]\\w*)|(?<number>[0-9]+(?:\\.[0-9]+)?)"
              + "|(?<string>'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\")"
              + "|(?<sign>==|!=|<=|>=|//|\\*\\*|[-+*/%~|.,:()\\[\\]{}<>=!&?]))",
          Pattern.DOTALL);

  /** What a word is. */
  enum Kind {
    NAME,
    NUMBER,
    STRING,
    SIGN,
    END
  }

  /** One word; a string without its quotes and escapes. */
  record Token(Kind kind, String text) {}

  private final List<Token> all = new ArrayList<>();
  private int next;

  Tokens(String text) {
    Matcher token = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length() && token.region(at, text.length()).lookingAt()) {
      at = token.end();
      if (token.group("name") != null) {
        all.add(new Token(Kind.NAME, token.group("name")));
      } else if (token.group("number") != null) {
        all.add(new Token(Kind.NUMBER, token.group("number")));
      } else if (token.group("string") != null) {
        all.add(new Token(Kind.STRING, content(token.group("string"))));
      } else {
        all.add(new Token(Kind.SIGN, token.group("sign")));
      }
    }
    if (!text.substring(at).isBlank()) {
      throw new Untranslatable("a character that Jinja does not know");
    }
    all.add(new Token(Kind.END, ""));
  }

  /** As Python reads it: a backslash before any other letter stays. */
  private static String content(String quoted) {
    var content = new StringBuilder();
    for (int i = 1; i < quoted.length() - 1; i++) {
      char c = quoted.charAt(i);
      if (c != '\\') {
        content.append(c);
        continue;
      }
      char escaped = quoted.charAt(++i);
      switch (escaped) {
        case 'n' -> content.append('\n');
        case 't' -> content.append('\t');
        case '\\', '\'', '"' -> content.append(escaped);
        default -> content.append(c).append(escaped);
      }
    }
    return content.toString();
  }

  /** All of them, the end among them. */
  List<Token> all() {
    return all;
  }

  Token peek() {
    return all.get(next);
  }

  Token take() {
    Token token = all.get(next);
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }

  private boolean is(Kind kind, String text, int ahead) {
    int at = Math.min(next + ahead, all.size() - 1);
    return all.get(at).kind() == kind && all.get(at).text().equals(text);
  }

  boolean sign(String text) {
    return is(Kind.SIGN, text, 0);
  }

  boolean word(String text) {
    return is(Kind.NAME, text, 0);
  }

  boolean words(String first, String second) {
    return is(Kind.NAME, first, 0) && is(Kind.NAME, second, 1);
  }

  /** Whether a name and then this sign follow. */
  boolean nameBefore(String sign) {
    return peek().kind() == Kind.NAME && is(Kind.SIGN, sign, 1);
  }

  /** Takes the sign when it is next. */
  boolean took(String sign) {
    if (sign(sign)) {
      next++;
      return true;
    }
    return false;
  }

  /** Takes the word when it is next. */
  boolean tookWord(String word) {
    if (word(word)) {
      next++;
      return true;
    }
    return false;
  }

  void want(String sign) {
    if (!took(sign)) {
      throw new Untranslatable("'" + sign + "' is missing");
    }
  }

  String wantName() {
    if (peek().kind() != Kind.NAME) {
      throw new Untranslatable("a name is missing");
    }
    return take().text();
  }
}
