package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What is looked up on the controller, the machine that hactl runs on. */
final class LookupFunctions implements Group {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";
  private static final Map<String, String> ALPHABETS =
      Map.of(
          "letters", LETTERS,
          "digits", DIGITS,
          "hex", DIGITS + "abcdef",
          "alphanumeric", LETTERS + DIGITS,
          "all", LETTERS + DIGITS + ".,:-_");
  private static final int LENGTH = 20;
  private static final int LONGEST = 1024;

  @Override
  public String title() {
    return "Looked up on the controller";
  }

  @Override
  public List<FunctionForm> forms() {
    return List.of(
        new FunctionForm(
            "file",
            "path",
            "the text of a file, without line ends at its end; decrypted and secret"
                + " when it is encrypted",
            "file('motd.txt')",
            "\"Welcome to the pair\""),
        new FunctionForm(
            "fileglob",
            "pattern",
            "the files of a folder whose names fit, with their paths",
            "fileglob('*.txt')?map(f -> basename(f))",
            "[\"motd.txt\"]"),
        new FunctionForm(
            "first_found",
            "paths",
            "the first of several files that is there",
            "basename(first_found(['none.txt', 'motd.txt']))",
            "\"motd.txt\""),
        new FunctionForm(
            "env",
            "name",
            "a variable of hactl's own environment; missing when it is not set",
            "env('NO_SUCH_VARIABLE')!'none'",
            "\"none\""),
        new FunctionForm(
            "password",
            "path, [length], [letters]",
            "a secret that is made at its first use and kept"
                + " in a file beside the playbook; 20 letters and digits, or `letters`, `digits`,"
                + " `hex`, `all`",
            "password('secrets/web', 32)?length",
            "32"),
        new FunctionForm(
            "template",
            "name",
            "a template file, rendered",
            "template('greeting.ftl')",
            "\"Hello from db1\\n\""));
  }

  @Override
  public @Nullable Value call(String name, Args args) {
    try {
      return switch (name) {
        case "file" -> file(args);
        case "fileglob" -> Value.texts(lookups(args).glob(args.text(0)));
        case "first_found" -> first(args);
        case "env" -> lookups(args).env(args.text(0)).map(Value::text).orElse(null);
        case "password" -> password(args);
        case "template" -> args.around().template(args.text(0));
        default -> throw new IllegalArgumentException(name);
      };
    } catch (CharacterCodingException e) {
      throw args.bad(0, "names a file that is not UTF-8 text", "copy it with the module copy");
    } catch (PatternSyntaxException e) {
      throw args.bad(0, "is no pattern for names of files", "as in *.conf");
    } catch (IOException e) {
      throw args.bad(0, "names a file that cannot be used: " + e.getMessage(), "");
    }
  }

  private static Lookups lookups(Args args) {
    return args.around().lookups();
  }

  private static Path found(Args args, String name) {
    return lookups(args)
        .find(name)
        .orElseThrow(() ->
            new BadCall(
                0,
                "the file '" + name + "' does not exist on this machine",
                "looked in " + lookups(args).places()));
  }

  private static Value file(Args args) throws IOException {
    Value text = lookups(args).text(found(args, args.text(0)));
    return text instanceof Value.Text t
        ? new Value.Text(t.text().replaceAll("[\r\n]+$", ""), t.secret())
        : text;
  }

  private static Value first(Args args) {
    return Value.text(
        args.texts(0).stream()
            .map(lookups(args)::find)
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() ->
                new BadCall(
                    0,
                    "none of these files exists on this machine",
                    "looked in " + lookups(args).places()))
            .toAbsolutePath()
            .normalize()
            .toString());
  }

  private static Value password(Args args) throws IOException {
    Path file = lookups(args).ofPassword(args.text(0));
    int length = args.whole(1, 8, LONGEST, LENGTH);
    String kind =
        args.has(2) ? args.word(2, ALPHABETS.keySet().stream().sorted().toList()) : "alphanumeric";
    String letters = Objects.requireNonNull(ALPHABETS.get(kind));
    return new Value.Text(lookups(args).passwords().get(file, length, letters), true);
  }
}
