package dev.hactl.engine.template;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import freemarker.cache.FileTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Template files on the controller. An included template is looked up the same way and cannot leave
 * the folders.
 */
public final class TemplateFiles {
  private final List<Path> folders;
  private @Nullable Configuration configuration;

  /** Templates below these folders, earlier ones first. */
  public TemplateFiles(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /**
   * The usual folders of a playbook: {@code templates/} beside it, its own folder, {@code
   * templates/} one up.
   */
  public static TemplateFiles beside(Path playbookFolder) {
    var folders = new ArrayList<Path>();
    folders.add(playbookFolder.resolve("templates"));
    folders.add(playbookFolder);
    Path up = playbookFolder.getParent();
    if (up != null) {
      folders.add(up.resolve("templates"));
    }
    return new TemplateFiles(folders);
  }

  /** Notes it when a template is missing or cannot be parsed. */
  public void check(String name, Place place, Problems problems) {
    try {
      find(name, place);
    } catch (SourceException e) {
      problems.addAll(e.problems());
    }
  }

  Template find(String name, Place place) {
    try {
      return configuration().getTemplate(name);
    } catch (TemplateNotFoundException e) {
      throw new SourceException(
          Problem.error(
              place,
              "the template '" + name + "' does not exist",
              "looked in "
                  + String.join(
                      ", ",
                      folders.stream()
                          .filter(Files::isDirectory)
                          .map(TemplateFiles::shown)
                          .toList())));
    } catch (IOException e) {
      throw Failures.unparsable(e, name, place, 0);
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
          loaders.add(new FileTemplateLoader(folder.toFile()));
        }
      }
      made.setTemplateLoader(new MultiTemplateLoader(loaders.toArray(TemplateLoader[]::new)));
      configuration = made;
    }
    return made;
  }
}
