package dev.hactl.engine.template;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.function.Lookups;
import dev.hactl.engine.value.Literal;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vault.Keyring;
import freemarker.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Renders texts and evaluates expressions with FreeMarker. Parsed once per distinct text; may be
 * shared by threads.
 *
 * <p>Only what the playbook's author wrote is ever parsed. A value that came from a host is data.
 */
public final class Renderer {
  private final TemplateFiles files;
  private final Lookups lookups;
  private final Duration time;
  private final Texts texts;
  private final Set<Template> endless;

  /** A renderer that looks things up in the current folder. */
  public Renderer(TemplateFiles files) {
    this(files, Lookups.beside(Path.of("")));
  }

  /**
   * A renderer for a playbook.
   *
   * @param files finds its templates
   * @param lookups finds what its expressions ask for
   */
  public Renderer(TemplateFiles files, Lookups lookups) {
    this(files, lookups, Limits.TIME);
  }

  /** A renderer that waits so long for one text. */
  Renderer(TemplateFiles files, Lookups lookups, Duration time) {
    this(files, lookups, time, new Texts(), ConcurrentHashMap.newKeySet());
  }

  private Renderer(
      TemplateFiles files, Lookups lookups, Duration time, Texts texts, Set<Template> endless) {
    this.files = files;
    this.lookups = lookups;
    this.time = time;
    this.texts = texts;
    this.endless = endless;
  }

  /** The same for other template files; what was parsed once is parsed for both. */
  public Renderer with(TemplateFiles others) {
    return new Renderer(others, lookups, time, texts, endless);
  }

  /** Whether a text needs rendering at all. */
  public static boolean dynamic(String text) {
    return Interpolation.dynamic(text);
  }

  /** Notes every text in the node that cannot be parsed, or that is no text of FreeMarker's. */
  public void check(Node node, Problems problems) {
    switch (node) {
      case Node.Scalar s when s.kind() == Node.Kind.TEXT && !s.vaulted() -> {
        List<Problem> jinja = Jinja.in(s.text(), Texts.within(s), "");
        problems.addAll(jinja);
        if (jinja.isEmpty() && dynamic(s.text())) {
          check(() -> parse(s), problems);
        }
      }
      case Node.Scalar s -> {}
      case Node.Sequence s -> s.items().forEach(n -> check(n, problems));
      case Node.Mapping m -> m.entries().forEach(e -> check(e.value(), problems));
    }
  }

  /** Notes it when an expression cannot be parsed. */
  public void checkExpression(Node.Scalar expression, Problems problems) {
    check(() -> texts.expression(expression.text(), expression, 0), problems);
  }

  /** The names that the texts in a node refer to; none of a text that is no text. */
  public Mentions mentions(Node node) {
    return switch (node) {
      case Node.Scalar s when s.kind() == Node.Kind.TEXT && !s.vaulted() && dynamic(s.text()) ->
          passes(() -> parse(s))
              ? Interpolation.single(s.text())
                  .map(e ->
                      TextScan.expression(s.text(), 2, s.text().length() - 1, Texts.offsets(s)))
                  .orElseGet(() -> TextScan.text(s.text(), Texts.offsets(s)))
                  .mentions()
              : Mentions.NONE;
      case Node.Scalar s -> Mentions.NONE;
      case Node.Sequence s -> Mentions.of(s.items().stream().map(this::mentions).toList());
      case Node.Mapping m ->
          Mentions.of(m.entries().stream().map(e -> mentions(e.value())).toList());
    };
  }

  /** The names that an expression refers to; none when it is no expression. */
  public Mentions mentionsOfExpression(Node.Scalar s) {
    return passes(() -> texts.expression(s.text(), s, 0))
        ? TextScan.expression(s.text(), 0, s.text().length(), Texts.offsets(s)).mentions()
        : Mentions.NONE;
  }

  private static boolean passes(Runnable parse) {
    try {
      parse.run();
      return true;
    } catch (SourceException e) {
      return false; // said where it was checked
    }
  }

  /** The problem that nothing defines a name. */
  public static Problem undefined(String name, Place place, Collection<String> known) {
    return Failures.undefined(name, place, known);
  }

  private void parse(Node.Scalar s) {
    Interpolation.single(s.text())
        .ifPresentOrElse(e -> texts.expression(e, s, 2), () -> texts.text(s));
  }

