package dev.hactl.engine.template;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.template.function.Functions;
import freemarker.core._CoreAPI;
import freemarker.template.Configuration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** FreeMarker's explanations in the words that hactl uses for its own. */
final class Wording {
  private static final Pattern ENCOUNTERED =
      Pattern.compile("[Ee]ncountered \"(.*?)\", but was expecting.*", Pattern.DOTALL);
  private static final Pattern UNCLOSED =
      Pattern.compile("(?s).*You have an unclosed (?:\"(.+?)\"|(\\S+?))\\.? .*");
  private static final Pattern BUILT_IN = Pattern.compile("(?s)Unknown built-in: \"(.*?)\".*");
  private static final Pattern TYPE =
      Pattern.compile(
          "(?s).*Expected (.*?)(?:,? but) this has evaluated to an? ([\\w+ ]+?)(?: \\(wrapper.*|[:.].*|)");
  private static final Pattern PYTHON_WORD =
      Pattern.compile("(?<![\\w.'\"#/])(and|or|not|in|is|if|else)(?![\\w'\"])");

  /** What a shell does with a variable between its braces. */
  private static final Pattern SHELL =
      Pattern.compile(
          "[#!][A-Za-z_]\\w*(\\[[@*]\\])?|[A-Za-z_]\\w*(\\[[@*]\\])?(:[-=+?].*|[#%/^,@][^ ].*)",
          Pattern.DOTALL);

  private static final Map<String, String> TYPES =
      Map.of(
          "sequence", "list",
          "hash", "mapping",
          "extended_hash", "mapping",
          "string", "text",
          "number", "number",
          "boolean", "boolean",
          "collection", "list");

  private Wording() {}

  /** What the parser did not like. */
  static String ofParser(String message) {
    String text = firstLine(message);
    Matcher encountered = ENCOUNTERED.matcher(text);
    if (encountered.matches()) {
      String found = encountered.group(1);
      return found.equals(")") || found.isEmpty()
          ? "something is missing before this"
          : "unexpected '" + found + "'";
    }
    if (text.startsWith("Lexical error")) {
      return text.contains("<EOF>")
          ? "a quote is not closed"
          : "a character that does not belong here";
    }
    Matcher unclosed = UNCLOSED.matcher(text);
    if (unclosed.matches()) {
      return "'"
          + Optional.ofNullable(unclosed.group(1)).orElse(unclosed.group(2))
          + "' is not closed";
    }
    if (text.startsWith("Unexpected end of file")) {
      return "it ends too early";
    }
    Matcher builtIn = BUILT_IN.matcher(text);
    if (builtIn.matches()) {
      return "there is no built-in '?" + builtIn.group(1) + "'";
    }
    return lowerCase(text);
  }

  /** What to do about an expression or a text that cannot be parsed. */
  static Optional<String> advice(String text, int offset) {
    Optional<Around> around = Around.of(text, offset);
    if (around.isEmpty()) {
      return Optional.empty();
    }
    String expression = around.get().expression();
    if (around.get().before().equals("${") && SHELL.matcher(expression).matches()) {
      return Optional.of(
          "for the shell's own ${" + expression + "} write ${'$'}{" + expression + "}");
    }
    Optional<String> hactl = Jinja.advice(text, offset);
    if (hactl.isPresent()) {
      return hactl;
    }
    if (expression.contains("{{")) {
      return Optional.of("hactl writes ${name} instead of {{ name }}");
    }
    Matcher word = PYTHON_WORD.matcher(expression);
    if (!word.find()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (word.group(1)) {
          case "and" -> "write && instead of 'and'";
          case "or" -> "write || instead of 'or'";
          case "not" -> "write ! instead of 'not'";
          case "in" -> "write list?seq_contains(x) instead of 'x in list'";
          case "if", "else" -> "write condition?then(a, b) instead of 'a if condition else b'";
          default -> "write x?? instead of 'x is defined', and !x?? instead of 'x is not defined'";
        });
  }

  /** What to do about a built-in that FreeMarker does not have. */
  static Optional<String> adviceOnBuiltIn(String message) {
    Matcher builtIn = BUILT_IN.matcher(firstLine(message));
    if (!builtIn.matches()) {
      return Optional.empty();
    }
    String name = builtIn.group(1);
    Functions function = Functions.find(name);
    return function != null
        ? Optional.of("write it as a function: " + function.form().signature())
        : Near.name(
                name,
                _CoreAPI.getSupportedBuiltInNames(Configuration.AUTO_DETECT_NAMING_CONVENTION))
            .map(n -> "did you mean '?" + n + "'?");
  }

  /** What to write for a word of Python's. */
  static Optional<String> adviceOnName(String name) {
    return switch (name) {
      case "True", "False" -> Optional.of("write " + name.toLowerCase(Locale.ROOT));
      case "None", "none", "null" ->
          Optional.of("write x?? for 'x is not none' and !x?? for 'x is none'");
      default -> Optional.empty();
    };
  }

  /** That a name is one of a function. */
  static Optional<String> adviceOnFunction(String name) {
    Functions function = Functions.find(name);
    return function == null
        ? Optional.empty()
        : Optional.of("a function is called: " + function.form().signature());
  }

  /** Why an expression has no value. */
  static String ofFailure(String message, String blamed) {
    Matcher type = TYPE.matcher(firstLine(message));
    if (type.matches() && blamed.equals(Omit.NAME)) {
      return "'" + blamed + "' stands for no value at all, " + wanted(type.group(1));
    }
    if (type.matches()) {
      return "'" + blamed + "' is a " + type(type.group(2)) + ", " + wanted(type.group(1));
    }
    return lowerCase(firstLine(message));
  }

  static Optional<String> adviceOnFailure(String message, String blamed) {
    if (blamed.equals(Omit.NAME)) {
      return Optional.of("omit stands alone, as in ${x!omit}");
    }
    Matcher type = TYPE.matcher(firstLine(message));
    if (!type.matches() || !wanted(type.group(1)).startsWith("text")) {
      return Optional.empty();
    }
    return switch (type(type.group(2))) {
      case "list" -> Optional.of("write ${" + blamed + "?join(', ')}");
      case "mapping" -> Optional.of("name one of its values, as in ${" + blamed + ".name}");
      default -> Optional.empty();
    };
  }

  private static String type(String freemarker) {
    String first = freemarker.strip().split("[ +]", 2)[0];
    return TYPES.getOrDefault(first, freemarker.strip());
  }

  private static String wanted(String freemarker) {
    if (freemarker.startsWith("a string") || freemarker.contains("template output")) {
      return "text is wanted";
    }
    String first = freemarker.replaceFirst("^an? ", "").split("[ ,]", 2)[0];
    String known = TYPES.get(first);
    return known == null ? "wanted is " + freemarker : "a " + known + " is wanted";
  }

  /** The first sentence of FreeMarker's explanation, without its decoration. */
  private static String firstLine(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty() && !l.startsWith("----"))
        .findFirst()
        .map(l -> l.replaceFirst("[.:]$", ""))
        .orElse("no reason given");
  }

  private static String lowerCase(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
