package dev.hactl.engine.template;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.vault.Keyring;
import freemarker.cache.FileTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.Environment;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Template files on the controller. An included template is looked up the same way and cannot leave
 * the folders.
 */
public final class TemplateFiles {
  private static final Pattern INCLUDE = Pattern.compile("<#include\\s+[\"']([^\"']+)[\"']");

  private final List<Path> folders;
  private final Keyring keyring;
  private final Map<String, Parsed> known = new ConcurrentHashMap<>();
  private final Map<String, TextScan.Result> scanned = new ConcurrentHashMap<>();
  private final Map<String, SourceFile> sources = new ConcurrentHashMap<>();
  private final Map<String, List<Problem>> foreign = new ConcurrentHashMap<>();
  private @Nullable Configuration configuration;

  /** Templates below these folders, earlier ones first; none is encrypted. */
  public TemplateFiles(List<Path> folders) {
    this(folders, Keyring.EMPTY);
  }

  /**
   * Templates below these folders, earlier ones first.
   *
   * @param keyring opens those that are encrypted; what is rendered from them is secret
   */
  public TemplateFiles(List<Path> folders, Keyring keyring) {
    this.folders = List.copyOf(folders);
    this.keyring = keyring;
  }

  /** The usual folders of a playbook, where nothing is encrypted. */
  public static TemplateFiles beside(Path playbookFolder) {
    return beside(playbookFolder, Keyring.EMPTY);
  }

  /**
   * The usual folders of a playbook: {@code templates/} beside it, its own folder, {@code
   * templates/} one up.
   */
  public static TemplateFiles beside(Path playbookFolder, Keyring keyring) {
    var folders = new ArrayList<Path>();
    folders.add(playbookFolder.resolve("templates"));
    folders.add(playbookFolder);
    Path up = playbookFolder.getParent();
    if (up != null) {
      folders.add(up.resolve("templates"));
    }
    return new TemplateFiles(folders, keyring);
  }

  /** The same with a role's {@code templates/} and folder before all others. */
  public TemplateFiles after(Path roleFolder) {
    var all = new ArrayList<>(List.of(roleFolder.resolve("templates"), roleFolder));
    all.addAll(folders);
    return new TemplateFiles(all, keyring);
  }

  /** Notes it when a template is missing, cannot be parsed or is no template of FreeMarker's. */
  public void check(String name, Place place, Problems problems) {
    try {
      String found = find(name, place).template().getName();
      Set<String> seen = new LinkedHashSet<>();
      mentions(found, seen); // those that it includes, too
      for (String each : seen) {
        problems.addAll(foreign.computeIfAbsent(each, e -> Jinja.in(source(e).text(), where(), e)));
        if (!each.equals(found) && file(each).isPresent()) {
          find(each, including(each, seen, place));
        }
      }
    } catch (SourceException e) {
      problems.addAll(e.problems());
    }
  }

  /** Where one of these templates includes another, as FreeMarker would say it. */
  private Place including(String included, Set<String> by, Place otherwise) {
    for (String template : by) {
      SourceFile source = source(template);
      Matcher include = INCLUDE.matcher(source.text());
      while (include.find()) {
        if (included(include.group(1), template).equals(included)) {
          return place(source, include.start());
        }
      }
    }
    return otherwise;
  }

  /** An included name is relative to the template that includes it. */
  private static String included(String name, String by) {
    return name.startsWith("/")
        ? name.substring(1)
        : by.substring(0, by.lastIndexOf('/') + 1) + name;
  }

  /** The names a template refers to; none when it is missing or cannot be parsed. */
  public Mentions mentions(String name) {
    return mentions(name, new LinkedHashSet<>());
  }

  private Mentions mentions(String name, Set<String> seen) {
    if (file(name).isEmpty() || !seen.add(name) || !passes(name)) {
      return Mentions.NONE;
    }
    TextScan.Result found = scan(name);
    var all = new ArrayList<Mentions>();
    all.add(found.mentions());
    found.included().forEach(i -> all.add(mentions(included(i, name), seen)));
    return Mentions.of(all);
  }

  /** Whether it can be parsed; what is wrong is said where it is checked. */
  private boolean passes(String name) {
    try {
      find(name, Place.of(name));
      return true;
    } catch (SourceException e) {
      return false;
    }
  }

