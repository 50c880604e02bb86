package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;
import java.util.List;

/** Paths of files, with slashes; nothing is looked up on any disk. */
final class PathFunctions implements Group {
  @Override
  public String title() {
    return "Paths";
  }

  @Override
  public List<FunctionForm> forms() {
    return List.of(
        new FunctionForm(
            "basename",
            "path",
            "what follows the last slash",
            "basename('/etc/drbd.d/r0.res')",
            "\"r0.res\""),
        new FunctionForm(
            "dirname",
            "path",
            "what stands before the last slash",
            "dirname('/etc/drbd.d/r0.res')",
            "\"/etc/drbd.d\""),
        new FunctionForm(
            "splitext",
            "path",
            "the path without its ending, and the ending",
            "splitext('/etc/drbd.d/r0.res')",
            "[\"/etc/drbd.d/r0\",\".res\"]"),
        new FunctionForm(
            "path_join",
            "path...",
            "joined with slashes; an absolute one begins anew",
            "path_join('/etc', 'drbd.d', 'r0.res')",
            "\"/etc/drbd.d/r0.res\""));
  }

  @Override
  public Value call(String name, Args args) {
    String path = args.text(0);
    int slash = path.lastIndexOf('/');
    return switch (name) {
      case "basename" -> Value.text(path.substring(slash + 1));
      case "dirname" -> Value.text(slash < 0 ? "" : slash == 0 ? "/" : path.substring(0, slash));
      case "splitext" -> {
        int dot = path.lastIndexOf('.');
        // The dot of a hidden file begins no ending.
        int from = dot > slash + 1 ? dot : path.length();
        yield Value.texts(List.of(path.substring(0, from), path.substring(from)));
      }
      case "path_join" -> Value.text(joined(args));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String joined(Args args) {
    var joined = new StringBuilder();
    for (int i = 0; i < args.count(); i++) {
      String part = args.text(i);
      if (part.startsWith("/")) {
        joined.setLength(0);
      } else if (!joined.isEmpty() && joined.charAt(joined.length() - 1) != '/') {
        joined.append('/');
      }
      joined.append(part);
    }
    return joined.toString();
  }
}
