package dev.hactl.engine.run;

import dev.hactl.engine.model.Argument;
import dev.hactl.engine.model.RoleUse;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Variables;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Binding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what roles are given that is not as they declare it, for one host and before any
 * connection.
 */
final class ArgumentCheck {
  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "1", "0");

  private final PlayScope scope;
  private final HostPass pass;

  ArgumentCheck(PlayScope scope, HostPass pass) {
    this.scope = scope;
    this.pass = pass;
  }

  void run(HostProblems found) {
    for (RoleUse use : scope.play().sources().uses()) {
      if (use.declared().isEmpty()) {
        continue;
      }
      var problems = new ArrayList<Problem>();
      Variables names = pass.names.of(use.role(), use.vars());
      if (used(use, names)) {
        use.declared().forEach(a -> argument(use, a, names, problems));
      }
      found.note(pass.host, problems);
    }
  }

  /** Whether the role's tasks run for sure, so that their arguments must be right. */
  private boolean used(RoleUse use, Variables names) {
    try {
      return use.when().stream()
          .allMatch(
              c -> scope.book().renderer().evaluate(c, names) instanceof Value.Bool b && b.value());
    } catch (SourceException e) {
      return false; // its tasks have the same condition, and say what is wrong with it
    }
  }

  private void argument(RoleUse use, Argument argument, Variables names, List<Problem> problems) {
    String name = argument.name().text();
    try {
      Optional<Value> value = names.get(name).filter(v -> !(v instanceof Value.Nothing));
      Place place =
          names.scope().find(name).map(Binding::origin).map(o -> o.place()).orElse(use.place());
      if (value.isPresent()) {
        fits("'" + name + "'", argument, value.get(), place, problems, use);
      } else if (argument.required()) {
        problems.add(
            Problem.error(
                use.place(),
                "the role '" + use.role().name() + "' needs '" + name + "', " + wanted(argument),
                declared(argument)));
      }
    } catch (SourceException e) {
      problems.addAll(e.problems());
    }
  }

  private static String declared(Argument argument) {
    return "declared at " + argument.name().place();
  }

  private static String wanted(Argument argument) {
    return argument.type().wanted();
  }

  private void fits(
      String what,
      Argument argument,
      Value value,
      Place place,
      List<Problem> problems,
      RoleUse use) {
    if (value instanceof Value.Unknown) {
      return;
    }
    if (!is(argument.type(), value)) {
      wrong(what, argument.type(), value, place, argument, problems, use);
      return;
    }
    if (!argument.choices().isEmpty()
        && value instanceof Value.Text t
        && argument.choices().stream().noneMatch(c -> c.text().equals(t.text()))) {
      List<String> choices = argument.choices().stream().map(Node.Scalar::text).toList();
      boolean hidden = argument.hidden() || t.secret();
      problems.add(
          Problem.error(
              place,
              what
                  + " of the role '"
                  + use.role().name()
                  + "' is one of "
                  + String.join(", ", choices)
                  + (hidden ? "" : ", this is '" + t.text() + "'"),
              (hidden ? "" : Near.hint(t.text(), choices).map(h -> h + " ").orElse(""))
                  + declared(argument)));
    }
    switch (value) {
      case Value.Items items -> {
        for (int i = 0; i < items.items().size(); i++) {
          item(what + ", item " + (i + 1), argument, items.items().get(i), place, problems, use);
        }
      }
      case Value.Dict d when !argument.options().isEmpty() ->
          keys(what, argument, d, place, problems, use);
      case Value.Dict d -> {}
      case Value.Text t -> {}
      case Value.Num n -> {}
      case Value.Bool b -> {}
      case Value.Nothing n -> {}
      case Value.Unknown u -> {}
    }
  }

  private void item(
      String what,
      Argument argument,
      Value value,
      Place place,
      List<Problem> problems,
      RoleUse use) {
    Argument.Type type =
        argument
            .elements()
            .orElse(argument.options().isEmpty() ? Argument.Type.RAW : Argument.Type.DICT);
    if (!is(type, value)) {
      wrong(what, type, value, place, argument, problems, use);
    } else if (value instanceof Value.Dict d && !argument.options().isEmpty()) {
      keys(what, argument, d, place, problems, use);
    }
  }

  private void keys(
      String what,
      Argument argument,
      Value.Dict given,
      Place place,
      List<Problem> problems,
      RoleUse use) {
    var known = new TreeSet<String>();
    for (Argument option : argument.options()) {
      String name = option.name().text();
      known.add(name);
      Optional<Value> value = given.get(name).filter(v -> !(v instanceof Value.Nothing));
      if (value.isPresent()) {
        fits("'" + name + "' in " + what, option, value.get(), place, problems, use);
      } else if (option.required()) {
        problems.add(
            Problem.error(
                place,
                what
                    + " of the role '"
                    + use.role().name()
                    + "' needs '"
                    + name
                    + "', "
                    + wanted(option),
                declared(option)));
      }
    }
    for (String name : given.entries().keySet()) {
      if (!known.contains(name)) {
        problems.add(
            Problem.error(
                place,
                what + " of the role '" + use.role().name() + "' has no '" + name + "'",
                Near.hint(name, known).map(h -> h + " ").orElse("") + declared(argument)));
      }
    }
  }

  private static void wrong(
      String what,
      Argument.Type type,
      Value value,
      Place place,
      Argument argument,
      List<Problem> problems,
      RoleUse use) {
    boolean shown =
        (value instanceof Value.Text || value instanceof Value.Num || value instanceof Value.Bool)
            && !value.secret()
            && !argument.hidden();
    problems.add(
        Problem.error(
            place,
            what
                + " of the role '"
                + use.role().name()
                + "' is "
                + type.wanted()
                + ", this is "
                + (shown ? "'" + value.show() + "'" : "a " + Value.describe(value)),
            declared(argument)));
  }

  /** A command line and a template give texts, so a text that reads as the type is one. */
  private static boolean is(Argument.Type type, Value value) {
    return switch (value) {
      case Value.Unknown u -> true;
      case Value.Nothing n -> type == Argument.Type.RAW;
      case Value.Text t ->
          switch (type) {
            case STR, PATH, RAW -> true;
            case INT -> t.text().strip().matches("[-+]?[0-9]+");
            case FLOAT -> t.text().strip().matches("[-+]?[0-9]+(\\.[0-9]+)?");
            case BOOL -> WORDS.contains(t.text().strip().toLowerCase(Locale.ROOT));
            case LIST, DICT -> false;
          };
      case Value.Num n ->
          switch (type) {
            case STR, FLOAT, RAW -> true;
            case INT ->
                n.exact() instanceof Long
                    || (n.exact() instanceof BigDecimal d && d.stripTrailingZeros().scale() <= 0);
            case PATH, BOOL, LIST, DICT -> false;
          };
      case Value.Bool b ->
          switch (type) {
            case BOOL, STR, RAW -> true;
            case INT, FLOAT, PATH, LIST, DICT -> false;
          };
      case Value.Items i -> type == Argument.Type.LIST || type == Argument.Type.RAW;
      case Value.Dict d -> type == Argument.Type.DICT || type == Argument.Type.RAW;
    };
  }
}
