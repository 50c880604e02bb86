package dev.hactl.modules.user;

import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * The modules of one jar, listed in the index that the build makes of {@code @HactlModule}. The jar
 * has a class loader of its own: it sees hactl and itself, and no other jar. All its modules are
 * made at once, so that whatever is wrong with them is told before anything runs.
 */
final class JarModules {
  private static final String INDEX = "META-INF/hactl/modules";

  private final Path jar;
  private final String shown;
  private final Problems problems;

  /**
   * A jar.
   *
   * @param shown its name in messages
   * @param problems gets what is wrong with it
   */
  JarModules(Path jar, String shown, Problems problems) {
    this.jar = jar;
    this.shown = shown;
    this.problems = problems;
  }

  /**
   * Adds its modules.
   *
   * @param own gets those that can be used, by each of their names
   * @param broken gets the names of those that cannot
   */
  void read(Modules builtIn, Map<String, Module<?>> own, Set<String> broken) {
    List<String> index = index();
    if (index.isEmpty()) {
      return;
    }
    try {
      ClassLoader loader =
          new URLClassLoader(new URL[] {jar.toUri().toURL()}, UserModules.class.getClassLoader());
      for (String line : index) {
        String[] words = line.strip().split(" +");
        List<String> names = Arrays.asList(words).subList(1, words.length);
        Optional<Module<?>> made =
            free(names, builtIn, own) ? make(words[0], loader) : Optional.empty();
        made.ifPresentOrElse(
            module -> names.forEach(name -> own.put(name, module)), () -> broken.addAll(names));
      }
    } catch (IOException e) {
      error("the jar cannot be read: " + e.getMessage(), "");
    }
  }

  private void error(String message, String advice) {
    problems.error(Place.of(shown), message, advice);
  }

  private List<String> index() {
    try (var file = new JarFile(jar.toFile())) {
      ZipEntry entry = file.getEntry(INDEX);
      if (entry == null) {
        error(
            "this jar lists no module: it has no " + INDEX,
            "put @HactlModule on the module's class, and hactl's engine on the compiler's processor"
                + " path; a library goes into the jar of the module that needs it");
        return List.of();
      }
      try (InputStream in = file.getInputStream(entry)) {
        List<String> lines =
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(l -> !l.isBlank())
                .toList();
        for (String line : lines) {
          if (line.strip().split(" +").length < 2) {
            error(INDEX + " has a line without a name: " + line, "write CLASS NAME");
            return List.of();
          }
        }
        return lines;
      }
    } catch (IOException e) {
      error("this is no jar that can be read: " + e.getMessage(), "build it again");
      return List.of();
    }
  }

  /** Whether nobody else has one of the names. */
  private boolean free(List<String> names, Modules builtIn, Map<String, Module<?>> own) {
    for (String name : names) {
      if (own.containsKey(name)) {
        error(
            "the module '" + name + "' is in this folder twice",
            "another jar or a YAML file has it too; keep one of them");
        return false;
      }
      if (builtIn.find(name).isPresent()) {
        error("the module '" + name + "' is built in", "give it another name");
        return false;
      }
    }
    return true;
  }

  private Optional<Module<?>> make(String type, ClassLoader loader) {
    try {
      Object made = Class.forName(type, true, loader).getDeclaredConstructor().newInstance();
      if (made instanceof Module<?> module) {
        // Asked now, for the same reason.
        var _ = module.manual();
        var _ = module.form();
        return Optional.of(module);
      }
      error(
          "the class " + type + " is no module",
          "it implements HostModule, ClusterModule or ControlModule");
    } catch (ClassNotFoundException e) {
      error("the class " + type + " is not in this jar", "build it again");
    } catch (UnsupportedClassVersionError e) {
      error(
          "the class "
              + type
              + " was compiled for a newer Java than "
              + Runtime.version().feature(),
          "compile with --release "
              + Runtime.version().feature()
              + ", or run hactl with the newer Java (HACTL_JAVA)");
    } catch (NoClassDefFoundError e) {
      error(
          "the class " + type + " needs the class " + name(e) + ", which is not there",
          "put it into the same jar");
    } catch (InvocationTargetException e) {
      error("the class " + type + " cannot be made: " + said(e.getCause()), "");
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      error(
          "the class " + type + " cannot be made",
          "it is public, not abstract, and has a public constructor without parameters");
    } catch (LinkageError e) {
      error(
          "the class " + type + " does not fit this hactl: " + said(e),
          "compile it against this version of hactl");
    } catch (RuntimeException e) {
      error("the module " + type + " fails: " + said(e), "its manual() and form() must not fail");
    }
    return Optional.empty();
  }

  private static String name(NoClassDefFoundError e) {
    return String.valueOf(e.getMessage()).replace('/', '.');
  }

  private static String said(@org.jspecify.annotations.Nullable Throwable e) {
    if (e == null) {
      return "for no reason";
    }
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return e.getClass().getSimpleName() + ": " + message;
  }
}
