package dev.hactl.engine.template;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.value.Value;
import freemarker.core.Environment;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * Renders texts and evaluates expressions with FreeMarker. Parsed once per distinct text; may be
 * shared by threads.
 *
 * <p>Only what the playbook's author wrote is ever parsed. A value that came from a host is data.
 */
public final class Renderer {
  private static final String RESULT = "hactl_result";
  private static final String BEFORE = "<#assign " + RESULT + "=(";

  private final TemplateFiles files;
  private final Map<String, Template> texts;
  private final Map<String, Template> expressions;

  /** A renderer for a playbook whose template files are found by {@code files}. */
  public Renderer(TemplateFiles files) {
    this(files, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
  }

  private Renderer(
      TemplateFiles files, Map<String, Template> texts, Map<String, Template> expressions) {
    this.files = files;
    this.texts = texts;
    this.expressions = expressions;
  }

  /** The same for other template files; what was parsed once is parsed for both. */
  public Renderer with(TemplateFiles others) {
    return new Renderer(others, texts, expressions);
  }

  /** Whether a text needs rendering at all. */
  public static boolean dynamic(String text) {
    return Interpolation.dynamic(text);
  }

  /** Notes every text in the node that cannot be parsed, or that is no text of FreeMarker's. */
  public void check(Node node, Problems problems) {
    switch (node) {
      case Node.Scalar s when s.kind() == Node.Kind.TEXT -> {
        Jinja.in(s.text(), within(s, 0), "").ifPresent(problems::add);
        if (dynamic(s.text())) {
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
    check(() -> expression(expression.text(), expression, 0), problems);
  }

  /** The names that the texts in a node refer to; it must have passed {@link #check}. */
  public Mentions mentions(Node node) {
    return switch (node) {
      case Node.Scalar s when s.kind() == Node.Kind.TEXT && dynamic(s.text()) ->
          Interpolation.single(s.text())
              .map(e -> TextScan.expression(s.text(), 2, s.text().length() - 1, offsets(s)))
              .orElseGet(() -> TextScan.text(s.text(), offsets(s)).mentions());
      case Node.Scalar s -> Mentions.NONE;
      case Node.Sequence s -> Mentions.of(s.items().stream().map(this::mentions).toList());
      case Node.Mapping m ->
          Mentions.of(m.entries().stream().map(e -> mentions(e.value())).toList());
    };
  }

  /** The names that an expression refers to; it must have passed {@link #checkExpression}. */
  public Mentions mentionsOfExpression(Node.Scalar s) {
    return TextScan.expression(s.text(), 0, s.text().length(), offsets(s));
  }

  /** The problem that nothing defines a name. */
  public static Problem undefined(String name, Place place, Collection<String> known) {
    return Failures.undefined(name, place, known);
  }

  private static IntFunction<Place> offsets(Node.Scalar s) {
    return offset -> {
      int line = (int) s.text().substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
      return Spot.of(s.place(), s.text(), line, offset - s.text().lastIndexOf('\n', offset - 1));
    };
  }

  private void parse(Node.Scalar s) {
    Interpolation.single(s.text()).ifPresentOrElse(e -> expression(e, s, 2), () -> text(s));
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
      case Node.Scalar s when s.kind() == Node.Kind.TEXT && dynamic(s.text()) ->
          renderText(s, names);
      case Node.Scalar s -> literal(s);
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
      return literal(expression);
    }
    return evaluate(
        expression(expression.text(), expression, 0),
        expression.place(),
        names,
        within(expression, -BEFORE.length()));
  }

  /**
   * Renders a template file.
   *
   * @param name relative to one of the template folders
   * @param place where the playbook names it
   */
  public Rendered renderFile(String name, Place place, Names names) {
    Template template = files.find(name, place);
    return write(template, place, names, files::place, files.shown(template));
  }

  /**
   * A rendered template.
   *
   * @param text the text or, when something in it is unknown, {@link Value.Unknown}
   * @param source the file as messages show it
   */
  public record Rendered(Value text, String source) {}

  private Value renderText(Node.Scalar s, Names names) {
    var single = Interpolation.single(s.text());
    if (single.isPresent()) {
      return evaluate(
          expression(single.get(), s, 2), s.place(), names, within(s, 2 - BEFORE.length()));
    }
    return write(text(s), s.place(), names, within(s, 0), "").text();
  }

  /** Places in a scalar; the first line of what FreeMarker sees is longer by some characters. */
  private static Failures.Where within(Node.Scalar s, int offset) {
    return (template, line, column) ->
        Spot.of(s.place(), s.text(), line, line == 1 ? column + offset : column);
  }

  private static Rendered write(
      Template template, Place place, Names names, Failures.Where where, String source) {
    var taint = new Taint();
    var out = new StringWriter();
    try {
      template.createProcessingEnvironment(new Models(taint).root(names), out).process();
      return new Rendered(new Value.Text(out.toString(), taint.touched()), source);
    } catch (TemplateException e) {
      return new Rendered(Failures.unknownOrThrow(e, place, where, names), source);
    } catch (IOException e) {
      throw Failures.unreadable(e, place);
    }
  }

  private static Value evaluate(Template template, Place place, Names names, Failures.Where where) {
    var taint = new Taint();
    var models = new Models(taint);
    try {
      Environment environment =
          template.createProcessingEnvironment(models.root(names), Writer.nullWriter());
      environment.process();
      return integral(models.unwrap(environment.getVariable(RESULT)));
    } catch (TemplateException e) {
      return Failures.unknownOrThrow(e, place, where, names);
    } catch (IOException e) {
      throw Failures.unreadable(e, place);
    }
  }

  /** FreeMarker computes with decimals; {@code 2.0} is the number 2. */
  private static Value integral(Value value) {
    return value instanceof Value.Num n
            && n.exact() instanceof BigDecimal d
            && d.stripTrailingZeros().scale() <= 0
        ? new Value.Num(d.setScale(0), n.secret())
        : value;
  }

  private Template text(Node.Scalar s) {
    return parsed(texts, s.text(), s.text(), s, 0);
  }

  /**
   * Parses an expression.
   *
   * @param in the text it stands in
   * @param offset how many characters of that text stand before it
   */
  private Template expression(String text, Node.Scalar in, int offset) {
    return parsed(expressions, text, BEFORE + text + ")>", in, offset - BEFORE.length());
  }

  private static Template parsed(
      Map<String, Template> cache, String key, String text, Node.Scalar in, int offset) {
    Template known = cache.get(key);
    if (known != null) {
      return known;
    }
    try {
      var template = new Template("inline", text, FreeMarker.configuration());
      cache.put(key, template);
      return template;
    } catch (IOException e) {
      throw Failures.unparsable(e, key, in.place(), within(in, offset));
    }
  }

  private static Value literal(Node.Scalar s) {
    return switch (s.kind()) {
      case TEXT -> Value.text(s.text());
      case NULL -> new Value.Nothing();
      case BOOLEAN -> Value.bool(s.text().equalsIgnoreCase("true"));
      case INTEGER -> Value.number(s.text());
      case DECIMAL ->
          s.text().matches("[-+0-9.eE]+") ? Value.number(s.text()) : Value.text(s.text());
    };
  }
}
