package dev.hactl.cli.schema;

import dev.hactl.engine.module.Field;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Module;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The parameters of a module. */
final class ModuleSchema {
  private final Module<?> module;
  private final Form<?> form;

  ModuleSchema(Module<?> module) {
    this.module = module;
    this.form = module.form();
  }

  /** What may stand after the module's name, however much of it is missing. */
  Map<String, Object> loose() {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("description", module.manual().summary() + ".");
    schema.put(
        "type",
        form.freeForm().isPresent()
            ? List.of("object", "string", "number", "boolean", "array", "null")
            : List.of("object", "null"));
    schema.put("properties", properties());
    if (!form.open()) {
      schema.put("additionalProperties", false);
    }
    List<Object> never = never();
    if (!never.isEmpty()) {
      schema.put("allOf", never);
    }
    return schema;
  }

  private Map<String, Object> properties() {
    var properties = new LinkedHashMap<String, Object>();
    for (Field<?> field : form.fields()) {
      properties.put(
          field.name(),
          Json.described(text(field), ValueSchema.of(field.type(), field.required())));
    }
    for (Field<?> field : form.fields()) {
      for (String alias : field.aliases()) {
        properties.putIfAbsent(
            alias,
            Json.described(
                "Another name of " + field.name() + ".",
                ValueSchema.of(field.type(), field.required())));
      }
    }
    return properties;
  }

  private static String text(Field<?> field) {
    String text = field.description();
    Optional<String> fallback = field.fallback().filter(f -> !f.isEmpty());
    return text + fallback.map(f -> " Default: " + f + ".").orElse("");
  }

  /** What must not stand together. */
  private List<Object> never() {
    var never = new ArrayList<Object>();
    for (Field<?> field : form.fields()) {
      List<String> names = names(field.name());
      for (int i = 1; i < names.size(); i++) {
        for (int j = 0; j < i; j++) {
          never.add(
              Json.wrong(
                  Json.hasAll(names.get(j), names.get(i)),
                  names.get(i) + " is another name of " + names.get(j)));
        }
      }
    }
    for (List<String> set : form.exclusive()) {
      for (int i = 1; i < set.size(); i++) {
        for (int j = 0; j < i; j++) {
          never.add(
              Json.wrong(
                  Json.object(
                      "type",
                      "object",
                      "allOf",
                      List.of(Json.has(names(set.get(j))), Json.has(names(set.get(i))))),
                  "only one of " + String.join(", ", set)));
        }
      }
    }
    return never;
  }

  /** What must be there when no {@code args} can bring it; empty when nothing must. */
  Optional<Map<String, Object>> required() {
    List<List<String>> sets =
        Stream.concat(
                form.fields().stream().filter(Field::required).map(f -> List.of(f.name())),
                form.oneOf().stream())
            .toList();
    if (sets.isEmpty()) {
      return Optional.empty();
    }
    boolean textIsEnough =
        form.freeForm().filter(f -> sets.stream().allMatch(s -> s.contains(f))).isPresent();
    var schema = new LinkedHashMap<String, Object>();
    schema.put(
        "type",
        textIsEnough ? List.of("object", "string", "number", "boolean", "array") : "object");
    schema.put(
        "allOf",
        sets.stream()
            .map(s -> Json.has(s.stream().flatMap(n -> names(n).stream()).toList()))
            .toList());
    return Optional.of(schema);
  }

  private List<String> names(String parameter) {
    return Stream.concat(
            Stream.of(parameter),
            form.field(parameter).stream()
                .flatMap(f -> f.aliases().stream())
                .filter(a -> form.field(a).filter(f -> f.name().equals(parameter)).isPresent()))
        .toList();
  }
}
