package dev.hactl.modules.packages;

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

/** Binds parameters written as YAML. */
final class Tasks {
  private Tasks() {}

  static <P> P bind(Module<P> module, String yaml) {
    var problems = new Problems();
    Node args = YamlReader.parse(new SourceFile("test", yaml), problems).orElseThrow();
    problems.throwIfErrors();
    Binder.check("test", module.form(), args, args.place(), problems, text -> false);
    problems.throwIfErrors();
    return Binder.bind("test", module.form(), args, args.place(), LITERALS);
  }

  private static final Evaluation LITERALS =
      new Evaluation() {
        @Override
        public Value render(Node node) {
          return Literals.value(node);
        }

        @Override
        public Value evaluate(Node.Scalar expression) {
          return Literals.value(expression);
        }

        @Override
        public Content file(Node node) {
          return Content.of(((Node.Scalar) node).text(), false, "");
        }

        @Override
        public Content template(Node node) {
          return file(node);
        }
      };
}
