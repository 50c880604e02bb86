package dev.hactl.cli.config;

import dev.hactl.cli.config.Config.Given;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One configuration file.
 *
 * @param shown its name in messages
 * @param named whether somebody named it, and so takes it as it is, whoever may write in its folder
 */
record ConfigFile(Path path, String shown, boolean named) {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
  private static final List<String> FORMATS = List.of("text", "json");
  private static final String PROMPT = "prompt";

  /** Reads files, the first of which wins. */
  static Config read(List<ConfigFile> files) {
    var problems = new Problems();
    var all = new EnumMap<Setting, Given>(Setting.class);
    for (ConfigFile file : files) {
      file.settings(problems).forEach(all::putIfAbsent);
    }
    problems.throwIfErrors();
    return new Config(all);
  }

  private Map<Setting, Given> settings(Problems problems) {
    var found = new EnumMap<Setting, Given>(Setting.class);
    if (!named && untrusted(problems)) {
      return found;
    }
    Optional<Node> root = YamlReader.read(path, shown, problems);
    switch (root.orElse(null)) {
      case Node.Mapping m -> m.entries().forEach(e -> entry(e, found, problems));
      case Node.Scalar s when s.kind() == Node.Kind.NULL -> {}
      case null -> {}
      case Node other ->
          problems.error(
              other.place(),
              "settings are a mapping, this is a " + other.describe(),
              "write 'forks: 20' and the like, each on a line");
    }
    return found;
  }

  /** What every user may write says nothing of what this user wants. */
  private boolean untrusted(Problems problems) {
    Path folder = path.toAbsolutePath().getParent();
    for (Path place : folder == null ? List.of(path) : List.of(folder, path)) {
      if (everyoneWrites(place)) {
        problems.error(
            Place.of(shown),
            "this file is not read: every user may write "
                + (place.equals(path) ? "to it" : "in its folder, and so may have put it there"),
            "chmod o-w " + place + "; or name the file: " + Config.VARIABLE + "=" + shown);
        return true;
      }
    }
    return false;
  }

  private static boolean everyoneWrites(Path place) {
    try {
      return Files.getPosixFilePermissions(place).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  private void entry(Node.Entry e, Map<Setting, Given> found, Problems problems) {
    Optional<Setting> setting = Setting.of(e.name());
    if (setting.isEmpty()) {
      List<String> keys = Setting.keys();
      problems.error(
          e.key().place(),
          "there is no setting '" + e.name() + "'",
          Near.hint(e.name(), keys).orElse("settings: " + String.join(", ", keys)));
      return;
    }
    var values = new ArrayList<String>();
    boolean fits =
        switch (e.value()) {
          case Node.Scalar s when s.kind() == Node.Kind.NULL -> true;
          case Node.Scalar s -> value(setting.get(), s, values, problems);
          case Node.Sequence s when setting.get().kind().several() -> {
            boolean all = true;
            for (Node item : s.items()) {
              all &= item instanceof Node.Scalar one && value(setting.get(), one, values, problems);
              if (!(item instanceof Node.Scalar)) {
                wrong(setting.get(), item, problems);
              }
            }
            yield all;
          }
          case Node.Sequence s -> wrong(setting.get(), s, problems);
          case Node.Mapping m -> wrong(setting.get(), m, problems);
        };
    if (fits && !values.isEmpty()) {
      found.put(setting.get(), new Given(List.copyOf(values), e.key().place()));
    }
  }

  private static boolean wrong(Setting setting, Node value, Problems problems) {
    String found = value instanceof Node.Scalar s ? "'" + s.shown() + "'" : "a " + value.describe();
    problems.error(
        value.place(),
        "'" + setting.key() + "' is " + setting.kind().wanted() + ", this is " + found,
        value instanceof Node.Scalar s && setting.kind() == Setting.Kind.FORMAT
            ? Near.hint(s.text(), FORMATS).orElse("")
            : "");
    return false;
  }

  private boolean value(Setting setting, Node.Scalar s, List<String> values, Problems problems) {
    String text = s.text();
    boolean fits =
        !s.vaulted()
            && switch (setting.kind()) {
              case FLAG -> List.of("true", "false", "yes", "no", "on", "off").contains(text);
              case NUMBER -> NUMBER.matcher(text).matches();
              case FORMAT -> FORMATS.contains(text);
              case TEXT, FILE, FILES, IDS, SOURCES -> s.kind() == Node.Kind.TEXT && !text.isBlank();
            };
    if (!fits) {
      return wrong(setting, s, problems);
    }
    values.add(
        switch (setting.kind()) {
          case FLAG -> String.valueOf(List.of("true", "yes", "on").contains(text));
          case NUMBER, FORMAT, TEXT -> text;
          case FILE, FILES -> file(text);
          case IDS -> {
            int at = text.indexOf('@');
            String source = text.substring(at + 1);
            yield text.substring(0, at + 1) + (source.equals(PROMPT) ? source : file(source));
          }
          case SOURCES -> text.contains(",") ? text : file(text);
        });
    return true;
  }

  /** A file's name is meant from where the configuration stands. */
  private String file(String name) {
    if (name.startsWith("~/")) {
      return System.getProperty("user.home", "/") + name.substring(1);
    }
    Path folder = Path.of(shown).getParent();
    return folder == null ? name : folder.resolve(name).toString();
  }
}
