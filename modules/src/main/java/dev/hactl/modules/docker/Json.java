package dev.hactl.modules.docker;

import dev.hactl.engine.module.UnreadableAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSON document, read without surprises: what is not there or null is empty.
 *
 * @param fields by name
 */
record Json(Map<?, ?> fields) {

  /** The objects of a list. */
  static List<Json> items(@Nullable Object list) {
    if (list == null) {
      return List.of();
    }
    if (!(list instanceof List<?> items)) {
      throw new UnreadableAnswer("a list is wanted in the JSON");
    }
    return items.stream().map(Json::of).toList();
  }

  private static Json of(@Nullable Object object) {
    if (object instanceof Map<?, ?> map) {
      return new Json(map);
    }
    throw new UnreadableAnswer("an object is wanted in the JSON");
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** An object inside; an empty one when there is none. */
  Json at(String name) {
    return fields.get(name) instanceof Map<?, ?> map ? new Json(map) : new Json(Map.of());
  }

  /** The objects of a list inside. */
  List<Json> list(String name) {
    return items(fields.get(name));
  }

  /** A text. */
  String text(String name) {
    Object value = fields.get(name);
    return value == null ? "" : value.toString();
  }

  /** A whole number; 0 when there is none. */
  long number(String name) {
    return fields.get(name) instanceof Number n ? n.longValue() : 0;
  }

  /** Whether it says true. */
  boolean flag(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  /** A list of texts; a text alone is a list of one. */
  List<String> texts(String name) {
    Object value = fields.get(name);
    if (value instanceof List<?> items) {
      return items.stream().map(String::valueOf).toList();
    }
    return value == null ? List.of() : List.of(value.toString());
  }

  /** An object whose values are texts. */
  Map<String, String> strings(String name) {
    var map = new LinkedHashMap<String, String>();
    at(name).fields().forEach((key, value) -> map.put(String.valueOf(key), String.valueOf(value)));
    return map;
  }

  /** The names of an object's fields. */
  List<String> names(String name) {
    return at(name).fields().keySet().stream().map(String::valueOf).toList();
  }
}
