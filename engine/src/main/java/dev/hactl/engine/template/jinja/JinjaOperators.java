package dev.hactl.engine.template.jinja;

import dev.hactl.engine.template.jinja.Piece.Kind;
import dev.hactl.engine.template.jinja.Piece.Strength;

/** Operators between two values. */
final class JinjaOperators {
  private JinjaOperators() {}

  /** Two values with a sign between them. */
  static Piece join(Piece left, String sign, Piece right, Strength strength) {
    return Piece.of(left.in(strength) + " " + sign + " " + right.in(above(strength)), strength);
  }

  /** The right operand of what is read from left to right. */
  private static Strength above(Strength strength) {
    return switch (strength) {
      case DEFAULT -> Strength.OR;
      case OR -> Strength.OR;
      case AND -> Strength.AND;
      case EQUAL -> Strength.COMPARE;
      case COMPARE -> Strength.RANGE;
      case RANGE -> Strength.ADD;
      case ADD -> Strength.MULTIPLY;
      case MULTIPLY -> Strength.NOT;
      case NOT, TIGHT -> Strength.TIGHT;
    };
  }

  /** A comparison, also with none and of lengths with nought. */
  static Piece compared(Piece left, String sign, Piece right) {
    if (right.kind() == Kind.NONE || left.kind() == Kind.NONE) {
      Piece other = right.kind() == Kind.NONE ? left : right;
      return switch (sign) {
        case "==" -> JinjaTests.not(other.then("??"));
        case "!=" -> other.then("??").bool();
        default -> throw new Untranslatable("none has no order");
      };
    }
    if (left.kind() == Kind.LENGTH) {
      boolean some = (sign + right.text()).matches(">0|!=0|>=1");
      if (some || (sign + right.text()).matches("==0|<1")) {
        Piece content = Piece.tight(left.of() + "?has_content").bool();
        return some ? content : JinjaTests.not(content);
      }
    }
    Strength strength =
        sign.endsWith("=") && sign.length() == 2 && "=!".contains(sign.substring(0, 1))
            ? Strength.EQUAL
            : Strength.COMPARE;
    return Piece.of(
            left.in(above(strength)) + " " + sign + " " + right.in(above(strength)), strength)
        .bool();
  }
}
