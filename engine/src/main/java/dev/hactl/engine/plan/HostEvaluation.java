package dev.hactl.engine.plan;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Evaluation;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Names;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.value.Value;

/** Evaluates what stands in a task with the variables of one host. */
public final class HostEvaluation implements Evaluation {
  private final Renderer renderer;
  private final LocalFiles files;
  private final Names names;
  private final boolean noLog;

  /**
   * Evaluation for one host.
   *
   * @param noLog whether everything the task holds counts as secret
   */
  public HostEvaluation(Renderer renderer, LocalFiles files, Names names, boolean noLog) {
    this.renderer = renderer;
    this.files = files;
    this.names = names;
    this.noLog = noLog;
  }

  @Override
  public Value render(Node node) {
    return Value.tainted(renderer.render(node, names), noLog);
  }

  @Override
  public Value evaluate(Node.Scalar expression) {
    return renderer.evaluate(expression, names);
  }

  @Override
  public Content file(Node node) {
    return files.content(files.find(name(node), node.place()), node.place());
  }

  @Override
  public Content template(Node node) {
    Renderer.Rendered rendered = renderer.renderFile(name(node), node.place(), names);
    return switch (rendered.text()) {
      case Value.Text t -> Content.of(t.text(), t.secret() || noLog, rendered.source());
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
