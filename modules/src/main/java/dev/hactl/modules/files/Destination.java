package dev.hactl.modules.files;

import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;

/**
 * Where something is put.
 *
 * @param path absolute, without a slash at its end
 * @param directory whether the author wrote a slash at its end: a directory to put it into
 */
record Destination(String path, boolean directory) {
  static final Type.Plain<Destination> TYPE =
      Types.<Destination>plain(
              "path",
              "string",
              value ->
                  new Destination(
                      Types.PATH.convert().apply(value),
                      Types.TEXT.convert().apply(value).endsWith("/")))
          .openly();

  String inside(String name) {
    return (path.equals("/") ? "" : path) + "/" + name;
  }

  /** The directory something lies in. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }
}
