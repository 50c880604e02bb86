package dev.hactl.cli.convert;

import dev.hactl.engine.template.jinja.JinjaText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The templates of what is converted. They are called {@code .ftl} where it is sure that every text
 * which names them is seen.
 */
final class Templates {
  private final Set<String> found = new HashSet<>();
  private final Map<String, JinjaText.Space> spaces = new HashMap<>();
  private boolean keep;

  /** Notes a template by its path in its folder. */
  void found(String name) {
    found.add(name);
  }

  /** Notes that expressions work with the names, so that they had better stay. */
  void keepNames() {
    keep = true;
  }

  void space(String name, JinjaText.Space space) {
    spaces.put(name, space);
  }

  JinjaText.Space space(String name) {
    return spaces.getOrDefault(name, JinjaText.Space.ANSIBLE);
  }

  /** The name of a template's file. */
  String file(String name) {
    return keep || !name.endsWith(".j2") ? name : ending(name);
  }

  private static String ending(String name) {
    return name.substring(0, name.length() - ".j2".length()) + ".ftl";
  }

  /** A text that may name a template: one of its files, or an expression and the ending. */
  String renamed(String text) {
    if (keep || !text.endsWith(".j2")) {
      return text;
    }
    String path = text.startsWith("templates/") ? text.substring("templates/".length()) : text;
    return text.contains("}}") || found.contains(path) ? ending(text) : text;
  }
}
