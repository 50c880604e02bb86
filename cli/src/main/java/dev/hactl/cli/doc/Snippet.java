package dev.hactl.cli.doc;

import dev.hactl.engine.module.Field;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A task to paste: what must be given stands there with a value to replace, what may be given is
 * commented out.
 */
public final class Snippet {
  private Snippet() {}

  /** The lines of the task. */
  public static List<String> of(String name, Module<?> module) {
    Form<?> form = module.form();
    var lines = new ArrayList<String>();
    lines.add("- name: " + quoted(module.manual().summary()));
    lines.add("  " + name + ":");
    Set<String> needed = needed(form);
    if (needed.isEmpty() && !form.open()) {
      lines.set(1, "  " + name + ": {}" + (form.fields().isEmpty() ? "" : " # or below it:"));
    }
    if (form.open()) {
      lines.add("    some_name: text # any names");
    }
    for (Field<?> field : form.fields()) {
      String text = value(field) + " # " + explained(field);
      lines.add((needed.contains(field.name()) ? "    " : "    # ") + field.name() + ": " + text);
    }
    return lines;
  }

  /** The required parameters, and the first of each set of which one must be given. */
  private static Set<String> needed(Form<?> form) {
    var needed = new LinkedHashSet<String>();
    form.fields().stream().filter(Field::required).map(Field::name).forEach(needed::add);
    for (List<String> set : form.oneOf()) {
      if (set.stream().noneMatch(needed::contains)) {
        needed.add(set.getFirst());
      }
    }
    return needed;
  }

  private static String explained(Field<?> field) {
    return (field.description() + " (" + String.join("; ", ModuleText.facts(field)) + ")")
        .replace('\n', ' ')
        .strip();
  }

  private static String value(Field<?> field) {
    return switch (field.type()) {
      case Type.Plain<?> plain -> value(plain, field.fallback().orElse(""));
      case Type.Expression e -> "true";
      case Type.Expressions e -> "[true]";
      case Type.LocalFile f -> "file";
      case Type.LocalCommand c -> "script.sh";
      case Type.Source s -> "file";
      case Type.Template t -> "file.ftl";
    };
  }

  private static String value(Type.Plain<?> type, String fallback) {
    if (!type.choices().isEmpty()) {
      return fallback.isEmpty() ? type.choices().getFirst() : fallback;
    }
    return switch (type.json()) {
      case "integer", "number" -> fallback.isEmpty() ? "1" : fallback;
      case "boolean" -> fallback.isEmpty() ? "true" : fallback;
      case "array" -> "[text]";
      case "object" -> "{name: text}";
      default ->
          switch (type.name()) {
            case "path" -> "/path";
            case "mode" -> "'0644'";
            default -> fallback.isEmpty() ? "text" : quoted(fallback);
          };
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''").replace("\n", " ") + "'";
  }
}
