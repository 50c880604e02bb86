package dev.hactl.engine.template;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Sources;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import dev.hactl.engine.vars.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Texts rendered with variables of every kind. */
abstract class Rendering {
  static final String NAMES =
      """
      vip: 192.0.2.9
      port: 80
      big: 1234567
      half: 0.5
      up: true
      empty: ''
      nothing:
      hosts: [db1, db2]
      server: {name: db1, ports: [80, 81], tags: {a: x}}
      address: ${vip}:${port}
      alias: ${server}
      octal: 0o17
      written: yes
      """;

  @TempDir Path folder;
  final Renderer renderer = new Renderer(new TemplateFiles(List.of()));

  Variables names() {
    return new Variables(
        Scope.of(
            List.of(
                Layer.written(Precedence.PLAY, "play", Sources.mapping(NAMES), false),
                Layer.written(
                    Precedence.PLAY, "play", Sources.mapping("pin: '4711'\nkeys: [a, b]"), true),
                Layer.ready(
                    Precedence.RUNTIME,
                    "register",
                    Place.of("register"),
                    Map.of(
                        "fromHost", Value.text("${vip} <#if x>"),
                        "later", new Value.Unknown("it needs the result of 'x'"),
                        "partly",
                            Value.dict(
                                Map.of(
                                    "rc",
                                    new Value.Unknown("not run"),
                                    "changed",
                                    Value.bool(true))))))),
        renderer);
  }

  Value render(String text) {
    return renderer.render(scalar(text), names());
  }

  static Node.Scalar scalar(String text) {
    return Sources.scalar("'" + text.replace("'", "''") + "'");
  }

  static String typed(Value value) {
    return Value.describe(value) + " " + value.show();
  }
}
