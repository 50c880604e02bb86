package dev.hactl.cli.schema;

import dev.hactl.engine.model.Keyword;
import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Literals;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What may stand after a parameter or a keyword. */
final class ValueSchema {
  private static final String WHOLE = "^\\s*[+-]?[0-9]+\\s*$";
  private static final String NUMBER = "^\\s*[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?\\s*$";
  private static final String FLAG =
      "^([Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$";
  private static final Map<String, Object> SCALAR = Json.types("string", "number", "boolean");

  private static final Node NUMBER_NODE =
      new Node.Scalar("644", Node.Kind.INTEGER, true, "", Place.of("a schema"));
  private static final Node LIST_NODE =
      new Node.Sequence(
          List.of(new Node.Scalar("a", Node.Kind.TEXT, true, "", Place.of("a schema"))),
          Place.of("a schema"));

  private ValueSchema() {}

  /** The values of a parameter's type. YAML's null means that it is not given. */
  static Map<String, Object> of(Type<?> type, boolean required) {
    Map<String, Object> schema =
        switch (type) {
          case Type.Plain<?> plain -> of(plain);
          case Type.Expression e -> SCALAR;
          case Type.Expressions e -> oneOrMany();
          case Type.LocalFile f -> SCALAR;
          case Type.LocalCommand c -> oneOrMany();
          case Type.Source s -> SCALAR;
          case Type.Template t -> SCALAR;
        };
    return required || schema.isEmpty() ? schema : withNull(schema);
  }

  private static Map<String, Object> of(Type.Plain<?> type) {
    if (!type.choices().isEmpty()) {
      return choices(type);
    }
    return switch (type.json()) {
      case "string" ->
          refuses(type, NUMBER_NODE)
              ? Json.types("string")
              : refuses(type, LIST_NODE) ? SCALAR : oneOrMany();
      case "integer" -> Json.anyOf(Json.types("integer"), Json.textLike(WHOLE));
      case "number" -> Json.anyOf(Json.types("number"), Json.textLike(NUMBER));
      case "boolean" -> Json.anyOf(Json.types("boolean"), Json.textLike(FLAG));
      case "array" ->
          type.equals(Types.TEXTS) || type.equals(Types.NAMES)
              ? oneOrMany()
              : Json.types("array", "string", "number", "boolean", "object");
      case "object" -> Json.anyOf(Json.types("object"), Json.rendered());
      default -> Json.object();
    };
  }

  /** The words themselves; those that YAML takes for something else also as that. */
  private static Map<String, Object> choices(Type.Plain<?> type) {
    var words = new ArrayList<Object>(type.choices());
    for (String word : type.choices()) {
      if (word.equals("true") || word.equals("false")) {
        words.add(Boolean.valueOf(word));
      } else if (word.matches("[0-9]{1,9}")) {
        words.add(Integer.valueOf(word));
      }
    }
    var word = Json.object("enum", words);
    return type.json().equals("array")
        ? Json.anyOf(
            Json.object("type", "array", "items", Json.anyOf(word, Json.rendered())),
            word,
            Json.rendered())
        : Json.anyOf(word, Json.rendered());
  }

  /** Whether a type does not take a value as it is written. */
  private static boolean refuses(Type.Plain<?> type, Node node) {
    try {
      if (node instanceof Node.Scalar scalar) {
        type.literal().accept(scalar);
        return false;
      }
      return type.convert().apply(Literals.value(node)) == null;
    } catch (BadValue doesNotFit) {
      return true;
    }
  }

  /**
   * What may stand after a keyword.
   *
   * @param documents what a transaction may be of
   */
  static Map<String, Object> of(Keyword.Shape shape, Collection<String> documents) {
    return switch (shape) {
      case FLAG ->
          Json.anyOf(Json.types("boolean"), Json.object("type", "string", "pattern", FLAG));
      case TEXT -> SCALAR;
      case NUMBER -> Json.anyOf(Json.types("number"), Json.textLike(NUMBER));
      case NAME ->
          Json.object("type", List.of("string", "boolean"), "pattern", "^[A-Za-z_][A-Za-z0-9_]*$");
      case CONDITIONS, WORDS -> withNull(oneOrMany());
      case LIST -> Json.types("array", "string", "number", "boolean", "null");
      case NAMED -> Json.types("string", "number", "boolean", "object");
      case MAPPING -> Json.types("object", "null");
      case COLLECTION, ANY -> Json.object();
      case TASKS ->
          withNull(Json.object("type", "array", "items", Json.ref(PlaybookSchema.A_TASK)));
      case DOCUMENT -> Json.object("enum", List.copyOf(documents));
    };
  }

  private static Map<String, Object> oneOrMany() {
    return Json.anyOf(SCALAR, Json.object("type", "array", "items", SCALAR));
  }

  private static Map<String, Object> withNull(Map<String, Object> schema) {
    return Json.anyOf(schema, Json.types("null"));
  }
}
