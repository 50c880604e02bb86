package dev.hactl.engine.source;

import dev.hactl.engine.vault.BrokenVaultException;
import dev.hactl.engine.vault.Envelope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML 1.2 text to {@link Node}s.
 *
 * <p>Nodes are composed and walked here rather than loaded by the library, because only nodes keep
 * their places and the raw text of a scalar ({@code mode: 0644} would arrive as the number 644).
 */
public final class YamlReader {
  /** Deeper than any playbook; keeps a hostile text from exhausting the stack. */
  private static final int MAX_DEPTH = 100;

  private static final int MAX_CHARACTERS = (int) SourceText.LARGEST;

  /** More nodes than this after aliases are followed is an alias bomb, not a playbook. */
  private static final int MAX_NODES = 2_000_000;

  /** Ansible reads both. */
  private static final Set<String> VAULT_TAGS = Set.of(Node.Scalar.VAULT, "!vault-encrypted");

  private final SourceFile file;
  private final Problems problems;
  private int nodes;

  private YamlReader(SourceFile file, Problems problems) {
    this.file = file.with(problems.keyring());
    this.problems = problems;
  }

  /**
   * Reads a file; one that is encrypted as a whole is refused.
   *
   * @param path the file
   * @param shown the name messages use for it
   * @return the root node, empty for an empty document or when a problem was noted
   */
  public static Optional<Node> read(Path path, String shown, Problems problems) {
    return SourceText.read(path, shown, SourceText.Encrypted.REFUSED, problems)
        .flatMap(file -> parse(file, problems));
  }

  /**
   * Reads a file of variables or an inventory; see {@link #read}. One that is encrypted as a whole
   * is opened, and every value in it is secret.
   */
  public static Optional<Node> readVariables(Path path, String shown, Problems problems) {
    return SourceText.read(path, shown, SourceText.Encrypted.OPENED, problems)
        .flatMap(file -> parse(file, problems));
  }

  /**
   * Reads a file of variables that perhaps nobody needs; see {@link #readVariables}. One that no
   * password opens is an empty mapping, whose file says why ({@link Opening#locked}).
   */
  public static Optional<Node> readVariablesIfPossible(Path path, String shown, Problems problems) {
    return SourceText.read(path, shown, SourceText.Encrypted.OPENED_IF_POSSIBLE, problems)
        .flatMap(file ->
            file.opening().locked().isPresent()
                ? Optional.of(new Node.Mapping(List.of(), file.at(1, 1)))
                : parse(file, problems));
  }

  /** Parses a text; see {@link #read}. */
  public static Optional<Node> parse(SourceFile file, Problems problems) {
    return new YamlReader(file, problems).parse();
  }

