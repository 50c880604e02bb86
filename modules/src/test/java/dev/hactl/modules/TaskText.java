package dev.hactl.modules;

import dev.hactl.engine.module.Binder;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Evaluation;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Literals;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.source.YamlReader;
import dev.hactl.engine.value.Value;

/** Binds arguments written as YAML, without variables. */
public final class TaskText {
  private TaskText() {}

  /** The parameters that the arguments bind to; throws what a user would see. */
  public static <P> P bind(Module<P> module, String yaml) {
    return bind(module.form(), yaml);
  }

  /** The same for a form alone. */
  public static <P> P bind(Form<P> form, String yaml) {
    var problems = new Problems();
    Node args = YamlReader.parse(new SourceFile("task.yml", yaml), problems).orElseThrow();
    Binder.check("module", form, args, args.place(), problems, text -> false);
    problems.throwIfErrors();
    return Binder.bind("module", form, args, args.place(), new Plain());
  }

  /** The same for arguments that were read already. */
  public static <P> P bind(Module<P> module, Node args) {
    return Binder.bind("module", module.form(), args, args.place(), new Plain());
  }

  /** Takes texts as they are. */
  private static final class Plain implements Evaluation {
    @Override
    public Value render(Node node) {
      return Literals.value(node);
    }

    @Override
    public Value evaluate(Node.Scalar expression) {
      return Value.bool(true);
    }

    @Override
    public Content file(Node node) {
      return Content.of("file " + Literals.value(node).show() + "\n", false, "files/x");
    }

    @Override
    public Content template(Node node) {
      return Content.of("template " + Literals.value(node).show() + "\n", false, "templates/x.ftl");
    }
  }
}
