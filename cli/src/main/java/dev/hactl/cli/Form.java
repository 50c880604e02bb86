package dev.hactl.cli;

import dev.hactl.cli.config.Config;
import dev.hactl.cli.config.Setting;
import dev.hactl.cli.output.Terminal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The options and operands of one command.
 *
 * <p>The model is built by calls, not read from annotations: reflection over annotated fields costs
 * more than an empty Java program takes to start.
 */
final class Form {
  private static final String HELP = "--help";
  private static final int HELP_WIDTH = 100;

  private final CommandSpec spec;

  Form(Command command) {
    this("hactl " + command.word(), command.summary());
  }

  /** A form for an action of a command. */
  Form(String name, String summary) {
    spec = CommandSpec.create().name(name);
    spec.usageMessage().description(sentence(summary)).width(HELP_WIDTH);
    spec.usageMessage().sortOptions(false);
    spec.parser().posixClusteredShortOptionsAllowed(true);
    spec.addOption(
        OptionSpec.builder("-h", HELP)
            .type(boolean.class)
            .usageHelp(true)
            .description("Show this help.")
            .build());
  }

  /** An option that is there or not. */
  Form flag(String description, String... names) {
    spec.addOption(OptionSpec.builder(names).type(boolean.class).description(description).build());
    String negation = negation(names[names.length - 1]);
    for (Setting setting : Setting.values()) {
      if (setting.isFlag() && negation.equals(negation(setting.option()))) {
        spec.addOption(OptionSpec.builder(negation).type(boolean.class).hidden(true).build());
      }
    }
    return this;
  }

  /** A flag of another command, taken here so that its refusal can say where it belongs. */
  Form misplaced(String name) {
    spec.addOption(OptionSpec.builder(name).type(boolean.class).hidden(true).build());
    return this;
  }

  /** What takes a flag back that the configuration file sets. */
  private static String negation(String flag) {
    return "--no-" + flag.substring(Math.min(2, flag.length()));
  }

  /** An option that may be repeated and is counted. */
  Form counter(String description, String... names) {
    spec.addOption(
        OptionSpec.builder(names)
            .type(boolean[].class)
            .arity("0")
            .description(description)
            .build());
    return this;
  }

  /** An option with a value, given at most once. */
  Form value(String label, String description, String... names) {
    spec.addOption(
        OptionSpec.builder(names)
            .type(String.class)
            .paramLabel(label)
            .description(description)
            .build());
    return this;
  }

  /**
   * An option with a value, given at most once.
   *
   * @param words what the shell offers for it
   */
  Form choice(String label, List<String> words, String description, String... names) {
    spec.addOption(
        OptionSpec.builder(names)
            .type(String.class)
            .paramLabel(label)
            .completionCandidates(words)
            .description(description)
            .build());
    return this;
  }

  /** An option with a value that may be repeated. */
  Form values(String label, String description, String... names) {
    spec.addOption(
        OptionSpec.builder(names)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .paramLabel(label)
            .description(description)
            .build());
    return this;
  }

