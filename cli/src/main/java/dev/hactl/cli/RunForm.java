package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.module.Literals;
import dev.hactl.engine.run.Choice;
import dev.hactl.engine.run.RunOptions;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.source.YamlReader;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the command line asked for, in the engine's words. */
final class RunForm {
  private RunForm() {}

  /**
   * The run's options. Passwords are asked for, unless there were problems: then the run will not
   * begin.
   *
   * @param problems gets what is wrong with variables of the command line
   */
  static RunOptions of(ApplyOptions options, Terminal terminal, Problems problems) {
    List<Layer> extra = layers(options.extraVars(), problems);
    boolean ask = !problems.hasErrors() && options.mode().action().connects();
    return new RunOptions(
        new RunOptions.Mode(
            options.mode().action() == ApplyOptions.Action.CHECK,
            options.mode().diff(),
            options.targets().forks(),
            options.mode().forceHandlers(),
            options.mode().detailedExitCode()),
        new Choice(
            limit(options, problems),
            new LinkedHashSet<>(options.selection().tags()),
            new LinkedHashSet<>(options.selection().skipTags()),
            options.selection().startAtTask()),
        extra,
        options.consents(),
        LoginForm.forRun(options.login(), terminal, ask),
        operator());
  }

  /** The limit with the hosts that failed in the place of {@code @failed}. */
  private static Optional<String> limit(ApplyOptions options, Problems problems) {
    Optional<String> limit = options.targets().limit();
    if (limit.isEmpty() || !limit.get().contains(FailedHosts.WORD)) {
      return limit;
    }
    try {
      return Optional.of(FailedHosts.last(options.playbooks(), System.getenv()).into(limit.get()));
    } catch (SourceException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  /** Variables of the command line; notes what is wrong with them. */
  static List<Layer> layers(List<ExtraVars> given, Problems problems) {
    return given.stream().flatMap(v -> layer(v, problems).stream()).toList();
  }

  /** Who runs this. */
  static RunOptions.Operator operator() {
    return new RunOptions.Operator(System.getProperty("user.name", "unknown"), controller());
  }

  private static String controller() {
    String name = System.getenv("HOSTNAME");
    if (name != null && !name.isEmpty()) {
      return name;
    }
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException notLinux) {
      return elsewhere();
    }
  }

  /** Java looks its own name up in DNS, which may take long. */
  private static String elsewhere() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static Optional<Layer> layer(ExtraVars vars, Problems problems) {
    return switch (vars) {
      case ExtraVars.Pair p ->
          Optional.of(
              Layer.ready(
                  Precedence.EXTRA, "-e", Place.of("-e"), Map.of(p.name(), Value.text(p.text()))));
      case ExtraVars.Document d ->
          mapping(YamlReader.parse(new SourceFile("-e", d.yaml()), problems), problems)
              .map(m -> ready(m, false));
      case ExtraVars.VarsFile f ->
          mapping(YamlReader.readVariables(f.file(), f.file().toString(), problems), problems)
              .map(m -> ready(m, false));
      case ExtraVars.SecretVarsFile f ->
          mapping(YamlReader.readVariables(f.file(), f.file().toString(), problems), problems)
              .map(m -> ready(m, true));
    };
  }

  /**
   * Values of {@code -e} are taken as they are: what comes from outside the project is data, not a
   * template.
   */
  private static Layer ready(Node.Mapping mapping, boolean secret) {
    var values = new LinkedHashMap<String, Value>();
    mapping
        .entries()
        .forEach(e -> values.put(e.name(), Value.tainted(Literals.value(e.value()), secret)));
    return Layer.ready(Precedence.EXTRA, "-e", mapping.place(), values);
  }

  private static Optional<Node.Mapping> mapping(Optional<Node> node, Problems problems) {
    if (node.isPresent() && !(node.get() instanceof Node.Mapping)) {
      problems.error(
          node.get().place(),
          "variables are a mapping of names, this is a " + node.get().describe());
    }
    return node.filter(n -> n instanceof Node.Mapping).map(n -> (Node.Mapping) n);
  }
}
