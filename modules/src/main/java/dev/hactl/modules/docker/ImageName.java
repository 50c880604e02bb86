package dev.hactl.modules.docker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image as docker lists it: with a tag or a digest, without the registry and folder
 * that it adds by itself ({@code docker.io/library/}).
 *
 * @param text e.g. {@code web:1.0}, or {@code sha256:...} for an id
 */
record ImageName(String text) {
  private static final Pattern ID = Pattern.compile("sha256:[0-9a-f]{64}");

  private static final Pattern GRAMMAR =
      Pattern.compile(
          "((?:[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]+)?/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)"
              + "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?");

  /** The type of a parameter that names an image by repository and tag. */
  static final Type.Plain<ImageName> TYPE =
      Types.NAME.map("name of an image", text -> tagged(text, "latest"));

  /** The type of a parameter that may also be an id or a digest. */
  static final Type.Plain<ImageName> ANY = Types.NAME.map("image", ImageName::of);

  /** A name, an id or a digest; throws {@link BadValue}. */
  static ImageName of(String text) {
    return ID.matcher(text).matches() ? new ImageName(text) : parsed(text, "latest");
  }

  /** A name whose tag is this one unless it has its own. */
  static ImageName tagged(String text, String tag) {
    ImageName name = parsed(text, tag);
    if (name.text.contains("@")) {
      throw new BadValue("'" + text + "' is a digest; a name with a tag is wanted");
    }
    return name;
  }

  private static ImageName parsed(String text, String tag) {
    Matcher m = GRAMMAR.matcher(text);
    if (!m.matches()) {
      throw new BadValue(
          "'" + text + "' is no name of an image", "write NAME:TAG in small letters, as web:1.0");
    }
    String repository = familiar(m.group(1));
    if (m.group(3) != null) {
      return new ImageName(repository + m.group(3));
    }
    return new ImageName(repository + (m.group(2) == null ? ":" + tag : m.group(2)));
  }

  /** Docker lists its own registry's images without registry and folder. */
  private static String familiar(String repository) {
    String rest = repository.replaceFirst("^(index\\.)?docker\\.io/", "");
    return rest.replaceFirst("^library/(?=[^/]+$)", "");
  }

  /** The image as something that tasks share. */
  Thing thing() {
    return new Thing(Thing.Kind.OTHER, "the docker image " + text);
  }

  /** The repository. */
  String repository() {
    int end = text.indexOf('@') >= 0 ? text.indexOf('@') : text.lastIndexOf(':');
    return text.substring(0, end);
  }

  /** An id's beginning, enough for people. */
  static String shorten(String id) {
    return id.startsWith("sha256:") && id.length() > 19 ? id.substring(7, 19) : id;
  }

  @Override
  public String toString() {
    return text;
  }
}
