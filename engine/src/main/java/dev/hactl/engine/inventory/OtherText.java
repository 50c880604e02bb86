package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.source.SourceText;
import dev.hactl.engine.source.YamlReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an inventory whose name does not say that it is YAML: the INI form, or YAML after all. */
final class OtherText {
  /** How the first line of a YAML inventory looks. */
  private static final Pattern YAML = Pattern.compile("---.*|\\{.*|['\"]?[\\w.-]+['\"]?:(\\s.*)?");

  /** A password below {@code [GROUP:vars]}, where the whole line is the value, or behind a host. */
  private static final List<Pattern> PASSWORDS =
      List.of(
          Pattern.compile(
              "^([ \\t]*ansible_\\w*pass(?:word)?[ \\t]*=[ \\t]*)(.+)$", Pattern.MULTILINE),
          Pattern.compile("([ \\t]ansible_\\w*pass(?:word)?=)('[^'\n]*'|\"[^\"\n]*\"|\\S+)"));

  private OtherText() {}

  /**
   * Reads a file; what the INI form says is added at once.
   *
   * @param ini whether it is the INI form for sure
   * @return the document of a file in YAML
   */
  static Optional<Node> read(
      Path path, String shown, boolean ini, Drafts drafts, Problems problems) {
    Optional<String> read = text(path, shown, problems);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    String text = read.get();
    if (text.startsWith("$ANSIBLE_VAULT;")) {
      problems.error(
          new SourceFile(shown, text).at(1, 1),
          "an encrypted inventory is read when its name ends in .yml, .yaml or .json",
          "name it so, or encrypt the variables in group_vars and host_vars instead");
    } else if (text.startsWith("#!")) {
      problems.error(
          new SourceFile(shown, text).at(1, 1),
          "this begins as a program does and may not be run",
          "chmod +x " + shown);
    } else if (!ini && isYaml(text)) {
      return YamlReader.parse(new SourceFile(shown, text), problems);
    } else {
      IniInventory.read(text, new SourceFile(shown, withoutPasswords(text)), drafts, problems);
    }
    return Optional.empty();
  }

  private static Optional<String> text(Path path, String shown, Problems problems) {
    try {
      if (!SourceText.small(path, shown, problems)) {
        return Optional.empty();
      }
      return Optional.of(Files.readString(path));
    } catch (NoSuchFileException e) {
      problems.error(Place.of(shown), "no such file");
    } catch (CharacterCodingException e) {
      problems.error(Place.of(shown), "the file is not UTF-8 text");
    } catch (IOException e) {
      problems.error(Place.of(shown), "the file cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static boolean isYaml(String text) {
    return text.lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty() && !l.startsWith("#") && !l.startsWith(";"))
        .findFirst()
        .filter(l -> YAML.matcher(l).matches())
        .isPresent();
  }

  /** The text as messages may quote it: passwords are as many stars. */
  private static String withoutPasswords(String text) {
    String hidden = text;
    if (text.contains("pass")) {
      for (Pattern password : PASSWORDS) {
        hidden = password.matcher(hidden).replaceAll(m -> hidden(m.group(1), m.group(2)));
      }
    }
    return hidden;
  }

  private static String hidden(String key, String value) {
    return Matcher.quoteReplacement(key + "*".repeat(value.length()));
  }
}
