package dev.hactl.engine.model;

import dev.hactl.engine.model.Keyword.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which keywords stand where, and what they mean. Where they stand is what the readers accept; the
 * descriptions are for {@code hactl doc} and editors, and no run loads them.
 */
public final class Keywords {
  private static final Map<String, Keyword> DESCRIBED =
      Stream.of(shared(), plays(), blocks(), tasks())
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableMap(Keyword::name, Function.identity()));

  private Keywords() {}

  /** Where a keyword may stand. */
  public enum Level {
    /** A play. */
    PLAY("play"),
    /** A line that stands for the plays of another playbook. */
    IMPORT("import_playbook"),
    /** Tasks that share keywords. */
    BLOCK("block"),
    /** A module call. */
    TASK("task");

    private final String word;

    Level(String word) {
      this.word = word;
    }

    /** What documentation calls it. */
    public String word() {
      return word;
    }

    private Set<String> accepted() {
      return switch (this) {
        case PLAY -> Vocabulary.PLAY.words();
        case IMPORT -> Vocabulary.IMPORT.words();
        case BLOCK -> Vocabulary.BLOCK.words();
        case TASK -> Vocabulary.TASK.words();
      };
    }
  }

  /** The keywords of a level, sorted by name. One that nobody has described takes anything. */
  public static List<Keyword> of(Level level) {
    return new TreeSet<>(level.accepted())
        .stream()
            .map(name -> DESCRIBED.getOrDefault(name, new Keyword(name, Shape.ANY, "")))
            .toList();
  }

  /** The names of all keywords. */
  public static Set<String> names() {
    var names = new TreeSet<String>();
    for (Level level : Level.values()) {
      names.addAll(level.accepted());
    }
    return names;
  }

  /** Every keyword with where it may stand, sorted by name. */
  public static Map<Keyword, List<Level>> all() {
    var levels = new TreeMap<String, List<Level>>();
    for (Level level : Level.values()) {
      of(level)
          .forEach(k ->
              levels.merge(
                  k.name(),
                  List.of(level),
                  (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
    }
    var all = new LinkedHashMap<Keyword, List<Level>>();
    levels.forEach((name, where) ->
        all.put(DESCRIBED.getOrDefault(name, new Keyword(name, Shape.ANY, "")), where));
    return all;
  }

  /** The words that a task may say instead of calling a module. */
  public static List<Keyword> calls() {
    return Stream.of(TaskImports.Word.values()).map(Keywords::call).toList();
  }

  private static Keyword call(TaskImports.Word word) {
    return switch (word) {
      case IMPORT_TASKS ->
          new Keyword(word.text(), Shape.NAMED, "The tasks of another file, which stand here.");
      case IMPORT_ROLE -> new Keyword(word.text(), Shape.MAPPING, "A role whose tasks stand here.");
      case INCLUDE_VARS ->
          new Keyword(word.text(), Shape.NAMED, "Variables of a file, from here on.");
    };
  }

  private static List<Keyword> shared() {
    return List.of(
        new Keyword("name", Shape.TEXT, "What it is called in outputs."),
        new Keyword(
            "become", Shape.FLAG, "Work as another user: root, unless become_user says who."),
        new Keyword("become_user", Shape.TEXT, "The user to work as; needs become."),
        new Keyword(
            "environment",
            Shape.MAPPING,
            "Environment variables of the programs that are started."),
        new Keyword(
            "ignore_errors", Shape.FLAG, "A task that fails does not end the play for its host."),
        new Keyword(
            "ignore_unreachable",
            Shape.FLAG,
            "A host that cannot be reached skips this task and stays in the play."),
        new Keyword("throttle", Shape.NUMBER, "On how many hosts at the same time, at most."),
        new Keyword(
            "delegate_facts", Shape.FLAG, "Facts that are set belong to the host of delegate_to."),
        new Keyword(
            "module_defaults", Shape.MAPPING, "Parameters of modules where tasks leave them out."),
        new Keyword("no_log", Shape.FLAG, "Show neither arguments, nor output, nor differences."),
        new Keyword(
            "check_mode",
            Shape.FLAG,
            "true: this is only ever checked; --check itself never changes anything."),
        new Keyword("diff", Shape.FLAG, "Show before and after, whatever --diff says."),
        new Keyword("run_once", Shape.FLAG, "Only on the first host; its result is everyone's."),
        new Keyword("tags", Shape.WORDS, "Names that --tags and --skip-tags choose by."),
        new Keyword("vars", Shape.MAPPING, "Variables that hold here and below."),
        new Keyword(
            "allow",
            Shape.WORDS,
            "Consent: disruptive, or the token that names an object which may be destroyed."),
        new Keyword("timeout", Shape.NUMBER, "Seconds that one step may take."),
        new Keyword(
            "any_errors_fatal",
            Shape.FLAG,
            "A host that fails stops all hosts, which is the default; false lets the others go on."));
  }

  private static List<Keyword> plays() {
    return List.of(
        new Keyword("hosts", Shape.WORDS, "The groups and hosts that the play is about."),
        new Keyword("tasks", Shape.TASKS, "What is done, in order."),
        new Keyword(
            "handlers", Shape.TASKS, "Tasks that run once when a changed task notified them."),
        new Keyword("pre_tasks", Shape.TASKS, "What is done before roles and tasks."),
        new Keyword("post_tasks", Shape.TASKS, "What is done after tasks and their handlers."),
        new Keyword(
            "force_handlers",
            Shape.FLAG,
            "Notified handlers run also on hosts where a task failed."),
        new Keyword("order", Shape.TEXT, "In which order the hosts are taken."),
        new Keyword("roles", Shape.LIST, "Roles whose tasks come before those of the play."),
        new Keyword("vars_prompt", Shape.LIST, "Variables that are asked for before the run."),
        new Keyword("vars_files", Shape.LIST, "Files with variables; a later one wins."),
        new Keyword(
            "serial",
            Shape.WORDS,
            "How many hosts at a time: numbers or percentages, the last of them repeats."),
        new Keyword(
            "needs",
            Shape.WORDS,
            "The hosts that must be reachable before the first change: all, any, or names."),
        new Keyword(
            "gather_facts",
            Shape.FLAG,
            "Read facts; left out, they are read when something in the play names one."),
        new Keyword(
            "import_playbook",
            Shape.TEXT,
            "A playbook of the same folder whose plays stand here."));
  }

  private static List<Keyword> blocks() {
    return List.of(
        new Keyword("block", Shape.TASKS, "Tasks that share the keywords beside them."),
        new Keyword("rescue", Shape.TASKS, "What is done when a task of the block failed."),
        new Keyword(
            "always", Shape.TASKS, "What is done after block and rescue, whatever happened."),
        new Keyword(
            "rescue_unreachable", Shape.FLAG, "A host that cannot be reached is rescued too."),
        new Keyword(
            "transaction",
            Shape.DOCUMENT,
            "The document that all tasks of the block edit as one."));
  }

  private static List<Keyword> tasks() {
    return List.of(
        new Keyword(
            "when", Shape.CONDITIONS, "Skip this unless the expression holds; of a list, all."),
        new Keyword(
            "loop", Shape.COLLECTION, "Do this once for each element, which is called item."),
        new Keyword(
            "loop_control",
            Shape.MAPPING,
            "How the loop names its variables, labels its elements and pauses between them."),
        new Keyword("register", Shape.NAME, "The variable that gets the result."),
        new Keyword("notify", Shape.WORDS, "Handlers to run when this changed something."),
        new Keyword("listen", Shape.WORDS, "Further names that a handler is notified by."),
        new Keyword("delegate_to", Shape.TEXT, "Do this on another host of the inventory."),
        new Keyword(
            "on",
            Shape.TEXT,
            "The hosts that are meant when the task is reached, such as active(RESOURCE)."),
        new Keyword("args", Shape.MAPPING, "Further parameters of the module."),
        new Keyword(
            "detach", Shape.FLAG, "Start this and go on at once; wait_for_task waits for its end."),
        new Keyword(
            "changed_when",
            Shape.CONDITIONS,
            "Whether it changed something, instead of the module."),
        new Keyword("failed_when", Shape.CONDITIONS, "Whether it failed, instead of the module."),
        new Keyword("until", Shape.CONDITIONS, "Repeat this until the expression holds."),
        new Keyword("retries", Shape.NUMBER, "How often at most until repeats; 3 by default."),
        new Keyword("delay", Shape.NUMBER, "Seconds between two tries; 5 by default."));
  }
}
