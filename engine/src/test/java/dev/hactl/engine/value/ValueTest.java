package dev.hactl.engine.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.source.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What values show, and that secrets never do. */
class ValueTest {
  private static final Value.Text HIDDEN = new Value.Text("hunter2", true);

  private static Value.Dict dict(String key, Value value) {
    var entries = new LinkedHashMap<String, Value>();
    entries.put("plain", Value.number(1));
    entries.put(key, value);
    return new Value.Dict(entries);
  }

  private static Stream<Arguments> shown() {
    return Stream.of(
        Arguments.of(Value.text("a"), "text", "a", false),
        Arguments.of(Value.number(80), "number", "80", false),
        Arguments.of(Value.bool(true), "boolean", "true", false),
        Arguments.of(new Value.Nothing(), "nothing", "null", false),
        Arguments.of(new Value.Unknown("why"), "unknown", "(unknown)", false),
        Arguments.of(Value.texts(List.of("a", "b")), "list", "[a, b]", false),
        Arguments.of(dict("b", Value.text("x")), "mapping", "{plain: 1, b: x}", false),
        Arguments.of(HIDDEN, "text", "<secret>", true),
        Arguments.of(new Value.Num(BigDecimal.TEN, true), "number", "<secret>", true),
        Arguments.of(new Value.Bool(true, true), "boolean", "<secret>", true),
        Arguments.of(
            new Value.Items(List.of(Value.text("a"), HIDDEN)), "list", "[a, <secret>]", true),
        Arguments.of(
            dict("b", dict("c", HIDDEN)),
            "mapping",
            "{plain: 1, b: {plain: 1, c: <secret>}}",
            true));
  }

  @ParameterizedTest
  @MethodSource
  void shown(Value value, String type, String text, boolean secret) {
    assertEquals(type, Value.describe(value));
    assertEquals(text, value.show());
    assertEquals(secret, value.secret());
    assertFalse(value.toString().contains("hunter2"));
  }

  @ParameterizedTest
  @CsvSource({"80,80", "80.0,80", "1.50,1.5", "1e3,1000", "0.000,0", "-7,-7", "1E-2,0.01"})
  void numbersPrintAsPeopleWriteThem(String number, String shown) {
    assertEquals(shown, new Value.Num(new BigDecimal(number), false).plain());
  }

  @Test
  void taintReachesEveryLeafAndCanOnlyBeAdded() {
    Value tainted = Value.tainted(dict("b", Value.texts(List.of("x"))), true);
    assertEquals("{plain: <secret>, b: [<secret>]}", tainted.show());
    assertEquals(HIDDEN, Value.tainted(HIDDEN, false));
    assertEquals(new Value.Nothing(), Value.tainted(new Value.Nothing(), true));
    assertEquals(new Value.Unknown("w"), Value.tainted(new Value.Unknown("w"), true));
  }

  @Test
  void valuesDoNotChange() {
    var items = new ArrayList<Value>(List.of(Value.text("a")));
    var list = new Value.Items(items);
    var entries = new LinkedHashMap<String, Value>();
    var dict = new Value.Dict(entries);
    items.clear();
    entries.put("late", Value.text("x"));
    assertEquals("[a]", list.show());
    assertEquals("{}", dict.show());
    assertThrows(UnsupportedOperationException.class, () -> dict.entries().put("x", HIDDEN));
  }

  @Test
  void aSecretIsComparedButNotPrinted() {
    assertEquals(Secret.of("x"), Secret.of("x"));
    assertEquals("<secret>", String.valueOf(Secret.of("hunter2")));
    assertTrue(Secret.of("hunter2").reveal().endsWith("2"));
  }

  @Test
  void anOriginNamesItsPlace() {
    assertEquals("-e", new Origin("-e", Place.of("-e")).toString());
    assertEquals("register (site.yml)", new Origin("register", Place.of("site.yml")).toString());
  }
}
