package dev.hactl.cli.schema;

import java.util.List;
import java.util.Map;

/** A file of a user's own module, {@code modules/NAME.yml}, as JSON Schema draft-07. */
public final class UserModuleSchema {
  private UserModuleSchema() {}

  /** Such a file. */
  public static Map<String, Object> module() {
    return Json.object(
        "$schema",
        "http://json-schema.org/draft-07/schema#",
        "title",
        "hactl module",
        "type",
        "object",
        "required",
        List.of("probe", "apply"),
        "properties",
        Json.object(
            "summary",
            text("What hactl doc prints of it in one line."),
            "description",
            text("What hactl doc prints of it."),
            "parameters",
            Json.object(
                "description",
                "Names of parameters, which are shell variables in both texts.",
                "type",
                "object",
                "propertyNames",
                Json.object("pattern", "^(?!hactl_)[a-z][a-z0-9_]*$"),
                "additionalProperties",
                parameter()),
            "probe",
            script("Only looks. Exit 0: as wanted, 1: a change is needed, else: a failure."),
            "apply",
            script("Makes the change; any exit status but 0 is a failure."),
            "impact",
            impact(),
            "interruptible",
            flag("Whether the change may be cut short and repaired by a rerun."),
            "timeout",
            Json.described(
                "Seconds for the change, 300 when left out.",
                Json.anyOf(
                    Json.object("type", "number", "minimum", 0, "maximum", 1_000_000_000),
                    Json.object("type", "string", "pattern", "^\\s*[0-9.]+\\s*$"))),
            "returns",
            Json.object(
                "description",
                "Names that the probe prints as name=value lines, with what they are.",
                "type",
                "object",
                "additionalProperties",
                Json.types("string", "number", "boolean", "null"))),
        "additionalProperties",
        false);
  }

  private static Map<String, Object> text(String description) {
    return Json.described(description, Json.types("string", "number", "boolean"));
  }

  private static Map<String, Object> script(String description) {
    return Json.described(description, Json.object("type", "string", "pattern", "\\S"));
  }

  private static Map<String, Object> flag(String description) {
    return Json.described(
        description,
        Json.anyOf(
            Json.types("boolean"),
            Json.object("type", "string", "pattern", "^(?i:yes|no|on|off|true|false)$")));
  }

  private static Map<String, Object> parameter() {
    return Json.object(
        "type",
        List.of("object", "null"),
        "properties",
        Json.object(
            "type",
            Json.object(
                "description",
                "How its value is read; text when left out.",
                "enum",
                List.of("text", "integer", "boolean", "path", "mode", "list")),
            "required",
            flag("Whether it must be given."),
            "default",
            Json.object("description", "Its value when it is not given."),
            "choices",
            Json.described(
                "The only words that it takes.",
                Json.types("array", "string", "number", "boolean")),
            "description",
            text("What to write."),
            "secret",
            flag("Whether its value is never shown.")),
        "additionalProperties",
        false);
  }

  private static Map<String, Object> impact() {
    return Json.described(
        "What the change does to others.",
        Json.anyOf(
            Json.object("enum", List.of("none", "disruptive")),
            Json.object(
                "type",
                "object",
                "properties",
                Json.object("disruptive", text("What it stops, moves or restarts.")),
                "required",
                List.of("disruptive"),
                "additionalProperties",
                false),
            Json.object(
                "type",
                "object",
                "properties",
                Json.object(
                    "destructive",
                    Json.object(
                        "type",
                        "object",
                        "properties",
                        Json.object(
                            "what",
                            text("What would be lost."),
                            "token",
                            text("The parameter whose value names it.")),
                        "required",
                        List.of("what", "token"),
                        "additionalProperties",
                        false)),
                "required",
                List.of("destructive"),
                "additionalProperties",
                false)));
  }
}
