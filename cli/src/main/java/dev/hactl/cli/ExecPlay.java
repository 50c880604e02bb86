package dev.hactl.cli;

import dev.hactl.engine.module.Modules;
import dev.hactl.engine.run.Project;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The play that {@code hactl exec} runs: one task for the hosts of a pattern.
 *
 * @param pattern the hosts
 * @param module what is called; empty for {@code command}
 * @param arguments the text after {@code -a}
 * @param becomeUser as whom it runs
 * @param needs which hosts must be there; empty for all
 * @param called whether anything is called at all
 */
record ExecPlay(
    String pattern,
    Optional<String> module,
    String arguments,
    Optional<String> becomeUser,
    List<String> needs,
    boolean called)
    implements Project.Plays {
  /** What the arguments are called in messages. */
  static final String ARGUMENTS = "-a";

  private static final String DEFAULT = "command";
  private static final String COMMAND_LINE = "hactl exec";

  @Override
  public Node of(Modules modules, Problems problems) {
    Node.Scalar hosts = text("PATTERN", pattern);
    Place place = arguments.isBlank() ? Place.of(COMMAND_LINE) : file().at(1, 1);
    List<Node> tasks = called ? tasks(modules, problems, place) : List.of();
    var play = new ArrayList<Node.Entry>();
    play.add(entry("hosts", hosts, hosts.place()));
    if (!needs.isEmpty()) {
      List<Node> names = needs.stream().<Node>map(n -> text("--needs", n)).toList();
      play.add(entry("needs", new Node.Sequence(names, hosts.place()), hosts.place()));
    }
    play.add(entry("tasks", new Node.Sequence(tasks, place), place));
    return new Node.Sequence(
        List.of(new Node.Mapping(List.copyOf(play), hosts.place())), hosts.place());
  }

  private SourceFile file() {
    return new SourceFile(ARGUMENTS, arguments);
  }

  /** The task; none when its arguments cannot be read, so that nothing more is said of them. */
  private List<Node> tasks(Modules modules, Problems problems, Place place) {
    String name = module.orElse(DEFAULT);
    int errors = problems.all().size();
    Optional<Node> read =
        modules
            .find(name.substring(name.lastIndexOf('.') + 1))
            .flatMap(m -> CallText.read(file(), name, m.form(), problems));
    return read.isEmpty() && problems.all().size() > errors
        ? List.of()
        : List.of(
            task(name, read.orElse(new Node.Scalar("", Node.Kind.NULL, true, "", place)), place));
  }

  private Node task(String called, Node arguments, Place place) {
    var task = new ArrayList<Node.Entry>();
    Place named = module.isPresent() ? text("-m", called).place() : place;
    task.add(entry(called, arguments, named));
    becomeUser.ifPresent(u -> {
      Node.Scalar user = text("--become-user", u);
      task.add(
          entry(
              "become",
              new Node.Scalar("true", Node.Kind.BOOLEAN, true, "", user.place()),
              user.place()));
      task.add(entry("become_user", user, user.place()));
    });
    return new Node.Mapping(List.copyOf(task), place);
  }

  private static Node.Entry entry(String key, Node value, Place place) {
    return new Node.Entry(new Node.Scalar(key, Node.Kind.TEXT, true, "", place), value);
  }

  private static Node.Scalar text(String option, String text) {
    return new Node.Scalar(text, Node.Kind.TEXT, false, "", new SourceFile(option, text).at(1, 1));
  }
}
