package dev.hactl.cli.schema;

import dev.hactl.engine.model.Keyword;
import dev.hactl.engine.model.Keywords;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.module.TransactionModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Playbooks, and files of tasks, as JSON Schema draft-07, which is what the YAML language server of
 * editors understands best.
 */
public final class PlaybookSchema {
  private static final String DRAFT = "http://json-schema.org/draft-07/schema#";
  static final String A_TASK = "a_task";

  private final SortedMap<String, Module<?>> modules = new TreeMap<>();
  private final TreeSet<String> documents = new TreeSet<>();
  private final Map<String, Object> definitions = new LinkedHashMap<>();

  private PlaybookSchema(Modules all) {
    for (String name : all.callable()) {
      all.find(name).ifPresent(module -> modules.put(name, module));
    }
    for (Module<?> module : modules.values()) {
      if (module instanceof TransactionModule<?, ?, ?> edits) {
        documents.add(edits.transaction().name());
      }
    }
    define();
  }

  /** A list of plays that may call these modules. */
  public static Map<String, Object> playbook(Modules modules) {
    return new PlaybookSchema(modules).rooted("hactl playbook", list("a_play"));
  }

  /** A list of tasks that may call these modules. */
  public static Map<String, Object> tasks(Modules modules) {
    return new PlaybookSchema(modules).rooted("hactl tasks", list(A_TASK));
  }

  private Map<String, Object> rooted(String title, Map<String, Object> root) {
    var schema = Json.object("$schema", DRAFT, "title", title);
    schema.putAll(root);
    schema.put("definitions", definitions);
    return schema;
  }

  private static Map<String, Object> list(String definition) {
    return Json.object("type", "array", "items", Json.ref(definition));
  }

  private void define() {
    // An editor offers what stands after "else" where nothing is written yet, so that also names
    // the keyword which decides.
    definitions.put("a_play", choice("import_playbook", "import", "play"));
    definitions.put(A_TASK, choice("block", "block", "task"));
    definitions.put("play", level(Keywords.Level.PLAY, "hosts", "import_playbook"));
    definitions.put("import", level(Keywords.Level.IMPORT, "import_playbook"));
    definitions.put("block", level(Keywords.Level.BLOCK, "block"));
    definitions.put("task", task());
    definitions.put("module_name", Json.object("enum", List.copyOf(modules.keySet())));
    modules.forEach((name, module) -> {
      var schema = new ModuleSchema(module);
      definitions.put("module_" + name, schema.loose());
      schema.required().ifPresent(needed -> definitions.put("needed_" + name, needed));
    });
  }

  private static Map<String, Object> choice(String keyword, String then, String otherwise) {
    return Json.object(
        "if", Json.hasAll(keyword), "then", Json.ref(then), "else", Json.ref(otherwise));
  }

  /** A mapping of keywords; the first of {@code further} must be there. */
  private Map<String, Object> level(Keywords.Level level, String... further) {
    Map<String, Object> properties = properties(level);
    for (String keyword : further) {
      properties.computeIfAbsent(keyword, PlaybookSchema::pointer);
    }
    return Json.object(
        "type",
        "object",
        "properties",
        properties,
        "additionalProperties",
        false,
        "required",
        List.of(further[0]));
  }

  private static Map<String, Object> pointer(String keyword) {
    return Keywords.all().keySet().stream()
        .filter(k -> k.name().equals(keyword))
        .findFirst()
        .map(k -> Json.object("description", k.description()))
        .orElseThrow();
  }

  private Map<String, Object> properties(Keywords.Level level) {
    var properties = new LinkedHashMap<String, Object>();
    for (Keyword keyword : Keywords.of(level)) {
      properties.put(
          keyword.name(),
          Json.described(keyword.description(), ValueSchema.of(keyword.shape(), documents)));
    }
    return properties;
  }

  private Map<String, Object> task() {
    Map<String, Object> properties = properties(Keywords.Level.TASK);
    var keywords = List.copyOf(properties.keySet());
    var patterns = new LinkedHashMap<String, Object>();
    for (Keyword call : Keywords.calls()) {
      var schema = Json.described(call.description(), ValueSchema.of(call.shape(), documents));
      properties.put(call.name(), schema);
      patterns.put("^[a-z_]+[.][a-z_]+[.]" + call.name() + "$", schema);
    }
    var others = new LinkedHashMap<String, Object>();
    var needed = new LinkedHashMap<String, Object>();
    modules.forEach((name, module) -> {
      properties.put(name, Json.ref("module_" + name));
      patterns.put("^[a-z_]+[.][a-z_]+[.]" + name + "$", Json.ref("module_" + name));
      others.put(name, alone(name));
      if (new ModuleSchema(module).required().isPresent()) {
        needed.put(name, Json.ref("needed_" + name));
      }
    });
    properties.computeIfAbsent("block", PlaybookSchema::pointer);
    var rules = new ArrayList<Object>();
    rules.add(
        Json.wrong(
            Json.object("type", "object", "propertyNames", Json.object("enum", keywords)),
            "this task calls no module"));
    rules.add(
        Json.object("if", Json.has(List.of("args")), "else", Json.object("properties", needed)));
    return Json.object(
        "type",
        "object",
        "properties",
        properties,
        "patternProperties",
        patterns,
        "additionalProperties",
        false,
        "dependencies",
        others,
        "allOf",
        rules);
  }

  /** Beside this module no other. */
  private static Map<String, Object> alone(String module) {
    var others =
        Json.anyOf(Json.object("not", Json.ref("module_name")), Json.object("const", module));
    return Json.object(
        "if", Json.object("propertyNames", others), "else", Json.never("a task calls one module"));
  }
}
