package dev.hactl.engine.module;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Modules listed in the {@code META-INF/hactl/modules} indexes of the class path. A module's class
 * is loaded when a playbook names it, so that starting does not cost more with every module
 * written.
 */
public final class IndexedModules implements Modules {
  static final String INDEX = "META-INF/hactl/modules";
  static final String TARGETS = "META-INF/hactl/targets";

  private final ClassLoader loader;
  private final Map<String, String> classes = new LinkedHashMap<>();
  private final TreeSet<String> names = new TreeSet<>();
  private final Map<String, Module<?>> loaded = new ConcurrentHashMap<>();
  private @Nullable Map<String, String> targets;

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
    for (String[] words : lines(index)) {
      names.add(words[1]);
      for (int i = 1; i < words.length; i++) {
        classes.putIfAbsent(words[i], words[0]);
      }
    }
  }

  private static List<String[]> lines(URL index) throws IOException {
    var lines = new ArrayList<String[]>();
    try (var reader =
        new BufferedReader(new InputStreamReader(index.openStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line.split(" ", -1));
      }
    }
    return lines;
  }

  /** Read when a playbook says {@code on:}, which few do. */
  private synchronized Map<String, String> targetClasses() {
    Map<String, String> known = targets;
    if (known == null) {
      known = new TreeMap<>();
      try {
        Enumeration<URL> indexes = loader.getResources(TARGETS);
        while (indexes.hasMoreElements()) {
          for (String[] words : lines(indexes.nextElement())) {
            known.putIfAbsent(words[1], words[0]);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      targets = known;
    }
    return known;
  }

  @Override
  public Optional<TargetKind<?>> target(String name) {
    String type = targetClasses().get(name);
    return type == null ? Optional.empty() : Optional.of(made(type, TargetKind.class));
  }

  @Override
  public Collection<String> targets() {
    return targetClasses().keySet();
  }

  @Override
  public Optional<Module<?>> find(String name) {
    String type = classes.get(name);
    return type == null ? Optional.empty() : Optional.of(loaded.computeIfAbsent(type, this::load));
  }

  private Module<?> load(String type) {
    return made(type, Module.class);
  }

  private <T> T made(String type, Class<T> kind) {
    try {
      return Class.forName(type, true, loader)
          .asSubclass(kind)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the class " + type + " cannot be made", e);
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
