package dev.hactl.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.cli.config.Config;
import dev.hactl.cli.config.Setting;
import dev.hactl.cli.output.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** {@code hactl config show}: every setting, what holds, and who says so. */
final class ConfigCommand {
  private static final String SHOW = "show";
  private static final String FLAG = "flag";
  private static final String DEFAULT = "default";

  private ConfigCommand() {}

  /** A setting, its values, and where they come from. */
  private record Line(String key, List<String> values, String origin) {}

  static ExitCode run(List<String> arguments, Terminal terminal, Map<String, String> environment) {
    String first = arguments.isEmpty() ? "" : arguments.getFirst();
    if (first.equals("--help") || first.equals("-h")) {
      terminal.say(
          "Usage: hactl config show [OPTIONS]\n\nhactl config show --help lists the options.");
      return ExitCode.OK;
    }
    if (!first.equals(SHOW)) {
      throw new UsageError(
          first.isEmpty() || first.startsWith("-")
              ? "hactl config: what to do? " + SHOW
              : "hactl config: there is no '"
                  + first
                  + "'"
                  + UsageError.hint(first, List.of(SHOW)));
    }
    show()
        .read(arguments.subList(1, arguments.size()), terminal)
        .ifPresent(filled -> print(filled, terminal, environment));
    return ExitCode.OK;
  }

  static SequencedMap<String, Form> forms() {
    var forms = new LinkedHashMap<String, Form>();
    forms.put(SHOW, show());
    return forms;
  }

  /** It takes the options that it tells of, to show which of them win. */
  private static Form show() {
    var form = new Form("hactl config show", "print every setting with its value and origin");
    ApplyForm.inventory(form)
        .flag("Show what changes inside files.", "-D", "--diff")
        .flag("Run handlers that were notified also where a host failed.", "--force-handlers");
    return ApplyForm.how(LoginForm.add(VaultForm.add(form)))
        .choice("FORM", ApplyForm.FORMATS, "How to print the settings: text or json.", "--format");
  }

  private static void print(
      Form.Filled filled, Terminal terminal, Map<String, String> environment) {
    String format = filled.value("--format").orElse("text");
    if (!ApplyForm.FORMATS.contains(format)) {
      throw filled.refused(
          "unknown format '" + format + "'" + UsageError.hint(format, ApplyForm.FORMATS));
    }
    List<Line> lines = Stream.of(Setting.values()).map(s -> line(s, filled, environment)).toList();
    (format.equals("json") ? List.of(json(lines)) : text(lines)).forEach(terminal.out()::println);
    terminal.out().flush();
  }

  private static Line line(Setting setting, Form.Filled filled, Map<String, String> environment) {
    String option = setting.option();
    if (filled.typed(option)) {
      return new Line(setting.key(), typed(setting, filled), FLAG);
    }
    Config.Given given = filled.config().given().get(setting);
    if (given != null) {
      return new Line(setting.key(), given.values(), given.place().toString());
    }
    if (setting == Setting.VAULT_PASSWORD_FILE) {
      Optional<String> variable = VaultForm.variable(environment);
      if (variable.isPresent()) {
        String value = environment.getOrDefault(variable.get(), "");
        return new Line(setting.key(), List.of(value), "environment: " + variable.get());
      }
    }
    List<String> values = setting.fallback().isEmpty() ? List.of() : List.of(setting.fallback());
    return new Line(setting.key(), values, DEFAULT);
  }

  private static List<String> typed(Setting setting, Form.Filled filled) {
    if (setting.isFlag()) {
      return List.of(String.valueOf(filled.flag(setting.option())));
    }
    return switch (setting) {
      case INVENTORY, VAULT_PASSWORD_FILE, VAULT_ID -> filled.values(setting.option());
      case INVENTORY_TIMEOUT,
          FORKS,
          USER,
          ASK_PASS,
          BECOME,
          ASK_BECOME_PASS,
          PRIVATE_KEY,
          SSH_CONFIG,
          KNOWN_HOSTS,
          ACCEPT_NEW_HOST_KEYS,
          ASK_VAULT_PASSWORD,
          DIFF,
          FORCE_HANDLERS,
          OUTPUT ->
          filled.value(setting.option()).stream().toList();
    };
  }

  private static List<String> text(List<Line> lines) {
    int keys = lines.stream().mapToInt(l -> l.key().length()).max().orElse(0);
    int values = lines.stream().mapToInt(l -> shown(l).length()).max().orElse(0);
    var text = new ArrayList<String>();
    for (Line line : lines) {
      text.add(
          ("%-" + keys + "s  %-" + values + "s  %s")
              .formatted(line.key(), shown(line), line.origin()));
    }
    return text;
  }

  private static String shown(Line line) {
    return line.values().isEmpty() ? "-" : String.join(" ", line.values());
  }

  private static String json(List<Line> lines) {
    var all = new LinkedHashMap<String, Object>();
    for (Line line : lines) {
      var one = new LinkedHashMap<String, Object>();
      one.put("values", line.values());
      one.put("origin", line.origin());
      all.put(line.key(), one);
    }
    try {
      return JSON.std.asString(all);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
