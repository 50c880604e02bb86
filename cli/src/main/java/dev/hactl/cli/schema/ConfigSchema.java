package dev.hactl.cli.schema;

import dev.hactl.cli.config.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A configuration file, {@code hactl.yml}, as JSON Schema draft-07. */
public final class ConfigSchema {
  private ConfigSchema() {}

  /** Such a file. */
  public static Map<String, Object> config() {
    var settings = new LinkedHashMap<String, Object>();
    for (Setting setting : Setting.values()) {
      settings.put(
          setting.key(),
          Json.described(
              "Stands for "
                  + setting.option()
                  + ": "
                  + setting.kind().wanted()
                  + (setting.fallback().isEmpty() ? "." : " (" + setting.fallback() + ")."),
              Json.anyOf(Json.types("null"), of(setting.kind()))));
    }
    return Json.object(
        "$schema",
        "http://json-schema.org/draft-07/schema#",
        "title",
        "hactl configuration",
        "type",
        List.of("object", "null"),
        "properties",
        settings,
        "additionalProperties",
        false);
  }

  private static Map<String, Object> of(Setting.Kind kind) {
    var text = Json.object("type", "string", "pattern", "\\S");
    return switch (kind) {
      case FLAG ->
          Json.anyOf(
              Json.types("boolean"),
              Json.object("enum", List.of("true", "false", "yes", "no", "on", "off")));
      case NUMBER ->
          Json.anyOf(
              Json.object("type", "integer", "minimum", 1, "maximum", 999_999_999),
              Json.object("type", "string", "pattern", "^[1-9][0-9]{0,8}$"));
      case FORMAT -> Json.object("enum", List.of("text", "json"));
      case TEXT, FILE -> text;
      case FILES, IDS, SOURCES -> Json.anyOf(text, Json.object("type", "array", "items", text));
    };
  }
}
