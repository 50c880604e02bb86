package dev.hactl.cli.doc;

import dev.hactl.engine.module.Field;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Modules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Modules described in the terminal. */
public final class ModuleText {
  private static final String INDENT = "  ";
  private static final String DEEP = "      ";

  private final String name;
  private final Module<?> module;
  private final int width;
  private final List<String> lines = new ArrayList<>();

  private ModuleText(String name, Module<?> module, int width) {
    this.name = name;
    this.module = module;
    this.width = width;
  }

  /** All of them, one line each where they fit. */
  public static List<String> list(Modules modules, int width) {
    return Wrap.table(
        new TreeSet<>(modules.names())
            .stream()
                .flatMap(name ->
                    modules.find(name).stream().map(m -> new Wrap.Row(name, m.manual().summary())))
                .toList(),
        width);
  }

  /**
   * One in full.
   *
   * @param file where it is written, if a user wrote it
   */
  public static List<String> of(String name, Module<?> module, Optional<Path> file, int width) {
    var text = new ModuleText(name, module, width);
    text.head(file);
    text.parameters();
    text.returns();
    text.examples();
    return text.lines;
  }

  private void head(Optional<Path> file) {
    Manual manual = module.manual();
    lines.addAll(Wrap.text(name + ": ", INDENT, manual.summary(), width));
    if (!manual.description().isBlank()) {
      lines.add("");
      lines.addAll(Wrap.text("", "", manual.description(), width));
    }
    lines.add("");
    lines.addAll(Wrap.text("", "", kind(manual), width));
    file.ifPresent(f -> lines.add("Written in " + f + "."));
  }

  private static String kind(Manual manual) {
    return switch (manual.kind()) {
          case STATE -> "A state: applied a second time it changes nothing.";
          case ACTION ->
              "An action: it is done each time, unless it is told how to see that it is needless.";
          case CONTROL -> "Steers the run and changes no host.";
        }
        + switch (manual.scope()) {
          case HOST -> "";
          case CLUSTER ->
              " It looks at all members of a cluster, also at those --limit leaves out.";
        };
  }

  private void parameters() {
    Form<?> form = module.form();
    if (form.fields().isEmpty() && !form.open()) {
      return;
    }
    section("Parameters:");
    form.fields().forEach(this::parameter);
    form.freeForm().ifPresent(f -> note("Plain text after '" + name + ":' stands for " + f + "."));
    if (form.open()) {
      note("Any other name is taken too.");
    }
    form.exclusive().forEach(set -> note("At most one of " + String.join(", ", set) + "."));
    form.oneOf().forEach(set -> note("At least one of " + String.join(", ", set) + "."));
  }

  private void note(String text) {
    lines.addAll(Wrap.text(INDENT, INDENT, text, width));
  }

  private void parameter(Field<?> field) {
    lines.addAll(
        Wrap.text(
            INDENT, DEEP, field.name() + " (" + String.join("; ", facts(field)) + ")", width));
    if (!field.description().isBlank()) {
      lines.addAll(Wrap.text(DEEP, DEEP, field.description(), width));
    }
  }

  /** What is to be known of a parameter besides what it means. */
  static List<String> facts(Field<?> field) {
    var facts = new ArrayList<String>();
    facts.add(field.type().name());
    if (field.required()) {
      facts.add("required");
    }
    field.fallback().ifPresent(v -> facts.add("default " + (v.isEmpty() ? "empty" : v)));
    if (field.secret()) {
      facts.add("never shown");
    }
    if (!field.aliases().isEmpty()) {
      facts.add("also " + String.join(", ", field.aliases()));
    }
    return facts;
  }

  private void returns() {
    if (!module.manual().returns().isEmpty()) {
      section("Returns, besides what every task does:");
      module
          .manual()
          .returns()
          .forEach(
              r -> lines.addAll(Wrap.text(INDENT + r.name() + ": ", DEEP, r.description(), width)));
    }
  }

  private void examples() {
    for (Manual.Example example : module.manual().examples()) {
      section(example.title() + ":");
      example.yaml().lines().forEach(line -> lines.add(INDENT + line));
    }
  }

  private void section(String title) {
    lines.add("");
    lines.add(title);
  }
}
