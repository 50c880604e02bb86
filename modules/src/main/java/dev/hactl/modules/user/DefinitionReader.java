package dev.hactl.modules.user;

import dev.hactl.engine.module.Types;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** Reads the file of a user's module and notes everything that is wrong with it at once. */
final class DefinitionReader {
  private static final Pattern VARIABLE = Pattern.compile("(?!hactl_)[a-z][a-z0-9_]*");

  private final String name;
  private final Problems problems;

  private DefinitionReader(String name, Problems problems) {
    this.name = name;
    this.problems = problems;
  }

  /** The definition; empty when an error was noted. */
  static Optional<Definition> read(String name, Node root, Problems problems) {
    var own = new Problems();
    Optional<Definition> definition =
        Fields.of("a module", root, own).map(new DefinitionReader(name, own)::definition);
    problems.addAll(own.all());
    return own.hasErrors() ? Optional.empty() : definition;
  }

  private Definition definition(Fields fields) {
    String summary = fields.get("summary", Types.TEXT).orElse("A module of this playbook");
    String description = fields.get("description", Types.TEXT).orElse("");
    List<Parameter> parameters = fields.node("parameters").map(this::parameters).orElse(List.of());
    String probe =
        fields.text("probe", "a read-only shell text: exit 0 as wanted, 1 change needed");
    String apply = fields.text("apply", "a shell text that makes the change");
    Definition.Effect effect =
        fields
            .node("impact")
            .map(node -> effect(node, parameters))
            .orElse(new Definition.Effect.None());
    boolean interruptible = fields.get("interruptible", Types.BOOL).orElse(true);
    Duration timeout = fields.get("timeout", Types.SECONDS).orElse(Duration.ofMinutes(5));
    SequencedMap<String, String> returns =
        fields.node("returns").map(this::returns).orElse(new LinkedHashMap<>());
    fields.refuseOthers();
    return new Definition(
        name,
        summary.strip(),
        description.strip(),
        parameters,
        probe,
        apply,
        effect,
        interruptible,
        timeout,
        returns,
        fields.mapping());
  }

  private List<Parameter> parameters(Node node) {
    var parameters = new ArrayList<Parameter>();
    if (!(node instanceof Node.Mapping mapping)) {
      problems.error(
          node.place(), "parameters is a mapping of names, this is a " + node.describe());
      return parameters;
    }
    for (Node.Entry entry : mapping.entries()) {
      if (!VARIABLE.matcher(entry.name()).matches()) {
        problems.error(
            entry.key().place(),
            "'" + entry.name() + "' cannot be the name of a parameter",
            "it is a shell variable: a small letter, then small letters, digits and underscores");
      } else if (entry.value() instanceof Node.Scalar s && s.kind() == Node.Kind.NULL) {
        parameters.add(
            new Parameter(
                entry.name(),
                Parameter.Kind.TEXT.type(List.of()),
                false,
                Optional.empty(),
                "",
                false));
      } else {
        Fields.of("a parameter", entry.value(), problems)
            .map(fields -> parameter(entry.name(), fields))
            .ifPresent(parameters::add);
      }
    }
    return parameters;
  }

  private Parameter parameter(String parameterName, Fields fields) {
    var kind = fields.get("type", Types.oneOf(Parameter.Kind.class)).orElse(Parameter.Kind.TEXT);
    var type = kind.type(fields.get("choices", Types.TEXTS).orElse(List.of()));
    boolean required = fields.get("required", Types.BOOL).orElse(false);
    Optional<Node> given = fields.node("default");
    Optional<Given> fallback = given.flatMap(node -> fields.read("default", node, type));
    if (required && given.isPresent()) {
      problems.error(
          given.get().place(), "a required parameter has no default", "leave one of them out");
    }
    String description = fields.get("description", Types.TEXT).orElse("");
    boolean secret = fields.get("secret", Types.BOOL).orElse(false);
    fields.refuseOthers();
    return new Parameter(parameterName, type, required, fallback, description.strip(), secret);
  }

  private Definition.Effect effect(Node node, List<Parameter> parameters) {
    if (node instanceof Node.Scalar scalar) {
      if (scalar.text().equals("disruptive")) {
        return new Definition.Effect.Disruptive("changes what " + name + " manages");
      }
      if (!scalar.text().equals("none")) {
        problems.error(
            node.place(),
            "'" + scalar.text() + "' is no impact",
            "write none, disruptive, or a mapping; see the page on writing modules");
      }
      return new Definition.Effect.None();
    }
    Optional<Fields> fields = Fields.of("impact", node, problems);
    if (fields.isEmpty()) {
      return new Definition.Effect.None();
    }
    Optional<String> disruptive = fields.get().get("disruptive", Types.TEXT);
    Optional<Node> destructive = fields.get().node("destructive");
    fields.get().refuseOthers();
    if (disruptive.isPresent() == destructive.isPresent()) {
      problems.error(node.place(), "impact is either disruptive or destructive");
    }
    return destructive
        .flatMap(d -> Fields.of("destructive", d, problems))
        .<Definition.Effect>map(d -> destructive(d, parameters))
        .orElseGet(() -> new Definition.Effect.Disruptive(disruptive.orElse("")));
  }

  private Definition.Effect destructive(Fields fields, List<Parameter> parameters) {
    String what = fields.text("what", "what would be lost");
    String token = fields.text("token", "the parameter whose value names what would be lost");
    fields.refuseOthers();
    boolean known = parameters.stream().anyMatch(p -> p.name().equals(token) && p.required());
    if (!token.isEmpty() && !known) {
      problems.error(
          fields.place(),
          "token: there is no required parameter '" + token + "'",
          "the operator consents by naming the value of that parameter");
    }
    return new Definition.Effect.Destructive(what, token);
  }

  private SequencedMap<String, String> returns(Node node) {
    var returns = new LinkedHashMap<String, String>();
    if (!(node instanceof Node.Mapping mapping)) {
      problems.error(
          node.place(),
          "returns is a mapping of names and descriptions, this is a " + node.describe());
      return returns;
    }
    for (Node.Entry entry : mapping.entries()) {
      if (entry.value() instanceof Node.Scalar scalar) {
        returns.put(entry.name(), scalar.text());
      } else {
        problems.error(entry.value().place(), "a description is a text");
      }
    }
    return returns;
  }
}
