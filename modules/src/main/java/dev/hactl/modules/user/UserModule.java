package dev.hactl.modules.user;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** A module whose form, probe and steps stand in a user's file. */
final class UserModule implements HostModule<UserModule.Params, UserModule.Observed> {
  private static final int SHOWN = 60;

  private final Definition definition;

  UserModule(Definition definition) {
    this.definition = definition;
  }

  Definition definition() {
    return definition;
  }

  /** The parameters that have a value, in the order of the form. */
  record Params(SequencedMap<String, Given> given) {
    boolean secret() {
      return given.values().stream().anyMatch(Given::secret);
    }
  }

  /** How the probe ended and what it printed. */
  record Observed(int status, String output) {
    boolean asWanted() {
      return status == 0;
    }
  }

  @Override
  public Manual manual() {
    Manual manual = Manual.state(definition.summary(), definition.description());
    var returns = new ArrayList<Manual.Return>();
    returns.add(new Manual.Return("observed", "What the probe printed."));
    definition.returns().forEach((name, text) -> returns.add(new Manual.Return(name, text)));
    return manual.returning(returns.toArray(Manual.Return[]::new));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder();
    var readers = new LinkedHashMap<String, Function<Form.Filled, Optional<Given>>>();
    for (Parameter p : definition.parameters()) {
      readers.put(p.name(), add(form, p));
      if (p.secret()) {
        form.secret();
      }
    }
    return form.into(filled -> {
      var given = new LinkedHashMap<String, Given>();
      readers.forEach((name, reader) -> reader.apply(filled).ifPresent(v -> given.put(name, v)));
      return new Params(given);
    });
  }

  private static Function<Form.Filled, Optional<Given>> add(Form.Builder form, Parameter p) {
    if (p.required()) {
      var field = form.required(p.name(), p.type(), p.description());
      return filled -> Optional.of(filled.get(field));
    }
    if (p.fallback().isPresent()) {
      var field = form.optional(p.name(), p.type(), p.fallback().get(), p.description());
      return filled -> Optional.of(filled.get(field));
    }
    var field = form.optional(p.name(), p.type(), p.description());
    return filled -> filled.get(field);
  }

  @Override
  public Probe<Observed> probe(Params params) {
    return Probe.sh(text(params, definition.probe()), UserModule::observed).byUser();
  }

  private static Observed observed(Answer answer) {
    return new Observed(answer.status(), answer.text());
  }

  /**
   * A text of the file, its parameters set before it. They are values of variables and never part
   * of the text, so nothing in a value can be read as a command.
   */
  private String text(Params params, String text) {
    var all = new StringBuilder();
    for (Parameter p : definition.parameters()) {
      Given given = params.given().get(p.name());
      all.append(given == null ? "unset " + p.name() : p.name() + "=" + given.word()).append('\n');
    }
    return all.append(text).append('\n').toString();
  }

  @Override
  public Decision<Observed> plan(Params params, Observed observed) {
    return switch (observed.status()) {
      case 0 -> Decision.ok(Thing.anything());
      case 1 -> Decision.change(change(params, observed), Thing.anything());
      default ->
          new Decision.Impossible<>(
              "the probe of "
                  + definition.name()
                  + " ended with status "
                  + observed.status()
                  + ", which is neither 0 (as wanted) nor 1 (change needed)"
                  + (observed.output().isBlank() ? "" : ": " + shown(params, observed.output())));
    };
  }

  private Change<Observed> change(Params params, Observed observed) {
    var change =
        Change.<Observed>to(what(params), Observed::asWanted)
            .impact(impact(params))
            .touches(Footprint.unknown())
            .step(
                new Step.Script(
                    text(params, definition.apply()),
                    Probe.Trust.USER,
                    definition.interruptible()
                        ? Step.Interruption.INTERRUPTIBLE
                        : Step.Interruption.PROTECTED,
                    definition.timeout(),
                    Optional.empty(),
                    false));
    if (!observed.output().isBlank()) {
      String before = shown(params, observed.output());
      change.diff(Diff.of(definition.name(), new Diff.Property("observed", before, "as wanted")));
    }
    if (!definition.interruptible()) {
      change.intent(what(params));
    }
    return change.build();
  }

  private String what(Params params) {
    var words = new ArrayList<String>(List.of(definition.name()));
    params
        .given()
        .forEach((name, given) -> {
          String text = given.toString().replace('\n', ' ');
          boolean cut = text.length() > SHOWN;
          words.add(name + "=" + (cut ? text.substring(0, SHOWN) + "..." : text));
        });
    return String.join(" ", words);
  }

  private Impact impact(Params params) {
    return switch (definition.effect()) {
      case Definition.Effect.None none -> Impact.none();
      case Definition.Effect.Disruptive d -> new Impact.Disruptive(d.what());
      case Definition.Effect.Destructive d -> {
        Given token = params.given().get(d.token());
        yield new Impact.Destructive(token == null ? "" : token.text(), d.what());
      }
    };
  }

  private static String shown(Params params, String output) {
    return params.secret() ? Value.REDACTED : output.strip();
  }

  @Override
  public Value.Dict result(Params params, Observed observed) {
    var result = new LinkedHashMap<String, Value>();
    boolean secret = params.secret();
    result.put("observed", new Value.Text(observed.output(), secret));
    observed
        .output()
        .lines()
        .forEach(line -> {
          int at = line.indexOf('=');
          if (at > 0 && definition.returns().containsKey(line.substring(0, at))) {
            result.put(line.substring(0, at), new Value.Text(line.substring(at + 1), secret));
          }
        });
    return new Value.Dict(result);
  }
}