  /**
   * Operands that are words.
   *
   * @param words what the shell offers for them
   */
  Form choices(String label, String arity, List<String> words, String description) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .completionCandidates(words)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel(label)
            .arity(arity)
            .required(!arity.startsWith("0"))
            .description(description)
            .build());
    return this;
  }

  /** The operands: {@code arity} in picocli's notation, such as {@code 1} or {@code 0..1}. */
  Form operands(String label, String arity, String description) {
    return choices(label, arity, List.of(), description);
  }

  /** What the shell's completion and the manual are made from. */
  CommandSpec spec() {
    return spec;
  }

  /**
   * Reads the arguments after the command's name; empty when help was asked for and printed.
   *
   * @throws UsageError with one line saying what is wrong and what was perhaps meant
   */
  Optional<Filled> read(List<String> arguments, Terminal terminal) {
    var line = new CommandLine(spec);
    line.setExpandAtFiles(false);
    line.setInterpolateVariables(false);
    try {
      ParseResult result = line.parseArgs(arguments.toArray(String[]::new));
      if (result.isUsageHelpRequested()) {
        line.usage(terminal.out(), CommandLine.Help.Ansi.OFF);
        return Optional.empty();
      }
      return Optional.of(new Filled(spec, result, Config.of(System.getenv())));
    } catch (ParameterException wrong) {
      throw new UsageError(spec.name() + ": " + explain(wrong));
    }
  }

  private String explain(ParameterException wrong) {
    return switch (wrong) {
      case UnmatchedArgumentException unmatched -> unknown(unmatched.getUnmatched().getFirst());
      case OverwrittenOptionException twice ->
          twice.getOverwritten() instanceof OptionSpec option
              ? "option '" + option.longestName() + "' is given twice"
              : firstLine(twice);
      default -> firstLine(wrong);
    };
  }

  private String unknown(String argument) {
    if (!argument.startsWith("-")) {
      return "unexpected argument '" + argument + "'";
    }
    String name = argument.replaceFirst("=.*", "");
    return "unknown option '" + name + "'" + UsageError.hint(name, optionNames());
  }

  private List<String> optionNames() {
    return spec.options().stream()
        .filter(option -> !option.hidden())
        .flatMap(option -> Stream.of(option.names()))
        .toList();
  }

  private static String firstLine(ParameterException wrong) {
    String message = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("wrong");
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static String sentence(String summary) {
    return summary.substring(0, 1).toUpperCase(Locale.ROOT) + summary.substring(1) + ".";
  }

  /** A form that somebody filled in without mistakes of form. */
  static final class Filled {
    private final CommandSpec spec;
    private final ParseResult result;

    private final Config config;

    private Filled(CommandSpec spec, ParseResult result, Config config) {
      this.spec = spec;
      this.result = result;
      this.config = config;
    }

    /** Whether an option is on the command line, or a flag in the configuration file. */
    boolean flag(String name) {
      return result.hasMatchedOption(name)
          || (!result.hasMatchedOption(negation(name)) && configured(name).contains("true"));
    }

    /** Whether the command line says anything of an option. */
    boolean typed(String name) {
      return result.hasMatchedOption(name) || result.hasMatchedOption(negation(name));
    }

    /** What the configuration files say. */
    Config config() {
      return config;
    }

    private List<String> configured(String name) {
      OptionSpec option = config.given().isEmpty() ? null : spec.findOption(name);
      return option == null
          ? List.of()
          : config
              .option(name, option.arity().max() == 0 ? "" : option.paramLabel())
              .map(Config.Given::values)
              .orElse(List.of());
    }

    int count(String name) {
      return result.matchedOptionValue(name, new boolean[0]).length;
    }

    Optional<String> value(String name) {
      String typed = result.matchedOptionValue(name, null);
      return typed == null ? configured(name).stream().findFirst() : Optional.of(typed);
    }

    Optional<Path> path(String name) {
      return value(name).map(Path::of);
    }

    List<String> values(String name) {
      List<String> typed = result.matchedOptionValue(name, List.of());
      return typed.isEmpty() ? configured(name) : typed;
    }

    List<Path> paths(String name) {
      return values(name).stream().map(Path::of).toList();
    }

    /** All values of an option that takes lists, whether repeated or separated by commas. */
    List<String> listed(String name) {
      return values(name).stream()
          .flatMap(value -> Arrays.stream(value.split(",")))
          .map(String::strip)
          .filter(item -> !item.isEmpty())
          .toList();
    }

    /** A whole number of at least one. */
    int positive(String name, int otherwise) {
      Optional<String> given = value(name);
      try {
        int number = given.map(Integer::parseInt).orElse(otherwise);
        if (number >= 1) {
          return number;
        }
      } catch (NumberFormatException notANumber) {
        // told below, like a number too small
      }
      throw refused(name + " wants a whole number of at least 1, not '" + given.orElse("") + "'");
    }

    List<String> operands() {
      return result.matchedPositionalValue(0, List.of());
    }

    /** A mistake of content, told like one of form. */
    UsageError refused(String message) {
      return new UsageError(spec.name() + ": " + message);
    }
  }
}
