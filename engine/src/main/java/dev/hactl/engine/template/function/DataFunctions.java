package dev.hactl.engine.template.function;

import dev.hactl.engine.source.Problems;
import dev.hactl.engine.value.Value;
import java.io.IOException;
import java.util.List;

/** JSON and YAML. */
final class DataFunctions implements Group {
  private static final int INDENT = 2;
  private static final int WIDEST = 16;

  @Override
  public String title() {
    return "JSON and YAML";
  }

  @Override
  public List<FunctionForm> forms() {
    return List.of(
        new FunctionForm(
            "to_json",
            "x",
            "on one line",
            "to_json({'a': [1, 'x']})",
            "\"{\\\"a\\\":[1,\\\"x\\\"]}\""),
        new FunctionForm(
            "to_nice_json",
            "x, [indent]",
            "a line for each entry, two spaces deeper each level",
            "to_nice_json({'a': 1})",
            "\"{\\n  \\\"a\\\": 1\\n}\""),
        new FunctionForm(
            "to_yaml",
            "x, [indent]",
            "a line for each entry, and a line end",
            "to_yaml({'a': ['x', 'yes']})",
            "\"a:\\n  - x\\n  - \\\"yes\\\"\\n\""),
        new FunctionForm(
            "from_json",
            "text",
            "the value that a text in JSON stands for",
            "from_json('{\"a\": [1]}').a",
            "[1]"),
        new FunctionForm(
            "from_yaml",
            "text",
            "the value that a text in YAML stands for; nothing in it is" + " rendered",
            "from_yaml('a: [1, x]').a",
            "[1,\"x\"]"));
  }

  @Override
  public Value call(String name, Args args) {
    return switch (name) {
      case "to_json" -> Value.text(Json.compact(args.any(0)));
      case "to_nice_json" -> Value.text(Json.indented(args.any(0), indent(args)));
      case "to_yaml" -> Value.text(Yaml.write(args.any(0), indent(args)));
      case "from_json" -> json(args);
      case "from_yaml" -> yaml(args);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static int indent(Args args) {
    return args.whole(1, 1, WIDEST, INDENT);
  }

  private static Value json(Args args) {
    try {
      return Json.read(args.text(0));
    } catch (IOException e) {
      throw args.bad(0, "is not JSON");
    }
  }

  private static Value yaml(Args args) {
    var problems = new Problems();
    return Yaml.read(args.text(0), problems)
        .orElseThrow(() -> args.bad(0, "is not YAML, or is empty"));
  }
}
