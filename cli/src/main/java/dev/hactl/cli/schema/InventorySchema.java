package dev.hactl.cli.schema;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.run.ConnectionNames;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Inventories, and files of variables, as JSON Schema draft-07. */
public final class InventorySchema {
  private static final String DRAFT = "http://json-schema.org/draft-07/schema#";

  private InventorySchema() {}

  /** A YAML inventory. */
  public static Map<String, Object> inventory() {
    return Json.object(
        "$schema",
        DRAFT,
        "title",
        "hactl inventory",
        "type",
        "object",
        "propertyNames",
        Json.object("not", Json.object("enum", List.of("hosts", "children", "vars"))),
        "additionalProperties",
        Json.ref("group"),
        "definitions",
        Json.object("group", group(), "vars", variables()));
  }

  /** A file of variables: group_vars, host_vars, vars_files. */
  public static Map<String, Object> vars() {
    var schema = Json.object("$schema", DRAFT, "title", "hactl variables");
    schema.putAll(variables());
    return schema;
  }

  private static Map<String, Object> group() {
    return Json.object(
        "type",
        List.of("object", "null"),
        "properties",
        Json.object(
            "hosts",
            names("Hosts of the group, each with variables of its own or none.", Json.ref("vars")),
            "children",
            names("Groups that belong to this group.", Json.ref("group")),
            "vars",
            Json.object(
                "description",
                "Variables of all hosts of the group.",
                "allOf",
                List.of(Json.ref("vars"))),
            "cluster",
            Json.described(
                "The name of the cluster that the hosts of the group form.",
                Json.types("string", "number", "boolean"))),
        "additionalProperties",
        false);
  }

  private static Map<String, Object> names(String description, Map<String, Object> values) {
    return Json.object(
        "description",
        description,
        "type",
        List.of("object", "null"),
        "additionalProperties",
        values);
  }

  private static Map<String, Object> variables() {
    var known = new LinkedHashMap<String, Object>();
    for (String name : ConnectionNames.all()) {
      known.put(name, connection(name));
    }
    return Json.object("type", List.of("object", "null"), "properties", known);
  }

  private static Map<String, Object> connection(String name) {
    return switch (name) {
      case "ansible_connection" ->
          Json.described(
              "How a shell is reached: ssh (the default), openssh (the installed client), local"
                  + " (this machine).",
              Json.anyOf(
                  Json.object(
                      "enum",
                      Arrays.stream(ConnectionSettings.Kind.values()).map(Types::word).toList()),
                  Json.rendered()));
      case "ansible_port", "ansible_ssh_port" ->
          Json.described("The port to log in at.", ValueSchema.of(Types.INTEGER, true));
      case "ansible_become" ->
          Json.described(
              "Run tasks as root, or as another user.", ValueSchema.of(Types.BOOL, true));
      default -> ValueSchema.of(Types.TEXT, true);
    };
  }
}
