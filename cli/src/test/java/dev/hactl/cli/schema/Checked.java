package dev.hactl.cli.schema;

import com.fasterxml.jackson.jr.ob.JSON;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.source.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A schema in the hands of a validator that others wrote. */
final class Checked {
  private final Schema schema;

  private Checked(Schema schema) {
    this.schema = schema;
  }

  static Checked by(Map<String, Object> schema) {
    return new Checked(
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(json(schema), InputFormat.JSON));
  }

  /** What is wrong with a YAML text: places and messages. */
  List<String> errors(String yaml) {
    var problems = new Problems();
    Node node = YamlReader.parse(new SourceFile("text", yaml), problems).orElseThrow();
    problems.throwIfErrors();
    return schema.validate(json(plain(node)), InputFormat.JSON).stream()
        .map(e -> e.getInstanceLocation() + " " + e.getMessage())
        .toList();
  }

  static String json(Object value) {
    try {
      return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** As an editor reads it: YAML 1.2, and what has a tag of hactl's is text. */
  private static Object plain(Node node) {
    return switch (node) {
      case Node.Scalar s when !s.tag().isEmpty() -> s.text();
      case Node.Scalar s ->
          switch (s.kind()) {
            case TEXT -> s.text();
            case INTEGER, DECIMAL -> number(s.text());
            case BOOLEAN -> Boolean.valueOf(s.text());
            case NULL -> null;
          };
      case Node.Sequence s -> {
        var items = new ArrayList<Object>();
        s.items().forEach(i -> items.add(plain(i)));
        yield items;
      }
      case Node.Mapping m -> {
        var entries = new LinkedHashMap<String, Object>();
        m.entries().forEach(e -> entries.put(e.name(), plain(e.value())));
        yield entries;
      }
    };
  }

  private static Object number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException octalOrHex) {
      return Long.decode(text.replace("0o", "0"));
    }
  }
}
