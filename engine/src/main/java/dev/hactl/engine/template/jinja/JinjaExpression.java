package dev.hactl.engine.template.jinja;

import dev.hactl.engine.template.jinja.Piece.Strength;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says an expression of Ansible's as hactl writes it, with the user's own names. What it cannot say
 * for sure it does not say at all.
 */
public final class JinjaExpression {
  private static final int DEEPEST = 100;
  private static final Set<String> SIGNS = Set.of("==", "!=", "<", "<=", ">", ">=");

  private final Tokens tokens;
  private final Dialect dialect;
  private int depth;

  private JinjaExpression(Tokens tokens, Dialect dialect) {
    this.tokens = tokens;
    this.dialect = dialect;
  }

  /**
   * An expression for hactl.
   *
   * @param jinja what stands between <code>{{</code> and <code>}}</code>, or after {@code when:}
   * @return empty when there is no form that can be relied on
   */
  public static Optional<String> toHactl(String jinja) {
    try {
      return Optional.of(whole(jinja, new Dialect.Hint()).text());
    } catch (Untranslatable e) {
      return Optional.empty();
    }
  }

  /**
   * An expression as a piece.
   *
   * @throws Untranslatable when there is no form that the dialect relies on
   */
  static Piece whole(String jinja, Dialect dialect) {
    var tokens = new Tokens(jinja);
    dialect.check(tokens);
    var parser = new JinjaExpression(tokens, dialect);
    Piece all = parser.expression();
    if (tokens.peek().kind() != Tokens.Kind.END) {
      throw new Untranslatable("'" + tokens.peek().text() + "' is not expected there");
    }
    return all;
  }

  private Piece expression() {
    if (++depth > DEEPEST) {
      throw new Untranslatable("nested too deeply");
    }
    Piece value = or();
    if (tokens.tookWord("if")) {
      Piece condition = or();
      if (!tokens.tookWord("else")) {
        throw new Untranslatable("without else");
      }
      value =
          dialect
              .condition(condition)
              .then("?then(" + value.argument() + ", " + expression().argument() + ")");
    }
    depth--;
    return value;
  }

  private Piece or() {
    Piece left = and();
    while (tokens.tookWord("or")) {
      left = dialect.both(left, "||", and(), Strength.OR);
    }
    return left;
  }

  private Piece and() {
    Piece left = not();
    while (tokens.tookWord("and")) {
      left = dialect.both(left, "&&", not(), Strength.AND);
    }
    return left;
  }

  private Piece not() {
    if (++depth > DEEPEST) {
      throw new Untranslatable("nested too deeply");
    }
    Piece piece = tokens.tookWord("not") ? JinjaTests.not(dialect.condition(not())) : compare();
    depth--;
    return piece;
  }

  private Piece compare() {
    Piece left = add();
    while (true) {
      if (tokens.peek().kind() == Tokens.Kind.SIGN && SIGNS.contains(tokens.peek().text())) {
        left = JinjaOperators.compared(left, tokens.take().text(), add());
      } else if (tokens.tookWord("in")) {
        left = dialect.in(left, add());
      } else if (tokens.words("not", "in")) {
        tokens.take();
        tokens.take();
        left = JinjaTests.not(dialect.in(left, add()));
      } else {
        return left;
      }
    }
  }

  private Piece add() {
    Piece left = concat();
    while (tokens.sign("+") || tokens.sign("-")) {
      left = JinjaOperators.join(left, tokens.take().text(), concat(), Strength.ADD);
    }
    return left;
  }

  private Piece concat() {
    Piece first = multiply();
    if (!tokens.sign("~")) {
      return first;
    }
    var all = new ArrayList<Piece>();
    all.add(first);
    while (tokens.took("~")) {
      all.add(multiply());
    }
    // One text among the first two makes all of it text.
    boolean text = all.get(0).string().isPresent() || all.get(1).string().isPresent();
    var joined = new StringBuilder(text ? "" : "'' + ");
    String separator = "";
    for (Piece piece : all) {
      joined.append(separator).append(piece.in(Strength.MULTIPLY));
      separator = " + ";
    }
    return Piece.of(joined.toString(), Strength.ADD);
  }

