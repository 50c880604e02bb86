package dev.hactl.cli.convert;

import dev.hactl.cli.convert.AnsibleFiles.Item;
import dev.hactl.cli.convert.AnsibleFiles.Kind;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.run.KnownFacts;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.source.SourceText;
import dev.hactl.engine.source.YamlReader;
import dev.hactl.engine.template.jinja.JinjaText;
import dev.hactl.engine.vault.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Turns playbooks and roles of Ansible, with all files that belong to them, into hactl's. */
public final class AnsibleConverter {
  /** An expression that works with the ending of templates' names. */
  private static final Pattern WORKS_WITH_NAMES =
      Pattern.compile("\\{\\{[^}]*['\"][^'\"}]*j2\\b[^}]*\\}\\}");

  private final Modules modules;
  private final Names names = new Names(KnownFacts.names());
  private final Templates templates = new Templates();
  private final List<Problem> left = new ArrayList<>();
  private final List<Problem> notes = new ArrayList<>();
  private final LinkedHashMap<String, Conversion.Written> files = new LinkedHashMap<>();

  /** A converter to these modules. */
  public AnsibleConverter(Modules modules) {
    this.modules = modules;
  }

  /**
   * Converts.
   *
   * @param sources playbooks, files of tasks or of variables, folders of roles; all of them exist
   */
  public Conversion convert(List<Path> sources) {
    pass(sources); // first what all files say of names, then the texts that use them
    left.clear();
    notes.clear();
    files.clear();
    return pass(sources);
  }

  private Conversion pass(List<Path> sources) {
    var all = new AnsibleFiles();
    var playbooks = new ArrayList<String>();
    var roles = new ArrayList<String>();
    for (Path source : sources) {
      Path root = AnsibleFiles.folder(source);
      if (Files.isDirectory(source)) {
        all.role(source, root);
        roles.add(AnsibleFiles.roleTarget(source, root));
      } else {
        Kind kind = kind(source);
        all.playbook(source, root, kind);
        if (kind == Kind.PLAYBOOK) {
          playbooks.add(AnsibleFiles.name(source));
        }
      }
    }
    for (Optional<Item> item = all.next(); item.isPresent(); item = all.next()) {
      item(item.get(), all);
    }
    return new Conversion(files, playbooks, roles, List.copyOf(left), List.copyOf(notes));
  }

  private static Kind kind(Path source) {
    if (source.toString().endsWith(".j2")) {
      return Kind.TEMPLATE;
    }
    Optional<Node> root =
        new YamlFile(new SourceFile("", text(source).orElse(""))).rootIfPossible();
    if (root.orElse(null) instanceof MappingNode) {
      return Kind.VARS;
    }
    boolean plays =
        !(root.orElse(null) instanceof SequenceNode s)
            || s.getValue().stream().anyMatch(AnsibleConverter::play);
    return plays ? Kind.PLAYBOOK : Kind.TASKS;
  }

  private static boolean play(Node node) {
    return node instanceof MappingNode m
        && m.getValue().stream()
            .map(t -> YamlFile.scalar(t.getKeyNode()))
            .anyMatch(k -> k.equals("hosts") || k.endsWith("import_playbook"));
  }

  /** The text of a file; empty when it is none. */
  private static Optional<String> text(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void item(Item item, AnsibleFiles all) {
    Optional<String> text = item.kind() == Kind.COPY ? Optional.empty() : text(item.source());
    if (text.isEmpty() || Envelope.is(text.get())) {
      files.put(item.target(), new Conversion.Copy(item.source()));
    } else if (item.kind() == Kind.TEMPLATE) {
      template(item, text.get());
    } else {
      yaml(item, all);
    }
  }

  private void template(Item item, String text) {
    String path = item.target().replaceFirst("^(?:.*/)?templates/", "");
    templates.found(path);
    var source = new SourceFile(item.source().toString(), text);
    String written =
        switch (JinjaText.template(text, templates.space(path), names)) {
          case JinjaText.Done done -> done.text();
          case JinjaText.Refused refused -> {
            stays(source, refused);
            refused.further().forEach(r -> stays(source, r));
            yield text;
          }
        };
    files.put(templates.file(item.target()), new Conversion.Text(written));
  }

  private void stays(SourceFile template, JinjaText.Refused refused) {
    String advice = refused.advice().isEmpty() ? "" : refused.advice() + "; until then ";
    left.add(
        Problem.error(
            at(template, refused.offset()),
            refused.reason(),
            advice + "the template stays as it is"));
  }

  private static Place at(SourceFile file, int offset) {
    String before = file.text().substring(0, Math.min(offset, file.text().length()));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return file.at(line, before.length() - before.lastIndexOf('\n'));
  }

  private void yaml(Item item, AnsibleFiles all) {
    var problems = new Problems();
    Optional<SourceFile> source =
        SourceText.read(
            item.source(), item.source().toString(), SourceText.Encrypted.REFUSED, problems);
    source.ifPresent(s -> YamlReader.parse(s, problems));
    if (problems.hasErrors() || source.isEmpty()) {
      left.addAll(problems.all());
      return;
    }
    var file = new YamlFile(source.get());
    if (WORKS_WITH_NAMES.matcher(file.text()).find()) {
      templates.keepNames();
    }
    String written = file.root().map(root -> converted(item, file, root, all)).orElse(file.text());
    files.put(item.target(), new Conversion.Text(written));
  }

  private String converted(Item item, YamlFile file, Node root, AnsibleFiles all) {
    var draft = new Draft();
    var references = new References();
    var texts = new Texts(file, root, names, templates);
    var arguments = new Arguments(texts, modules, templates);
    var keywords = new Keywords(texts, arguments);
    var tasks = new Tasks(texts, keywords, arguments, references);
    var plays = new Plays(texts, keywords, tasks, references);
    switch (item.kind()) {
      case PLAYBOOK -> plays.playbook(root, draft);
      case TASKS -> {
        if (tasks.list(root, draft)) {
          draft.replace(file.text().length(), file.text().length(), "\n[]\n");
        }
      }
      case VARS -> texts.variables(root, draft);
      case META -> meta(root, plays, draft);
      case TEMPLATE, COPY -> {}
    }
    left.addAll(draft.refused());
    left.addAll(draft.left());
    notes.addAll(draft.noted());
    all.named(references, item);
    return draft.applied(file.text());
  }

  private static void meta(Node root, Plays plays, Draft draft) {
    if (root instanceof MappingNode m) {
      YamlFile.entry(m, "dependencies")
          .map(NodeTuple::getValueNode)
          .ifPresent(d -> plays.roles(d, draft));
    }
  }
}
