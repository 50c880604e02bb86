package dev.hactl.engine.template;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.source.Sources;
import dev.hactl.engine.template.function.Json;
import dev.hactl.engine.template.function.Lookups;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import dev.hactl.engine.vars.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The host db1 with some variables and files, on which examples are evaluated. */
final class ExampleHost {
  final Renderer renderer;
  final Lookups lookups;
  final Variables names;

  /** Makes the files in a folder. */
  ExampleHost(Path folder, String variables) throws IOException {
    Files.createDirectories(folder.resolve("files"));
    Files.createDirectories(folder.resolve("templates"));
    Files.writeString(folder.resolve("files/motd.txt"), "Welcome to the pair\n");
    Files.writeString(
        folder.resolve("templates/greeting.ftl"), "Hello from ${inventory_hostname}\n");
    lookups =
        Lookups.beside(
            folder, f -> Value.text(Files.readString(f)), Map.of("HOME", "/root", "EDITOR", "vi"));
    renderer = new Renderer(TemplateFiles.beside(folder), lookups);
    names =
        new Variables(
            Scope.of(
                List.of(
                    Layer.written(Precedence.PLAY, "play", Sources.mapping(variables), false),
                    Layer.ready(
                        Precedence.HOST,
                        "host",
                        Place.of("host"),
                        Map.of("inventory_hostname", Value.text("db1"))))),
            renderer);
  }

  /** What an expression comes to. */
  Value value(String expression) {
    var file = new SourceFile("x.yml", expression);
    return renderer.evaluate(
        new Node.Scalar(expression, Node.Kind.TEXT, true, "", file.at(1, 1)), names);
  }

  /** The same as JSON. */
  String json(String expression) {
    return Json.compact(value(expression));
  }
}
