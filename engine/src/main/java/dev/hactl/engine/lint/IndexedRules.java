package dev.hactl.engine.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules listed in the {@code META-INF/hactl/rules} indexes of the class path. */
public final class IndexedRules {
  static final String INDEX = "META-INF/hactl/rules";

  private IndexedRules() {}

  /**
   * All rules that a class loader sees, by id.
   *
   * @throws UncheckedIOException when an index cannot be read
   */
  public static List<LintRule> of(ClassLoader loader) {
    var rules = new TreeMap<String, LintRule>();
    for (String name : books(loader)) {
      for (LintRule rule : book(loader, name).rules()) {
        if (rules.putIfAbsent(rule.about().id(), rule) != null) {
          throw new IllegalStateException("two rules are called " + rule.about().id());
        }
      }
    }
    return List.copyOf(rules.values());
  }

  private static Set<String> books(ClassLoader loader) {
    var names = new TreeSet<String>();
    try {
      Enumeration<URL> indexes = loader.getResources(INDEX);
      while (indexes.hasMoreElements()) {
        try (InputStream index = indexes.nextElement().openStream()) {
          new String(index.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(names::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  private static RuleBook book(ClassLoader loader, String type) {
    try {
      return Class.forName(type, true, loader)
          .asSubclass(RuleBook.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the rules of " + type + " cannot be made", e);
    }
  }
}
