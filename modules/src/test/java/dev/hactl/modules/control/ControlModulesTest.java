package dev.hactl.modules.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.ControlModule;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.ByHand;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ControlModulesTest {
  @Test
  void assertTakesOneConditionOrSeveral() {
    var one = steer(new Assert(), "that: a == 1", Control.Require.class);
    assertEquals(1, one.conditions().size());
    assertEquals("All assertions passed", one.whenTrue());
    assertEquals("Assertion failed", one.whenFalse());
    var two = steer(new Assert(), "{that: [a, b], msg: no, quiet: yes}", Control.Require.class);
    assertEquals(2, two.conditions().size());
    assertEquals("", two.whenTrue());
    assertEquals("no", two.whenFalse());
  }

  @Test
  void failSaysWhatItIsTold() {
    assertEquals("stop", steer(new Fail(), "msg: stop", Control.Fail.class).message());
    assertEquals(
        "Failed as requested from task", steer(new Fail(), "{}", Control.Fail.class).message());
  }

  @Test
  void setFactKeepsTypesAndOrder() {
    var facts = steer(new SetFact(), "{b: 1, a: [x], cacheable: no}", Control.SetFacts.class);
    assertEquals("[b, a]", facts.facts().keySet().toString());
    assertEquals(Value.number(1), facts.facts().get("b"));
  }

  @Test
  void metaIsPlainText() {
    var steer = steer(new Meta(), "flush_handlers", Control.Steer.class);
    assertEquals(Control.Meta.FLUSH_HANDLERS, steer.what());
  }

  @Test
  void pauseWaitsForTheClockOnly() {
    var wait = steer(new Pause(), "minutes: 1.5", Control.WaitFor.class);
    assertEquals(Duration.ofSeconds(90), wait.delay());
    assertTrue(wait.look().needless());
    assertEquals("90.0 seconds to pass", wait.expectation());
  }

  @Test
  void waitForHasAnsiblesDefaults() {
    var wait = steer(new WaitFor(), "port: 80", Control.WaitFor.class);
    assertEquals(Duration.ofSeconds(300), wait.deadline());
    assertEquals(Duration.ofSeconds(1), wait.every());
    assertEquals(Duration.ZERO, wait.delay());
    assertEquals("port 80 of 127.0.0.1 to accept connections", wait.expectation());
    var bare = steer(new WaitFor(), "{timeout: 3, delay: 2}", Control.WaitFor.class);
    assertEquals(Duration.ofSeconds(5), bare.delay());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesAreRefusedWithTheirPlace(Module<?> module, String yaml, String message) {
    var e = assertThrows(SourceException.class, () -> ByHand.bind(module, yaml));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.getMessage().startsWith("task.yml:1:"), e.getMessage());
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(new Assert(), "{msg: x}", "needs the parameter 'that'"),
        Arguments.of(new SetFact(), "{}", "no variable is given"),
        Arguments.of(new SetFact(), "{a-b: 1}", "'a-b' cannot be the name"),
        Arguments.of(new SetFact(), "{a: 1, cacheable: yes}", "keeps no facts between runs"),
        Arguments.of(new Meta(), "flush_handler", "is not one of flush_handlers"),
        Arguments.of(new Meta(), "{}", "needs the parameter 'action'"),
        Arguments.of(new Pause(), "prompt: sure?", "no parameter 'prompt'"),
        Arguments.of(new Pause(), "{seconds: 1, minutes: 1}", "only one of"),
        Arguments.of(new WaitFor(), "{port: 1, path: /x}", "only one of port, path"),
        Arguments.of(new WaitFor(), "port: 70000", "from 1 to 65535"),
        Arguments.of(new WaitFor(), "{port: 1, host: -x}", "neither a host name nor an address"),
        Arguments.of(new WaitFor(), "{port: 1, state: drained}", "drained is not offered"),
        Arguments.of(new WaitFor(), "{path: /x, search_regex: '(?=a)'}", "cannot be looked for"),
        Arguments.of(new WaitFor(), "{path: /x, search_regex: '(a'}", "not a regular expression"));
  }

  private static <P, C extends Control> C steer(
      ControlModule<P> module, String yaml, Class<C> kind) {
    return assertInstanceOf(kind, module.steer(ByHand.bind(module, yaml)));
  }
}
