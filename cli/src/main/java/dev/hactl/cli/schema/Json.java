package dev.hactl.cli.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts that schemas are put together from. */
final class Json {
  /** What FreeMarker has something to do in; the same as {@code Renderer.dynamic}. */
  private static final String DYNAMIC = "\\$\\{|<#|<@";

  private Json() {}

  /** Keys and values in turn, in this order. */
  static Map<String, Object> object(Object... words) {
    var all = new LinkedHashMap<String, Object>();
    for (int i = 0; i < words.length; i += 2) {
      all.put((String) words[i], words[i + 1]);
    }
    return all;
  }

  /** The definition of a name. */
  static Map<String, Object> ref(String definition) {
    return object("$ref", "#/definitions/" + definition);
  }

  /** Values of some JSON types. */
  static Map<String, Object> types(String... names) {
    return object("type", names.length == 1 ? names[0] : List.of(names));
  }

  /** One of several. */
  static Map<String, Object> anyOf(Object... schemas) {
    return object("anyOf", List.of(schemas));
  }

  /** A mapping that has one of some keys. */
  static Map<String, Object> has(List<String> keys) {
    return keys.size() == 1 ? required(keys.getFirst()) : object("anyOf", each(keys));
  }

  /** A mapping that has all of some keys. */
  static Map<String, Object> hasAll(String... keys) {
    return object("type", "object", "required", List.of(keys));
  }

  /** Nothing that is a mapping, with what an editor then says. */
  static Map<String, Object> never(String message) {
    return object("type", "null", "errorMessage", message);
  }

  /** A mapping of this form is wrong. */
  static Map<String, Object> wrong(Map<String, Object> form, String message) {
    return object("if", form, "then", never(message));
  }

  /** A text that FreeMarker has to render before anything can be said of it. */
  static Map<String, Object> rendered() {
    return object("type", "string", "pattern", DYNAMIC);
  }

  /** A text of some form, or one to render. */
  static Map<String, Object> textLike(String pattern) {
    return object("type", "string", "pattern", "(?:" + pattern + ")|" + DYNAMIC);
  }

  /** The same with a description before it, when there is one. */
  static Map<String, Object> described(String description, Map<String, Object> schema) {
    var all = new LinkedHashMap<String, Object>();
    if (!description.isEmpty()) {
      all.put("description", description);
    }
    all.putAll(schema);
    return all;
  }

  private static List<Map<String, Object>> each(List<String> keys) {
    return keys.stream().map(Json::required).toList();
  }

  private static Map<String, Object> required(String key) {
    return object("required", List.of(key));
  }
}