  private static void check(Runnable parse, Problems problems) {
    try {
      parse.run();
    } catch (SourceException e) {
      problems.addAll(e.problems());
    }
  }

  /**
   * The value of a node: texts rendered, literals as YAML reads them. A text that is exactly one
   * interpolation keeps the type of its expression.
   *
   * @throws SourceException with the place when something is undefined or does not fit
   */
  public Value render(Node node, Names names) {
    return switch (node) {
      case Node.Scalar s when s.secret() -> secret(s, names);
      case Node.Scalar s when s.kind() == Node.Kind.TEXT && dynamic(s.text()) ->
          renderText(s, names);
      case Node.Scalar s -> Literal.of(s);
      case Node.Sequence s ->
          new Value.Items(s.items().stream().map(n -> render(n, names)).toList());
      case Node.Mapping m -> {
        var entries = new LinkedHashMap<String, Value>();
        m.entries().forEach(e -> entries.put(e.name(), render(e.value(), names)));
        yield new Value.Dict(entries);
      }
    };
  }

  /** Evaluates an expression; see {@link #render}. */
  public Value evaluate(Node.Scalar expression, Names names) {
    if (expression.kind() == Node.Kind.BOOLEAN) {
      return Literal.of(expression);
    }
    return work(
        texts.expression(expression.text(), expression, 0),
        true,
        expression.place(),
        names,
        Texts.inside(expression, expression.text(), 0));
  }

  /**
   * Renders a template file.
   *
   * @param name relative to one of the template folders
   * @param place where the playbook names it
   */
  public Rendered renderFile(String name, Place place, Names names) {
    Parsed template = files.find(name, place);
    Value text = work(template, false, place, names, files.where());
    return new Rendered(text, files.shown(template.template()));
  }

  /**
   * From here on, passwords that expressions make are kept in their files; see {@link
   * Lookups#keepPasswords}.
   */
  public void keepPasswords() throws IOException {
    lookups.keepPasswords();
  }

  /** Whether there is a template file of this name. */
  boolean has(String name) {
    return files.has(name);
  }

  /** Where template files are looked for. */
  String places() {
    return files.places();
  }

  /**
   * A rendered template.
   *
   * @param text the text or, when something in it is unknown, {@link Value.Unknown}
   * @param source the file as messages show it
   */
  public record Rendered(Value text, String source) {}

  /**
   * A value that is encrypted by itself is data and never rendered, as in Ansible; one in an
   * encrypted file is what its author wrote there.
   */
  private Value secret(Node.Scalar s, Names names) {
    if (s.vaulted()) {
      return new Value.Text(s.reveal(), true);
    }
    Value value =
        s.kind() == Node.Kind.TEXT && dynamic(s.text()) ? renderText(s, names) : Literal.of(s);
    Value secret = Value.tainted(value, true);
    meet(secret, s.place().file().opening().keyring());
    return secret;
  }

  private static void meet(Value secret, Keyring keyring) {
    switch (secret) {
      case Value.Text t -> keyring.met(t.text());
      case Value.Num n -> keyring.met(n.plain());
      case Value.Items i -> i.items().forEach(v -> meet(v, keyring));
      case Value.Dict d -> d.entries().values().forEach(v -> meet(v, keyring));
      case Value.Bool b -> {}
      case Value.Nothing n -> {}
      case Value.Unknown u -> {}
    }
  }

  private Value renderText(Node.Scalar s, Names names) {
    var single = Interpolation.single(s.text());
    if (single.isPresent()) {
      String expression = single.get();
      return work(
          texts.expression(expression, s, 2),
          true,
          s.place(),
          names,
          Texts.inside(s, expression, 2));
    }
    return work(texts.text(s), false, s.place(), names, Texts.within(s));
  }

  private Value work(
      Parsed parsed, boolean expression, Place place, Names names, Failures.Where where) {
    var work =
        new Evaluator(
            parsed, expression, place, where, names, new HostSurroundings(this, lookups, names));
    if (!parsed.risky()) {
      return work.value();
    }
    if (endless.contains(parsed.template())) {
      throw Limits.endless(place, time);
    }
    try {
      return Limits.watched(time, work::value);
    } catch (Limits.Endless e) {
      endless.add(parsed.template()); // once is enough: no other host waits for it too
      throw Limits.endless(place, time);
    }
  }
}
