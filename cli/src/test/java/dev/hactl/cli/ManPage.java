package dev.hactl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A page of the manual, made from a command's own form. What a form cannot say (examples, files)
 * stands in {@code src/test/resources/man}, written for man(7).
 */
final class ManPage {
  private static final Path WRITTEN = Path.of("src/test/resources/man");
  private final StringBuilder text = new StringBuilder();

  private ManPage() {}

  /** File names and their texts. */
  static SortedMap<String, String> all() throws IOException {
    var pages = new TreeMap<String, String>();
    pages.put("hactl.1", program());
    for (Command command : Command.values()) {
      pages.put("hactl-" + command.word() + ".1", of(command));
    }
    return pages;
  }

  private static String program() throws IOException {
    var page = new ManPage();
    page.head("hactl", "bring hosts to what a playbook says");
    page.text.append(".B hactl\n.I COMMAND\n.RI [ OPTIONS ]\n");
    page.written("hactl");
    page.section("COMMANDS");
    for (Command command : Command.values()) {
      page.tagged(
          "\\fB" + escaped(command.word()) + "\\fR",
          command.summary() + "; see \\fBhactl\\-" + escaped(command.word()) + "\\fR(1)");
    }
    page.section("EXIT STATUS");
    for (ExitCode code : ExitCode.values()) {
      page.tagged("\\fB" + code.number() + "\\fR", escaped(code.meaning()));
    }
    page.written("hactl-end");
    return page.text.toString();
  }

  private static String of(Command command) throws IOException {
    return of(command.word(), command.summary(), CommandForms.of(command));
  }

  /** A command with one form, or with one for each word that may follow its name. */
  static String of(String word, String summary, SequencedMap<String, Form> forms)
      throws IOException {
    var page = new ManPage();
    page.head("hactl-" + word, summary);
    String between = "";
    for (Form form : forms.values()) {
      page.text.append(between);
      page.synopsis(form.spec());
      between = ".br\n";
    }
    page.section("DESCRIPTION");
    String sentence = summary.substring(0, 1).toUpperCase(Locale.ROOT) + summary.substring(1) + ".";
    page.text.append(escaped(sentence)).append('\n');
    page.written(word);
    page.section("OPTIONS");
    for (var form : forms.entrySet()) {
      CommandSpec spec = form.getValue().spec();
      if (!form.getKey().equals(CommandForms.ALONE)) {
        page.text.append(".SS ").append(escaped(spec.name())).append('\n');
        page.text.append(escaped(String.join(" ", spec.usageMessage().description()))).append('\n');
      }
      page.options(spec);
    }
    page.section("SEE ALSO");
    page.text.append(".BR hactl (1)\n");
    return page.text.toString();
  }

  private void synopsis(CommandSpec spec) {
    text.append(".B ").append(escaped(spec.name())).append("\n.RI [ OPTIONS ]\n");
    for (PositionalParamSpec operand : spec.positionalParameters()) {
      String many = operand.arity().max() > 1 ? " ...\n" : "\n";
      text.append(
          operand.required()
              ? ".I " + operand.paramLabel() + many
              : ".RI [ " + operand.paramLabel() + " ]" + many);
    }
  }

  private void options(CommandSpec spec) {
    for (PositionalParamSpec operand : spec.positionalParameters()) {
      tagged("\\fI" + escaped(operand.paramLabel()) + "\\fR", described(operand));
    }
    for (OptionSpec option : spec.options().stream().filter(o -> !o.hidden()).toList()) {
      tagged(names(option), described(option));
    }
  }

  private void head(String name, String summary) {
    text.append(".\\\" Made from the command's own options; do not edit.\n");
    text.append(".TH ").append(name.toUpperCase(Locale.ROOT));
    text.append(" 1 \"2026-01-01\" \"hactl\" \"User Commands\"\n");
    section("NAME");
    text.append(escaped(name)).append(" \\- ").append(escaped(summary)).append('\n');
    section("SYNOPSIS");
  }

  private void section(String title) {
    text.append(".SH ").append(title).append('\n');
  }

  private void tagged(String tag, String description) {
    text.append(".TP\n").append(tag).append('\n').append(description).append('\n');
  }

  private void written(String name) throws IOException {
    Path file = WRITTEN.resolve(name + ".man");
    if (Files.exists(file)) {
      text.append(Files.readString(file));
    }
  }

  private static String names(OptionSpec option) {
    String value = option.arity().max() > 0 ? " \\fI" + escaped(option.paramLabel()) + "\\fR" : "";
    return Arrays.stream(option.names())
        .map(n -> "\\fB" + escaped(n) + "\\fR" + value)
        .collect(Collectors.joining(", "));
  }

  private static String described(ArgSpec what) {
    return escaped(String.join(" ", what.description()));
  }

  /** A text as man(7) prints it: a hyphen is typed as one, nothing at its begin is a request. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
