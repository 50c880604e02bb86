package dev.hactl.engine.lint;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A task as it comes to be on a host before the first connection: its values rendered, those that
 * only a run can know unknown. A task whose condition is known to be false is not seen.
 *
 * @param task the task
 * @param module the module's own name
 * @param arguments what is written
 * @param values what it comes to, by the parameters' own names; of a template its text
 * @param secret whether something secret is in the values
 */
public record SeenTask(
    Task task, String module, Arguments arguments, Map<String, Value> values, boolean secret) {

  /** The value of a parameter; empty when it is not given. */
  public Optional<Value> value(String parameter) {
    return Optional.ofNullable(values.get(parameter)).filter(v -> !(v instanceof Value.Nothing));
  }

  /** The value under a key of a parameter that is a mapping; empty when it is not there. */
  public Optional<Value> value(String parameter, String key) {
    return value(parameter).flatMap(v -> v instanceof Value.Dict d ? d.get(key) : Optional.empty());
  }

  /** The text of a parameter; empty when it is not given, not known, or no single value. */
  public Optional<String> text(String parameter) {
    return value(parameter).flatMap(SeenTask::text);
  }

  /** The text under a key of a parameter that is a mapping. */
  public Optional<String> text(String parameter, String key) {
    return value(parameter, key).flatMap(SeenTask::text);
  }

  /** The texts of a list, or of a single value; those that are not known are left out. */
  public List<String> texts(String parameter) {
    return value(parameter)
        .map(v ->
            v instanceof Value.Items i
                ? i.items().stream().flatMap(e -> text(e).stream()).toList()
                : text(v).stream().toList())
        .orElse(List.of());
  }

  /** Whether a parameter is known to be true. */
  public boolean is(String parameter) {
    return text(parameter).filter(SeenTask::truth).isPresent();
  }

  /** Whether a parameter is known to be false; one that is not given is not. */
  public boolean isNot(String parameter) {
    return text(parameter).filter(t -> !truth(t)).isPresent();
  }

  /** Whether a parameter is given whose value only a run can know, or a part of it. */
  public boolean unknown(String parameter) {
    return value(parameter).filter(Value::holdsUnknown).isPresent();
  }

  /** Where a parameter is given, else where the module is named. */
  public Place place(String parameter) {
    return arguments.key(parameter).orElse(task.modulePlace());
  }

  /** Where a key of a parameter is given, else the parameter, else where the module is named. */
  public Place place(String parameter, String key) {
    return arguments.key(parameter, key).orElse(task.modulePlace());
  }

  /** Where the module is named. */
  public Place place() {
    return task.modulePlace();
  }

  /** Whether a word means yes. */
  public static boolean truth(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1", "y" -> true;
      default -> false;
    };
  }

  /** A single value as text; empty when it is secret, for what rules find is shown. */
  public static Optional<String> text(Value value) {
    return switch (value) {
      case Value.Text t -> t.secret() ? Optional.empty() : Optional.of(t.text());
      case Value.Num n -> n.secret() ? Optional.empty() : Optional.of(n.plain());
      case Value.Bool b -> b.secret() ? Optional.empty() : Optional.of(Boolean.toString(b.value()));
      case Value.Nothing n -> Optional.of("");
      case Value.Items i -> Optional.empty();
      case Value.Dict d -> Optional.empty();
      case Value.Unknown u -> Optional.empty();
    };
  }
}