  private static Place place(SourceFile file, int offset) {
    String before = file.text().substring(0, offset);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return file.at(line, offset - before.lastIndexOf('\n'));
  }

  /** A template with what it calls; found once. */
  Parsed find(String name, Place place) {
    Parsed before = known.get(name);
    if (before != null) {
      return before;
    }
    try {
      return read(name, place);
    } catch (StackOverflowError e) {
      throw Limits.tooDeep(place);
    }
  }

  private Parsed read(String name, Place place) {
    Template template = parsed(name, place);
    SourceFile source = source(template.getName());
    TextScan.Result found = scan(template.getName());
    List<Problem> problems = Usage.problems(source.text(), found, offset -> place(source, offset));
    if (!problems.isEmpty()) {
      throw new SourceException(problems);
    }
    // Those that it includes share its variables, not what they call.
    HostRoot.Called called =
        found.included().isEmpty() && !found.open()
            ? Parsed.called(found)
            : n -> Parsed.called(scan(current(template))).calls(n);
    Parsed made = Parsed.of(template, source.text(), called);
    known.put(name, made);
    return made;
  }

  private static String current(Template otherwise) {
    Environment environment = Environment.getCurrentEnvironment();
    return environment == null ? otherwise.getName() : environment.getCurrentTemplate().getName();
  }

  private TextScan.Result scan(String name) {
    return scanned.computeIfAbsent(
        name,
        n -> {
          SourceFile file = source(n);
          return TextScan.text(file.text(), offset -> place(file, offset));
        });
  }

  private Template parsed(String name, Place place) {
    try {
      return configuration().getTemplate(name);
    } catch (TemplateNotFoundException e) {
      throw new SourceException(
          Problem.error(place, "the template '" + name + "' does not exist", places()));
    } catch (IOException e) {
      throw Failures.unparsable(e, Optional.empty(), 0, place, where());
    }
  }

  /** Where templates are looked for. */
  String places() {
    return "looked in "
        + String.join(
            ", ", folders.stream().filter(Files::isDirectory).map(TemplateFiles::shown).toList());
  }

  /** Whether there is a template of this name. */
  boolean has(String name) {
    return file(name).isPresent();
  }

  /** Places in template files. */
  Failures.Where where() {
    return new Failures.Where() {
      @Override
      public Place of(String template, int line, int column) {
        return place(template, line, column);
      }

      @Override
      public String text(String template) {
        return VaultTemplates.seen(source(template));
      }
    };
  }

  /** A place in a template file. */
  Place place(String template, int line, int column) {
    SourceFile source = source(template);
    return source.at(Math.max(1, line), Math.max(1, column - VaultTemplates.shift(source, line)));
  }

  /** Read once: what was checked is what is rendered. */
  private SourceFile source(String template) {
    SourceFile known = sources.get(template);
    if (known == null) {
      Optional<Path> file = file(template);
      if (file.isEmpty()) {
        return new SourceFile(template, ""); // an earlier task may still make it
      }
      known = read(file.get());
      sources.put(template, known);
    }
    return known;
  }

  private SourceFile read(Path file) {
    try {
      return VaultTemplates.source(shown(file), Files.readString(file), keyring);
    } catch (IOException e) {
      return new SourceFile(shown(file), ""); // the place is right, only the line is not quoted
    }
  }

  /** The file of a template as messages show it. */
  String shown(Template template) {
    return file(template.getName()).map(TemplateFiles::shown).orElse(template.getName());
  }

  private Optional<Path> file(String name) {
    return folders.stream().map(f -> f.resolve(name)).filter(Files::isRegularFile).findFirst();
  }

  private static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
  }

  private synchronized Configuration configuration() throws IOException {
    Configuration made = configuration;
    if (made == null) {
      made = FreeMarker.create();
      var loaders = new ArrayList<TemplateLoader>();
      for (Path folder : folders) {
        if (Files.isDirectory(folder)) {
          loaders.add(new VaultTemplates(new FileTemplateLoader(folder.toFile()), keyring));
        }
      }
      made.setTemplateLoader(new MultiTemplateLoader(loaders.toArray(TemplateLoader[]::new)));
      configuration = made;
    }
    return made;
  }
}
