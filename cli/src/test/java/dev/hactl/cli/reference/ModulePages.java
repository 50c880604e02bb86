package dev.hactl.cli.reference;

import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Modules;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every module's page, and the index by family. */
final class ModulePages {
  private ModulePages() {}

  /** File names and their texts. */
  static SortedMap<String, String> of(Modules modules) {
    var pages = new TreeMap<String, String>();
    var families = new TreeMap<String, TreeMap<String, Module<?>>>();
    for (String name : modules.names()) {
      Module<?> module = modules.find(name).orElseThrow();
      pages.put(name + ".md", ModulePage.of(name, module));
      families.computeIfAbsent(family(module), f -> new TreeMap<>()).put(name, module);
    }
    var index = new StringBuilder();
    index.append("# Modules\n\nEach page is made from what the module says about itself;");
    index.append(" `hactl doc MODULE` prints the same. How to write one is told in");
    index.append(" [writing-modules.md](../writing-modules.md).\n");
    families.forEach((family, members) -> {
      String title = family.substring(0, 1).toUpperCase(Locale.ROOT);
      index.append("\n## ").append(title).append(family.substring(1)).append("\n\n");
      members.forEach((name, module) ->
          index
              .append("- [%s](%s.md): ".formatted(name, name))
              .append(ModulePage.sentence(module.manual().summary()))
              .append('\n'));
    });
    pages.put("README.md", index.toString());
    return pages;
  }

  private static String family(Module<?> module) {
    String path = module.getClass().getPackageName();
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
