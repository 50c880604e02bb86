package dev.hactl.modules.docker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Folders of the host, or volumes, that a container sees.
 *
 * @param source a path of the host or the name of a volume; empty for a volume without a name
 * @param target where the container sees it
 * @param options in the order of the alphabet; empty for none
 */
record Volumes(String source, String target, String options) {

  /** A list of volumes. */
  static final Type.Plain<List<Volumes>> TYPE =
      Types.TEXTS
          .map(
              "list of volumes",
              texts -> {
                List<Volumes> all = texts.stream().map(Volumes::parse).toList();
                if (all.stream().map(Volumes::target).distinct().count() < all.size()) {
                  throw new BadValue("two volumes have the same place in the container");
                }
                return all;
              })
          .openly();

  static Volumes parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length == 1) {
      return new Volumes("", target(text, parts[0]), "");
    }
    String source = parts[0];
    boolean named = source.matches("[A-Za-z0-9][A-Za-z0-9_.-]*");
    if (parts.length > 3 || !(source.startsWith("/") || named) || text.indexOf('\n') >= 0) {
      throw new BadValue(
          "'" + text + "' is no volume",
          "write /on/the/host:/in/the/container or NAME:/in/it[:ro]");
    }
    return new Volumes(
        named ? source : plain(source),
        target(text, parts[1]),
        parts.length > 2 ? ordered(parts[2]) : "");
  }

  private static String target(String text, String path) {
    if (!path.startsWith("/") || path.equals("/")) {
      throw new BadValue("'" + text + "' names no absolute path in the container");
    }
    return plain(path);
  }

  private static String plain(String path) {
    String single = path.replaceAll("/{2,}", "/");
    return single.length() > 1 && single.endsWith("/")
        ? single.substring(0, single.length() - 1)
        : single;
  }

  /** What {@code rw} says is so without it. */
  private static String ordered(String options) {
    return Arrays.stream(options.split(",", -1))
        .filter(o -> !o.isEmpty() && !o.equals("rw"))
        .sorted()
        .distinct()
        .collect(Collectors.joining(","));
  }

  /** Whether it is a folder or file of the host. */
  boolean ofHost() {
    return source.startsWith("/");
  }

  /** As {@code docker run -v} takes it. */
  @Override
  public String toString() {
    return (source.isEmpty() ? "" : source + ":")
        + target
        + (options.isEmpty() ? "" : ":" + options);
  }
}
