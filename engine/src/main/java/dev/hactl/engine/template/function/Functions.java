package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Every function that expressions may call. Loaded when the first text calls one: playbooks that
 * call none pay nothing.
 */
public final class Functions {
  private static final List<Group> GROUPS =
      List.of(
          new TextFunctions(),
          new RegexFunctions(),
          new HashFunctions(),
          new AddressFunctions(),
          new ListFunctions(),
          new SetFunctions(),
          new MappingFunctions(),
          new DataFunctions(),
          new PathFunctions(),
          new LookupFunctions());
  private static final Map<String, Functions> ALL = all();

  private final Group group;
  private final FunctionForm form;

  private Functions(Group group, FunctionForm form) {
    this.group = group;
    this.form = form;
  }

  private static Map<String, Functions> all() {
    var all = new LinkedHashMap<String, Functions>();
    for (Group group : GROUPS) {
      for (FunctionForm form : group.forms()) {
        all.put(form.name(), new Functions(group, form));
      }
    }
    return all;
  }

  /** A function; null when there is none of this name. */
  public static @Nullable Functions find(String name) {
    return ALL.get(name);
  }

  /** The names of all functions. */
  public static Collection<String> names() {
    return ALL.keySet();
  }

  /** All functions by the heading they stand under. */
  public static SequencedMap<String, List<FunctionForm>> byTitle() {
    var titles = new LinkedHashMap<String, List<FunctionForm>>();
    GROUPS.forEach(g -> titles.put(g.title(), new ArrayList<>(g.forms())));
    return titles;
  }

  /** How it is called. */
  public FunctionForm form() {
    return form;
  }

  /**
   * Calls it.
   *
   * @param values the arguments; null for what is missing
   * @return null for what is missing
   * @throws BadCall when the arguments do not fit
   */
  public @Nullable Value call(List<@Nullable Value> values, Surroundings around) {
    String refusal = form.refuses(values.size());
    if (!refusal.isEmpty()) {
      throw new BadCall(-1, refusal, "for example " + form.example());
    }
    Value result = group.call(form.name(), new Args(form, values, around));
    boolean secret =
        !group.moves(form.name()) && values.stream().anyMatch(v -> v != null && v.secret());
    return result == null ? null : Value.tainted(result, secret);
  }
}
