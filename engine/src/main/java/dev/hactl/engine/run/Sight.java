package dev.hactl.engine.run;

import dev.hactl.engine.lint.Arguments;
import dev.hactl.engine.lint.SeenTask;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Evaluation;
import dev.hactl.engine.module.Field;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.plan.HostEvaluation;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Names;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What a task comes to on a host as far as that is known before the first connection. */
final class Sight {
  private static final Value.Unknown UNKNOWN = new Value.Unknown("nothing is known of the hosts");

  private final Project.Book book;
  private final Task task;
  private final Form<?> form;

  Sight(Project.Book book, Task task, Form<?> form) {
    this.book = book;
    this.task = task;
    this.form = form;
  }

  /** Once for each turn of its loop that is not known to be skipped. */
  List<SeenTask> of(HostPass pass) {
    Optional<Node> loop = task.keywords().loop();
    if (loop.isEmpty()) {
      return seen(pass.names.of(task, Optional.empty()));
    }
    try {
      Value over = book.renderer().render(loop.get(), pass.names.of(task, Optional.empty()));
      List<Value> items =
          over instanceof Value.Unknown ? List.of(over) : LoopItem.items(over).orElse(List.of());
      var all = new ArrayList<SeenTask>();
      for (int i = 0; i < items.size(); i++) {
        var item = LoopItem.of(task.keywords().loopControl(), items, i);
        all.addAll(seen(pass.names.of(task, Optional.of(item))));
      }
      return all;
    } catch (SourceException | Evaluation.Missing wrong) {
      return List.of(); // told as a mistake
    }
  }

  /** The same where nothing is known of any name. */
  SeenTask anywhere() {
    return rendered(
        new Names() {
          @Override
          public Optional<Value> get(String name) {
            return Optional.of(UNKNOWN);
          }

          @Override
          public Collection<String> known() {
            return List.of();
          }
        });
  }

  private List<SeenTask> seen(Names names) {
    return skipped(names) ? List.of() : List.of(rendered(names));
  }

  private boolean skipped(Names names) {
    for (Node.Scalar condition : task.keywords().when()) {
      try {
        if (book.renderer().evaluate(condition, names) instanceof Value.Bool b && !b.value()) {
          return true;
        }
      } catch (SourceException | Evaluation.Missing wrong) {
        return true; // told as a mistake
      }
    }
    return false;
  }

  private SeenTask rendered(Names names) {
    Shelf shelf = book.shelf(task);
    var evaluation =
        new HostEvaluation(
            shelf.renderer(), shelf.files(), names, task.keywords().noLog(), secret -> {});
    Arguments written = Arguments.of(task, form);
    var values = new LinkedHashMap<String, Value>();
    written.nodes().forEach((name, node) -> values.put(name, value(name, node, evaluation)));
    return new SeenTask(task, task.module(), written, values, evaluation.secretSeen());
  }

  private Value value(String name, Node node, HostEvaluation evaluation) {
    try {
      Optional<Field<?>> field = form.field(name);
      return field.isEmpty()
          ? evaluation.render(node)
          : value(field.get().type(), node, evaluation);
    } catch (SourceException | Evaluation.Missing wrong) {
      return UNKNOWN;
    }
  }

  private static Value value(Type<?> type, Node node, HostEvaluation evaluation) {
    return switch (type) {
      case Type.Template t -> text(evaluation.template(node));
      case Type.Expression e -> UNKNOWN;
      case Type.Expressions e -> UNKNOWN;
      case Type.Plain<?> p -> evaluation.render(node);
      case Type.LocalFile f -> evaluation.render(node);
      case Type.LocalCommand c -> evaluation.render(node);
      case Type.Source s -> evaluation.render(node);
    };
  }

  private static Value text(Content content) {
    return content instanceof Content.Inline inline
        ? new Value.Text(inline.text(), content.secret())
        : UNKNOWN;
  }
}