  private Piece multiply() {
    Piece left = unary();
    while (true) {
      if (tokens.sign("*") || tokens.sign("/") || tokens.sign("%")) {
        left = JinjaOperators.join(left, tokens.take().text(), unary(), Strength.MULTIPLY);
      } else if (tokens.took("//")) {
        left = JinjaOperators.join(left, "/", unary(), Strength.MULTIPLY).then("?floor");
      } else if (tokens.sign("**")) {
        throw new Untranslatable("powers");
      } else {
        return left;
      }
    }
  }

  private Piece unary() {
    if (tokens.took("-")) {
      return Piece.of("-" + unary().in(Strength.NOT), Strength.NOT);
    }
    Piece value = JinjaPostfix.of(primary(), tokens, this::arguments, this::expression);
    while (true) {
      if (tokens.took("|")) {
        String name = dotted();
        value = dialect.filter(name, value, optionalArguments());
      } else if (tokens.tookWord("is")) {
        boolean negated = tokens.tookWord("not");
        String name = dotted();
        Piece tested = JinjaTests.apply(name, value, testArguments());
        value = negated ? JinjaTests.not(tested) : tested;
      } else {
        return value;
      }
    }
  }

  /** A name of a filter, without the collection it comes from. */
  private String dotted() {
    String name = tokens.wantName();
    while (tokens.took(".")) {
      name = tokens.wantName();
    }
    return name;
  }

  private Arguments optionalArguments() {
    return tokens.took("(") ? arguments(")") : Arguments.NONE;
  }

  /** A test takes one argument without brackets, too. */
  private Arguments testArguments() {
    if (tokens.took("(")) {
      return arguments(")");
    }
    boolean more =
        tokens.peek().kind() == Tokens.Kind.STRING || tokens.peek().kind() == Tokens.Kind.NUMBER;
    return more ? new Arguments(List.of(primary()), Map.of()) : Arguments.NONE;
  }

  private Arguments arguments(String close) {
    var given = new ArrayList<Piece>();
    var named = new LinkedHashMap<String, Piece>();
    while (!tokens.took(close)) {
      if (tokens.nameBefore("=")) {
        String name = tokens.wantName();
        tokens.want("=");
        named.put(name, expression());
      } else {
        given.add(expression());
      }
      if (!tokens.sign(close)) {
        tokens.want(",");
      }
    }
    return new Arguments(given, named);
  }

  private Piece primary() {
    Tokens.Token token = tokens.take();
    return switch (token.kind()) {
      case STRING -> Piece.string(token.text());
      case NUMBER -> Piece.tight(token.text());
      case NAME ->
          tokens.took("(")
              ? JinjaCalls.function(token.text(), arguments(")"))
              : dialect.name(token.text(), tokens);
      case SIGN ->
          switch (token.text()) {
            case "(" -> bracketed();
            case "[" -> Piece.tight("[" + list(arguments("]")) + "]");
            case "{" -> mapping();
            default -> throw new Untranslatable(token.text());
          };
      case END -> throw new Untranslatable("it ends too early");
    };
  }

  private Piece bracketed() {
    Piece inner = expression();
    tokens.want(")");
    return inner;
  }

  private static String list(Arguments items) {
    return String.join(
        ", ", items.only(Integer.MAX_VALUE).given().stream().map(Piece::argument).toList());
  }

  private Piece mapping() {
    var entries = new ArrayList<String>();
    while (!tokens.took("}")) {
      Piece key = expression();
      tokens.want(":");
      entries.add(key.argument() + ": " + expression().argument());
      if (!tokens.sign("}")) {
        tokens.want(",");
      }
    }
    return Piece.tight("{" + String.join(", ", entries) + "}");
  }
}
