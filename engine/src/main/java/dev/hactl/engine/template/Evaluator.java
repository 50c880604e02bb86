package dev.hactl.engine.template;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.template.function.Surroundings;
import dev.hactl.engine.value.Value;
import freemarker.core.Environment;
import freemarker.template.TemplateException;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;

/**
 * Has FreeMarker work out one parsed text for one host.
 *
 * @param parsed the text
 * @param expression whether it is one, whose value keeps its type
 * @param place where the text begins
 * @param where turns FreeMarker's places into the user's
 * @param names what the text may refer to
 * @param around what functions may know
 */
record Evaluator(
    Parsed parsed,
    boolean expression,
    Place place,
    Failures.Where where,
    Names names,
    Surroundings around) {

  /** Zeros of a number that are written out. */
  private static final int FEW = 1000;

  /**
   * The value, or that it is unknown.
   *
   * @throws dev.hactl.engine.source.SourceException with the place when something is undefined or
   *     does not fit
   */
  Value value() {
    try {
      return expression ? typed() : text();
    } catch (TemplateException e) {
      return Failures.unknownOrThrow(e, place, where, names);
    } catch (Limits.TooLarge e) {
      throw Limits.tooLarge(place);
    } catch (IOException e) {
      throw Failures.unreadable(e, place);
    } catch (StackOverflowError e) {
      throw Limits.tooDeep(place);
    } catch (OutOfMemoryError e) {
      throw Limits.tooLarge(place);
    }
  }

  private Value text() throws TemplateException, IOException {
    var taint = new Taint();
    var out = new Limits.Output();
    process(new Models(taint), out);
    return new Value.Text(out.toString(), taint.touched());
  }

  private Value typed() throws TemplateException, IOException {
    var models = new Models(new Taint());
    Environment environment = process(models, Writer.nullWriter());
    Value value = models.unwrap(environment.getVariable(Texts.result()));
    if (value instanceof Value.Text t && t.text().length() > Limits.CHARACTERS) {
      throw new Limits.TooLarge();
    }
    return integral(value);
  }

  private Environment process(Models models, Writer out) throws TemplateException, IOException {
    var root = new HostRoot(models, names, parsed.called(), around);
    Environment environment = parsed.template().createProcessingEnvironment(root, out);
    environment.process();
    return environment;
  }

  /** FreeMarker computes with decimals; {@code 2.0} is the number 2. */
  private static Value integral(Value value) {
    return value instanceof Value.Num n
            && n.exact() instanceof BigDecimal d
            && d.scale() > -FEW // 1e999999999 has more zeros than there is memory
            && d.stripTrailingZeros().scale() <= 0
        ? new Value.Num(d.setScale(0), n.secret())
        : value;
  }
}
