package dev.hactl.engine.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.Sources;
import dev.hactl.engine.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments of a task to a filled form, and everything that does not fit. */
class BinderTest {
  private record Params(
      String path,
      Optional<Mode> mode,
      String state,
      Optional<List<String>> tags,
      Optional<String> pin,
      String free) {}

  private static Form<Params> form(boolean open) {
    var form = Form.builder();
    var path = form.required("path", Types.PATH, "Where.", "dest", "name");
    var mode = form.optional("mode", Types.MODE, "Permissions.");
    var state = form.text("state", "present", "What.");
    var tags = form.optional("tags", Types.TEXTS, "Words.");
    var pin = form.optional("pin", Types.TEXT, "A number.");
    form.secret();
    var left = form.optional("left", Types.TEXT, "One side.");
    var right = form.optional("right", Types.TEXT, "Other side.");
    form.freeForm("path").atMostOne("left", "right");
    if (open) {
      form.open();
    }
    return form.into(a -> {
      if (a.get(left).equals(Optional.of("wrong"))) {
        throw new BadValue("left cannot be wrong", "make it right");
      }
      return new Params(
          a.get(path),
          a.get(mode),
          a.get(state),
          a.get(tags),
          a.get(pin),
          a.free() + "" + a.get(right).orElse(""));
    });
  }

  private static String check(String yaml) {
    var problems = new Problems();
    Node args = Sources.yaml(yaml);
    Binder.check("thing", form(false), args, args.place(), problems, t -> t.contains("${"));
    return Sources.brief(problems.all());
  }

  private static Params bind(String yaml, boolean open) {
    Node args = Sources.yaml(yaml);
    return Binder.bind("thing", form(open), args, args.place(), new AsWritten());
  }

  /** Texts as they are; {@code ?} is unknown. */
  private static final class AsWritten implements Evaluation {
    @Override
    public Value render(Node node) {
      return node instanceof Node.Scalar s && s.text().equals("?")
          ? new Value.Unknown("not yet")
          : switch (node) {
            case Node.Scalar s -> Literals.value(s);
            case Node.Sequence s -> new Value.Items(s.items().stream().map(this::render).toList());
            case Node.Mapping m -> Literals.value(m);
          };
    }

    @Override
    public Value evaluate(Node.Scalar expression) {
      return Value.bool(true);
    }

    @Override
    public Content file(Node node) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Content template(Node node) {
      throw new UnsupportedOperationException();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "{path: /x}                          | /x present -",
        "/x                                  | /x present -",
        "{dest: /x, state: absent}           | /x absent -",
        "{_free_form: /x, mode: '0644'}      | /x present 0644",
        "{path: /x, mode: u=rw}              | /x present u=rw",
        "{path: /x, mode: }                  | /x present -",
        "{path: /x, state: }                 | /x present -",
      })
  void fills(String yaml, String params) {
    Params p = bind(yaml, false);
    assertEquals("", check(yaml));
    assertEquals(params, p.path() + " " + p.state() + " " + p.mode().map(Mode::text).orElse("-"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "{path: /x, stat: y}      | x.yml:1:12: thing has no parameter 'stat'; did you mean 'state'?",
        "{path: /x, zzz: y}       | x.yml:1:12: thing has no parameter 'zzz'; its parameters: path, mode, state, tags, pin, left, right",
        "{state: y}               | x.yml:1:1: thing needs the parameter 'path'; path: Where.",
        "{path: /x, dest: /y}     | x.yml:1:12: 'dest' is another name of 'path', which is given too",
        "{path: /x, left: a, right: b} | x.yml:1:1: thing takes only one of left, right",
        "{path: x, mode: 0644}    | x.yml:1:8: path: an absolute path is wanted, this is 'x'; begin it with '/'#x.yml:1:17: mode: an unquoted mode is a number to YAML, and 0644 would not mean what it looks like; write '0644' in quotes",
        "{path: '${x}', mode: '${y}'} | ``",
        "{path: /x, tags: ['${y}', z]} | ``",
        "{path: /x, tags: [[z]]}  | x.yml:1:18: tags: text is wanted, this is a list",
        "{path: [/x]}             | x.yml:1:8: path: text is wanted, this is a list",
      })
  void findsWhatIsWrongWithoutAHost(String yaml, String problems) {
    assertEquals(problems.replace("``", ""), check(yaml).replace(" | ", "; ").replace("\n", "#"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "{path: x}               | x.yml:1:8: path: an absolute path is wanted, this is 'x'; begin it with '/'",
        "{path: /x, left: wrong} | x.yml:1:1: thing: left cannot be wrong; make it right",
        "{path: /x, stat: y}     | x.yml:1:12: thing has no parameter 'stat'; did you mean 'state'?",
      })
  void refusesValuesThatDoNotFit(String yaml, String problem) {
    SourceException refused = assertThrows(SourceException.class, () -> bind(yaml, false));
    assertEquals(problem, Sources.brief(refused).replace(" | ", "; "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {"{path: '?'}", "{path: /x, tags: [a, '?']}"})
  void whatIsNotKnownYetIsMissing(String yaml) {
    assertEquals(
        "not yet", assertThrows(Evaluation.Missing.class, () -> bind(yaml, false)).getMessage());
  }

  @Test
  void anOpenFormTakesFurtherNames() {
    assertEquals("{a=1, b=[x]}", bind("{path: /x, a: 1, b: [x]}", true).free());
  }

  @Test
  void aFormDescribesItself() {
    Form<Params> form = form(false);
    assertEquals(
        "path! mode state=present tags pin left right",
        form.fields().stream()
            .map(f ->
                f.name() + (f.required() ? "!" : "") + f.fallback().map(d -> "=" + d).orElse(""))
            .collect(Collectors.joining(" ")));
    assertTrue(form.field("dest").orElseThrow().name().equals("path"));
    assertTrue(form.field("pin").orElseThrow().secret());
    assertTrue(form.field("zzz").isEmpty());
  }
}
