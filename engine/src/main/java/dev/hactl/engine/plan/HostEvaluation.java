package dev.hactl.engine.plan;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Evaluation;
import dev.hactl.engine.module.LocalSource;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Names;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.value.Value;
import java.util.function.Consumer;

/** Evaluates what stands in a task with the variables of one host. */
public final class HostEvaluation implements Evaluation {
  private final Renderer renderer;
  private final LocalFiles files;
  private final Names names;
  private final boolean noLog;
  private final Consumer<Value> secrets;
  private boolean secretSeen;
  private boolean unknownSeen;

  /**
   * Evaluation for one host.
   *
   * @param noLog whether everything the task holds counts as secret
   * @param secrets told of every secret value that is rendered
   */
  public HostEvaluation(
      Renderer renderer, LocalFiles files, Names names, boolean noLog, Consumer<Value> secrets) {
    this.renderer = renderer;
    this.files = files;
    this.names = names;
    this.noLog = noLog;
    this.secrets = secrets;
  }

  @Override
  public Value render(Node node) {
    return noted(renderer.render(node, names));
  }

  @Override
  public Value evaluate(Node.Scalar expression) {
    return noted(renderer.evaluate(expression, names));
  }

  /** Whether anything secret went into what was rendered so far. */
  public boolean secretSeen() {
    return secretSeen;
  }

  /** Whether anything that went into what was rendered so far is not known yet. */
  public boolean unknownSeen() {
    return unknownSeen;
  }

  private Value noted(Value value) {
    unknownSeen |= Value.holdsUnknown(value);
    if (value.secret()) {
      secretSeen = true;
      secrets.accept(value);
    }
    secretSeen |= noLog;
    return value;
  }

  /** What an encrypted file holds counts as secret wherever it turns up. */
  private Content noted(Content content) {
    if (content.secret()) {
      secretSeen = true;
      if (content instanceof Content.Inline inline) {
        secrets.accept(new Value.Text(inline.text(), true));
      }
    }
    return content;
  }

  @Override
  public boolean hides() {
    return noLog;
  }

  @Override
  public Content file(Node node) {
    return noted(files.content(files.find(name(node), node.place()), node.place()));
  }

  @Override
  public LocalSource source(Node node) {
    String name = name(node);
    LocalSource source =
        files.source(files.find(name, node.place()), name.endsWith("/"), node.place());
    switch (source) {
      case LocalSource.OneFile file -> noted(file.content());
      case LocalSource.Folder folder -> folder.files().values().forEach(this::noted);
    }
    return source;
  }

  @Override
  public Content template(Node node) {
    Renderer.Rendered rendered = renderer.renderFile(name(node), node.place(), names);
    return switch (rendered.text()) {
      case Value.Text t -> {
        noted(t);
        yield Content.of(t.text(), t.secret() || noLog, rendered.source());
      }
      case Value.Unknown u -> throw new Missing(u.why());
      default -> throw new IllegalStateException("a template renders to text");
    };
  }

  private String name(Node node) {
    return switch (renderer.render(node, names)) {
      case Value.Text t -> t.text();
      case Value.Unknown u -> throw new Missing(u.why());
      default ->
          throw new SourceException(Problem.error(node.place(), "the name of a file is wanted"));
    };
  }
}
