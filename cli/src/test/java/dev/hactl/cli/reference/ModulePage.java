package dev.hactl.cli.reference;

import dev.hactl.engine.module.Field;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One module as a page of the reference, made from its own manual and form. */
final class ModulePage {
  private final String name;
  private final Module<?> module;
  private final StringBuilder text = new StringBuilder();

  private ModulePage(String name, Module<?> module) {
    this.name = name;
    this.module = module;
  }

  /** The page as Markdown. */
  static String of(String name, Module<?> module) {
    var page = new ModulePage(name, module);
    page.head();
    page.parameters();
    page.returns();
    page.examples();
    return page.text.toString();
  }

  private void head() {
    Manual manual = module.manual();
    text.append("# ").append(name).append("\n\n");
    text.append(sentence(manual.summary())).append("\n\n");
    if (!manual.description().isBlank()) {
      text.append(manual.description().strip()).append("\n\n");
    }
    text.append("*").append(kind(manual.kind())).append(" ").append(tested(manual.level()));
    text.append("*\n\n");
  }

  private static String kind(Manual.Kind kind) {
    return switch (kind) {
      case STATE -> "A state: applied a second time it changes nothing.";
      case ACTION ->
          "An action: it is done each time, unless it is told how to see that it is needless.";
      case CONTROL -> "Steers the run and changes no host.";
    };
  }

  private static String tested(Manual.LabLevel level) {
    return switch (level) {
      case CONTAINER -> "Its examples are run on real hosts by the contract test.";
      case MACHINE -> "Its examples are run on machines with a kernel of their own.";
      case RECORDS -> "Tested with recorded answers of real hosts.";
    };
  }

  private void parameters() {
    Form<?> form = module.form();
    text.append("## Parameters\n\n");
    if (form.fields().isEmpty() && !form.open()) {
      text.append("None.\n\n");
      return;
    }
    if (!form.fields().isEmpty()) {
      text.append("| name | type | default | meaning |\n|---|---|---|---|\n");
      form.fields().forEach(this::parameter);
      text.append('\n');
    }
    var notes = new ArrayList<String>();
    form.freeForm()
        .ifPresent(
            field -> notes.add("Plain text after `" + name + ":` stands for `" + field + "`."));
    if (form.open()) {
      notes.add("Any other name is taken too.");
    }
    form.exclusive().forEach(set -> notes.add("At most one of " + list(set) + "."));
    form.oneOf().forEach(set -> notes.add("At least one of " + list(set) + "."));
    notes.forEach(note -> text.append("- ").append(note).append('\n'));
    text.append(notes.isEmpty() ? "" : "\n");
  }

  private void parameter(Field<?> field) {
    String also =
        field.aliases().isEmpty() ? "" : " (also " + String.join(", ", field.aliases()) + ")";
    String fallback =
        field.required()
            ? "**required**"
            : field.fallback().map(f -> f.isEmpty() ? "empty" : "`" + f + "`").orElse("");
    text.append("| `")
        .append(field.name())
        .append("`")
        .append(also)
        .append(" | ")
        .append(cell(field.type().name()))
        .append(" | ")
        .append(cell(fallback))
        .append(" | ")
        .append(cell(field.description() + (field.secret() ? " Never shown." : "")))
        .append(" |\n");
  }

  private static String list(List<String> names) {
    return names.stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "));
  }

  private void returns() {
    List<Manual.Return> returns = module.manual().returns();
    if (!returns.isEmpty()) {
      text.append("## Returns\n\nBesides what every task returns:\n\n");
      returns.forEach(r ->
          text.append("- `").append(r.name()).append("`: ").append(r.description()).append('\n'));
      text.append('\n');
    }
  }

  private void examples() {
    List<Manual.Example> examples = module.manual().examples();
    if (examples.isEmpty()) {
      return;
    }
    text.append("## Examples\n");
    for (Manual.Example example : examples) {
      text.append("\n").append(example.title()).append(":\n\n```yaml\n");
      text.append(example.yaml().stripTrailing()).append("\n```\n");
    }
  }

  static String sentence(String summary) {
    return summary.endsWith(".") ? summary : summary + ".";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