  private Optional<Node> parse() {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.name())
            .setSchema(new CoreSchema())
            .setAllowNonScalarKeys(true)
            .setMaxAliasesForCollections(1000)
            .setCodePointLimit(MAX_CHARACTERS)
            .build();
    try {
      return new Compose(settings)
          .composeString(file.text())
          .map(n -> convert(n, 0, new IdentityHashMap<>()));
    } catch (MarkedYamlEngineException e) {
      problems.add(YamlMistake.of(e, this::place, file));
    } catch (YamlEngineException e) {
      problems.error(Place.of(file.name()), "not valid YAML: " + firstLine(e));
    } catch (StackOverflowError e) {
      problems.error(Place.of(file.name()), "nested too deeply");
    } catch (OutOfMemoryError e) {
      problems.error(
          Place.of(file.name()), "the file holds too much to be read", "split it into several");
    } catch (StopReading e) {
      problems.error(e.place, e.reason);
    }
    return Optional.empty();
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
  }

  private Place place(Mark mark) {
    return file.at(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private Place place(org.snakeyaml.engine.v2.nodes.Node node) {
    return node.getStartMark().map(this::place).orElse(Place.of(file.name()));
  }

  private Node convert(
      org.snakeyaml.engine.v2.nodes.Node node,
      int depth,
      Map<org.snakeyaml.engine.v2.nodes.Node, Boolean> open) {
    Place place = place(node);
    if (depth > MAX_DEPTH) {
      throw new StopReading(place, "nested deeper than " + MAX_DEPTH + " levels");
    }
    if (++nodes > MAX_NODES) {
      throw new StopReading(place, "aliases expand to more than " + MAX_NODES + " values");
    }
    if (open.put(node, true) != null) {
      throw new StopReading(place, "an anchor contains itself");
    }
    Node converted =
        switch (node) {
          case ScalarNode s -> scalar(s, place);
          case SequenceNode s ->
              new Node.Sequence(
                  s.getValue().stream().map(n -> convert(n, depth + 1, open)).toList(), place);
          case MappingNode m -> mapping(m, depth, open, place);
          default -> throw new StopReading(place, "unexpected " + node.getNodeType());
        };
    open.remove(node);
    if (!(converted instanceof Node.Scalar) && VAULT_TAGS.contains(node.getTag().getValue())) {
      problems.error(
          place, "'!vault' stands before an encrypted text, this is a " + converted.describe());
    }
    return converted;
  }

  private Node.Scalar scalar(ScalarNode s, Place place) {
    Tag tag = s.getTag();
    Node.Kind kind =
        tag.equals(Tag.INT)
            ? Node.Kind.INTEGER
            : tag.equals(Tag.FLOAT)
                ? Node.Kind.DECIMAL
                : tag.equals(Tag.BOOL)
                    ? Node.Kind.BOOLEAN
                    : tag.equals(Tag.NULL) ? Node.Kind.NULL : Node.Kind.TEXT;
    String local = tag.getValue().startsWith("!") ? tag.getValue() : "";
    if (!local.isEmpty() && VAULT_TAGS.contains(local)) {
      return vaulted(s.getValue(), place);
    }
    if (Envelope.is(s.getValue())) {
      problems.add(
          Problem.warning(
              "vault-tag-missing",
              place,
              "this looks encrypted, and is taken as the text it is",
              "write !vault before it: NAME: !vault |"));
    }
    return new Node.Scalar(
        s.getValue(), kind, s.getScalarStyle() == ScalarStyle.PLAIN, local, place);
  }

  /** What cannot be an encrypted text is told now; whether a password opens it, when it is used. */
  private Node.Scalar vaulted(String text, Place place) {
    problems.sawVaulted();
    try {
      var _ = Envelope.parse(text);
    } catch (BrokenVaultException e) {
      problems.error(place, "this value " + e.why(), e.advice());
    }
    return new Node.Scalar(text, Node.Kind.TEXT, false, Node.Scalar.VAULT, place);
  }

  private Node mapping(
      MappingNode m,
      int depth,
      Map<org.snakeyaml.engine.v2.nodes.Node, Boolean> open,
      Place place) {
    if (m.getValue().size() == 1
        && m.getValue().getFirst().getKeyNode() instanceof MappingNode inner
        && place(inner).file().line(place(inner).line()).contains("{{")) {
      throw new StopReading(
          place, "this looks like Jinja: hactl writes ${name} instead of {{ name }}");
    }
    var own = new LinkedHashMap<String, Node.Entry>();
    var merged = new LinkedHashMap<String, Node.Entry>();
    for (NodeTuple tuple : m.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.error(
            place(tuple.getKeyNode()), "a key must be a single value, not a list or a mapping");
        continue;
      }
      Node.Scalar name = scalar(key, place(key));
      Node value = convert(tuple.getValueNode(), depth + 1, open);
      if (name.text().equals("<<") && name.plain()) {
        merge(value, merged);
        continue;
      }
      Node.Entry earlier = own.putIfAbsent(name.text(), new Node.Entry(name, value));
      if (earlier != null) {
        problems.error(
            name.place(),
            "the key '" + name.text() + "' stands twice in this mapping",
            "it stands first in line " + earlier.key().place().line() + "; keep one of them");
      }
    }
    own.forEach(merged::put);
    return new Node.Mapping(List.copyOf(merged.values()), place);
  }

  private void merge(Node value, Map<String, Node.Entry> into) {
    List<Node> sources = new ArrayList<>();
    switch (value) {
      case Node.Sequence s -> sources.addAll(s.items());
      case Node.Mapping m -> sources.add(m);
      case Node.Scalar s -> sources.add(s);
    }
    for (Node source : sources) {
      if (source instanceof Node.Mapping m) {
        m.entries().forEach(e -> into.putIfAbsent(e.name(), e));
      } else {
        problems.error(source.place(), "'<<' merges mappings, this is a " + source.describe());
      }
    }
  }

  /** Ends the walk at once; the reader turns it into the problem it carries. */
  private static final class StopReading extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Place place;
    private final String reason;

    StopReading(Place place, String reason) {
      super(reason, null, false, false);
      this.place = place;
      this.reason = reason;
    }
  }
}
