package dev.hactl.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.OptionSpec;

/** The page of all options, made from the commands' own forms. */
final class OptionsPage {
  private static final String HEAD =
      """
      # Every option

      Made from what the commands say of themselves; `hactl COMMAND --help` and the [manual pages](editors.md#manual-pages) say the
      same of one command. An option stands after the command. `--name=value` and `--name value` are the same; short ones may be
      joined, as in `-CDv`. What a file [hactl.yml](configuration.md) makes true, `--no-NAME` takes back.

      | option | of | meaning |
      |---|---|---|
      """;

  private OptionsPage() {}

  /** An option as help shows it, with what it means. */
  private record Line(String names, String meaning) {}

  /** The page's text. */
  static String text() {
    var all = new TreeMap<String, Map<Line, List<String>>>();
    for (Command command : Command.values()) {
      CommandForms.of(command)
          .forEach((action, form) -> {
            String of = (command.word() + " " + action).strip();
            for (OptionSpec option : form.spec().options()) {
              if (!option.hidden()) {
                all.computeIfAbsent(option.longestName(), n -> new LinkedHashMap<>())
                    .computeIfAbsent(line(option), l -> new ArrayList<>())
                    .add(of);
              }
            }
          });
    }
    var page = new StringBuilder(HEAD);
    all.values()
        .forEach(lines ->
            lines.forEach((line, of) ->
                page.append("| ")
                    .append(line.names())
                    .append(" | ")
                    .append(everywhere(of) ? "all" : shortened(of))
                    .append(" | ")
                    .append(line.meaning().replace("|", "\\|"))
                    .append(" |\n")));
    return page.toString();
  }

  private static Line line(OptionSpec option) {
    var names = new ArrayList<String>();
    for (String name : option.names()) {
      names.add("`" + name + "`");
    }
    String value = option.arity().max() > 0 ? " `" + option.paramLabel() + "`" : "";
    return new Line(String.join(", ", names) + value, String.join(" ", option.description()));
  }

  private static boolean everywhere(List<String> of) {
    return of.size() == forms();
  }

  private static int forms() {
    int forms = 0;
    for (Command command : Command.values()) {
      forms += CommandForms.of(command).size();
    }
    return forms;
  }

  /** Actions of one command are named after it once. */
  private static String shortened(List<String> of) {
    var commands = new LinkedHashMap<String, List<String>>();
    for (String one : of) {
      String[] words = one.split(" ", 2);
      List<String> actions = commands.computeIfAbsent(words[0], c -> new ArrayList<>());
      if (words.length > 1) {
        actions.add(words[1]);
      }
    }
    var said = new ArrayList<String>();
    commands.forEach((command, actions) ->
        said.add(
            actions.isEmpty() || actions.size() == forms(command)
                ? command
                : command + " " + String.join("/", actions)));
    return String.join(", ", said);
  }

  private static int forms(String command) {
    return CommandForms.of(Command.named(command).orElseThrow()).size();
  }
}
