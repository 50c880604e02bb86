package dev.hactl.engine.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code NAME} or {@code NAME(ARGUMENT, ...)}, as {@code on:} has it. */
record TargetText(String name, List<String> arguments) {
  private static final Pattern FORM =
      Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*(?:\\((.*)\\)\\s*)?", Pattern.DOTALL);

  /** Copies the list. */
  TargetText {
    arguments = List.copyOf(arguments);
  }

  /** Reads it; empty where it has another form. */
  static Optional<TargetText> of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String inside = form.group(2);
    return Optional.of(
        new TargetText(
            form.group(1),
            inside == null || inside.isBlank()
                ? List.of()
                : Arrays.stream(inside.split(",", -1)).map(String::strip).toList()));
  }

  @Override
  public String toString() {
    return arguments.isEmpty() ? name : name + "(" + String.join(", ", arguments) + ")";
  }
}
