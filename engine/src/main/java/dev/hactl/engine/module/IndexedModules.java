package dev.hactl.engine.module;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Modules listed in the {@code META-INF/hactl/modules} indexes of the class path. A module's class
 * is loaded when a playbook names it, so that starting does not cost more with every module
 * written.
 */
public final class IndexedModules implements Modules {
  static final String INDEX = "META-INF/hactl/modules";

  private final ClassLoader loader;
  private final Map<String, String> classes = new LinkedHashMap<>();
  private final TreeSet<String> names = new TreeSet<>();
  private final Map<String, Module<?>> loaded = new ConcurrentHashMap<>();

  private IndexedModules(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Reads the indexes that a class loader sees.
   *
   * @throws UncheckedIOException when one cannot be read
   */
  public static Modules of(ClassLoader loader) {
    var modules = new IndexedModules(loader);
    try {
      Enumeration<URL> indexes = loader.getResources(INDEX);
      while (indexes.hasMoreElements()) {
        modules.read(indexes.nextElement());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return modules;
  }

  private void read(URL index) throws IOException {
    try (var reader =
        new BufferedReader(new InputStreamReader(index.openStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] words = line.split(" ", -1);
        names.add(words[1]);
        for (int i = 1; i < words.length; i++) {
          classes.putIfAbsent(words[i], words[0]);
        }
      }
    }
  }

  @Override
  public Optional<Module<?>> find(String name) {
    String type = classes.get(name);
    return type == null ? Optional.empty() : Optional.of(loaded.computeIfAbsent(type, this::load));
  }

  private Module<?> load(String type) {
    try {
      return Class.forName(type, true, loader)
          .asSubclass(Module.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the module class " + type + " cannot be made", e);
    }
  }

  @Override
  public Collection<String> names() {
    return names;
  }

  @Override
  public Collection<String> callable() {
    return classes.keySet();
  }
}
