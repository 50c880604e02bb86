package dev.hactl.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Reads an unfinished command line as far as its form tells, and finds out what may follow. */
final class Completion {
  private final CommandSpec spec;
  private final Written written = new Written();
  private final Set<OptionSpec> given = new HashSet<>();
  private Optional<OptionSpec> waiting = Optional.empty();
  private boolean operandsOnly;

  private Completion(Form form) {
    this.spec = form.spec();
  }

  /**
   * What may stand for the last word.
   *
   * @param words those after the program's name, at least one; the last may be empty
   */
  static Suggestion of(List<String> words) {
    String typed = words.getLast();
    if (words.size() == 1) {
      return commands(typed);
    }
    Optional<Command> command = Command.named(words.getFirst());
    if (command.isEmpty()) {
      return words.getFirst().equals("help") && words.size() == 2
          ? commands(typed)
          : Suggestion.nothing();
    }
    return after(CommandForms.of(command.get()), words.subList(1, words.size()));
  }

  /**
   * What may follow the name of a command.
   *
   * @param forms its forms as {@link CommandForms} tells them
   * @param words those after the name, at least one
   */
  static Suggestion after(SequencedMap<String, Form> forms, List<String> words) {
    String typed = words.getLast();
    Form alone = forms.get(CommandForms.ALONE);
    if (alone == null && words.size() == 1) {
      var actions = new TreeMap<String, String>();
      forms.forEach((word, form) -> actions.put(word, description(form.spec())));
      return Suggestion.words(typed, 0, actions);
    }
    Form form = alone == null ? forms.get(words.getFirst()) : alone;
    if (form == null) {
      return Suggestion.nothing();
    }
    var completion = new Completion(form);
    words.subList(alone == null ? 1 : 0, words.size() - 1).forEach(completion::read);
    return completion.last(typed);
  }

  private static String description(CommandSpec spec) {
    return String.join(" ", spec.usageMessage().description());
  }

  private static Suggestion commands(String typed) {
    var words = new TreeMap<String, String>();
    if (typed.startsWith("-")) {
      words.put("--help", "list the commands");
      words.put("--version", "say which version this is");
    }
    for (Command command : Command.values()) {
      words.put(command.word(), command.summary());
    }
    return Suggestion.words(typed, 0, words);
  }

  private void read(String word) {
    if (waiting.isPresent()) {
      written.add(waiting.get().paramLabel(), word);
      waiting = Optional.empty();
    } else if (operandsOnly || !word.startsWith("-") || word.equals("-")) {
      operand().ifPresent(o -> written.add(label(o), word));
      written.operand();
    } else if (word.equals("--")) {
      operandsOnly = true;
    } else if (word.startsWith("--")) {
      int equals = word.indexOf('=');
      option(equals < 0 ? word : word.substring(0, equals))
          .ifPresent(o -> {
            given.add(o);
            if (equals >= 0) {
              written.add(o.paramLabel(), word.substring(equals + 1));
            } else if (takesValue(o)) {
              waiting = Optional.of(o);
            }
          });
    } else {
      cluster(word);
    }
  }

  /** Short options in one word; the last of them may have its value behind it. */
  private void cluster(String word) {
    for (int i = 1; i < word.length(); i++) {
      Optional<OptionSpec> option = option("-" + word.charAt(i));
      option.ifPresent(given::add);
      if (option.isPresent() && takesValue(option.get())) {
        String rest = word.substring(i + 1);
        if (rest.isEmpty()) {
          waiting = option;
        } else {
          written.add(option.get().paramLabel(), rest.startsWith("=") ? rest.substring(1) : rest);
        }
        return;
      }
    }
  }

  private Suggestion last(String typed) {
    if (waiting.isPresent()) {
      return value(waiting.get(), typed, 0);
    }
    if (!operandsOnly && typed.startsWith("-")) {
      int equals = typed.indexOf('=');
      if (typed.startsWith("--") && equals > 0) {
        return option(typed.substring(0, equals))
            .filter(Completion::takesValue)
            .map(o -> value(o, typed, equals + 1))
            .orElse(Suggestion.nothing());
      }
      return Suggestion.words(typed, 0, options(typed));
    }
    return operand().map(o -> value(o, typed, 0)).orElse(Suggestion.nothing());
  }

  private Suggestion value(ArgSpec what, String typed, int skipped) {
    var words = new ArrayList<String>();
    if (what.completionCandidates() != null) {
      what.completionCandidates().forEach(words::add);
    }
    return words.isEmpty()
        ? Names.of(label(what), typed, skipped, written)
        : Suggestion.words(typed, skipped, words);
  }

  /** Options that may still be given; short names only when somebody typed one. */
  private SequencedMap<String, String> options(String typed) {
    var names = new TreeMap<String, String>();
    for (OptionSpec option : spec.options()) {
      if (!option.hidden() && (!given.contains(option) || option.isMultiValue())) {
        for (String name : option.names()) {
          if (name.equals(option.longestName()) || name.equals(typed)) {
            names.put(name, String.join(" ", option.description()));
          }
        }
      }
    }
    return names;
  }

  private Optional<OptionSpec> option(String name) {
    return Optional.ofNullable(spec.findOption(name));
  }

  /** What the next operand is; empty when the command takes no more. */
  private Optional<PositionalParamSpec> operand() {
    return spec.positionalParameters().stream()
        .filter(p -> written.operands() < p.arity().max())
        .findFirst();
  }

  /** What a value is called; of operands that differ, as in HOST [PLAYBOOK], the next one. */
  private String label(ArgSpec what) {
    List<String> labels = labels(what);
    return what.isOption()
        ? labels.getFirst()
        : labels.get(Math.min(written.operands(), labels.size() - 1));
  }

  /** The words of a label. */
  static List<String> labels(ArgSpec what) {
    return List.of(what.paramLabel().replaceAll("[\\[\\].]", "").strip().split(" +"));
  }

  private static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }
}
