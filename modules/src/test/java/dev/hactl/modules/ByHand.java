package dev.hactl.modules;

import dev.hactl.engine.module.Binder;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Evaluation;
import dev.hactl.engine.module.Literals;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.source.YamlReader;
import dev.hactl.engine.value.Value;

/**
 * Binds arguments written as YAML without an engine: texts stand for themselves, a file's content
 * is its name, and with {@link #secretly} the task hides what it is given.
 */
public final class ByHand implements Evaluation {
  private final boolean secret;
  private final String file;

  private ByHand(boolean secret, String file) {
    this.secret = secret;
    this.file = file;
  }

  /** The parameters that the arguments bind to; throws what a user would see. */
  public static <P> P bind(Module<P> module, String yaml) {
    return bind(module, yaml, new ByHand(false, "#!/bin/sh\necho script\n"));
  }

  /** The same for a task with {@code no_log}. */
  public static <P> P secretly(Module<P> module, String yaml) {
    return bind(module, yaml, new ByHand(true, "#!/bin/sh\necho script\n"));
  }

  /** The same, with files of the controller that all have this content. */
  public static <P> P withFile(Module<P> module, String yaml, String content) {
    return bind(module, yaml, new ByHand(false, content));
  }

  private static <P> P bind(Module<P> module, String yaml, Evaluation with) {
    var problems = new Problems();
    Node args = YamlReader.parse(new SourceFile("task.yml", yaml), problems).orElseThrow();
    Binder.check("module", module.form(), args, args.place(), problems, text -> false);
    problems.throwIfErrors();
    return Binder.bind("module", module.form(), args, args.place(), with);
  }

  @Override
  public Value render(Node node) {
    return Literals.value(node);
  }

  @Override
  public boolean hides() {
    return secret;
  }

  @Override
  public Value evaluate(Node.Scalar expression) {
    return Value.bool(true);
  }

  @Override
  public Content file(Node node) {
    return Content.of(file, secret, ((Node.Scalar) node).text());
  }

  @Override
  public Content template(Node node) {
    return file(node);
  }
}
