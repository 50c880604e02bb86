package dev.hactl.modules.docker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.LocalSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A folder of the controller that an image is built from, and how.
 *
 * <p>Two of them are equal when their hash is: it is made of everything that the image can depend
 * on, and not of the times of files.
 */
final class BuildTree {
  /** The label by which an image tells what it was built from. */
  static final String LABEL = "dev.hactl.tree";

  private final Content.Joined archive;
  private final String hash;
  private final Recipe recipe;

  private BuildTree(Content.Joined archive, String hash, Recipe recipe) {
    this.archive = archive;
    this.hash = hash;
    this.recipe = recipe;
  }

  /**
   * How it is built.
   *
   * @param dockerfile the file with the instructions, inside the folder
   * @param args the values of its ARG instructions
   * @param target the stage at which the build ends
   * @param network the network of its RUN instructions
   */
  record Recipe(
      String dockerfile,
      SequencedMap<String, String> args,
      Optional<String> target,
      Optional<String> network) {
    /** Copies the map. */
    Recipe {
      args = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(args));
    }
  }

  /** Reads a folder; throws {@link BadValue} when nothing can be built from it. */
  static BuildTree of(LocalSource source, String shown, Recipe recipe) {
    if (!(source instanceof LocalSource.Folder folder)) {
      throw new BadValue("'" + shown + "' is a file, and a folder is wanted");
    }
    if (!folder.files().containsKey(recipe.dockerfile())) {
      throw new BadValue("there is no " + recipe.dockerfile() + " in '" + shown + "'");
    }
    try {
      return read(folder, shown, recipe);
    } catch (IOException e) {
      throw new BadValue("'" + shown + "' cannot be read: " + e.getMessage());
    }
  }

  private static BuildTree read(LocalSource.Folder folder, String shown, Recipe recipe)
      throws IOException {
    IgnoreFile ignored = IgnoreFile.parse(text(folder.files().get(IgnoreFile.NAME)));
    var tar = new TarWriter();
    var hashed = new StringBuilder();
    folder.folders().stream()
        .sorted()
        .filter(f -> !ignored.ignores(f))
        .forEach(f -> {
          tar.folder(f);
          line(hashed, "folder", f);
        });
    new TreeMap<>(folder.files())
        .forEach((name, content) -> {
          if (ignored.ignores(name) && !name.equals(recipe.dockerfile())) {
            return;
          }
          LocalSource.Attributes attributes =
              folder
                  .attributes()
                  .getOrDefault(name, new LocalSource.Attributes(false, Instant.EPOCH));
          tar.file(name, content, attributes.program(), attributes.modified());
          line(hashed, attributes.program() ? "program" : "file", name, content.sha256());
        });
    line(hashed, "dockerfile", recipe.dockerfile());
    recipe.args().forEach((name, value) -> line(hashed, "arg", name, value));
    line(hashed, "target", recipe.target().orElse(""), recipe.network().orElse(""));
    return new BuildTree(
        tar.done(shown), Content.of(hashed.toString(), false, "").sha256(), recipe);
  }

  /** Lengths keep two lists of words apart that would read the same. */
  private static void line(StringBuilder hashed, String... words) {
    for (String word : words) {
      hashed.append(word.length()).append(' ').append(word).append(' ');
    }
    hashed.append('\n');
  }

  private static String text(@org.jspecify.annotations.Nullable Content content)
      throws IOException {
    if (content == null) {
      return "";
    }
    try (InputStream in = content.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The folder as a tar archive, without what .dockerignore names. */
  Content.Joined archive() {
    return archive;
  }

  /** Of everything that the image can depend on. */
  String hash() {
    return hash;
  }

  Recipe recipe() {
    return recipe;
  }

  /** Whether an image says that it was built from this. */
  boolean made(ImageInfo image) {
    return hash.equals(image.labels().get(LABEL));
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof BuildTree tree && tree.hash.equals(hash);
  }

  @Override
  public int hashCode() {
    return Objects.hash(hash);
  }

  @Override
  public String toString() {
    return "tree " + hash;
  }
}
