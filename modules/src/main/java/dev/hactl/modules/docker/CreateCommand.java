package dev.hactl.modules.docker;

import dev.hactl.engine.module.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the command that makes a container. */
final class CreateCommand {
  /** The descriptor on which docker reads the variables: they are in no program's words. */
  private static final int ENV = 3;

  private CreateCommand() {}

  /**
   * Shell text that makes a container and starts nothing.
   *
   * @param name what it is called
   * @param before the container that it follows, whose volumes without a name it takes over
   */
  static String text(String name, Spec spec, Optional<ContainerInfo> before) {
    Map<String, String> own = spec.env().map(EnvVars::own).orElse(Map.of());
    var words = new ArrayList<String>(List.of("docker", "create", "--name", name));
    spec.env().ifPresent(e -> words.addAll(List.of("--env-file", "/dev/fd/" + ENV)));
    own.keySet().forEach(v -> words.addAll(List.of("--env", v)));
    spec.ports().orElse(List.of()).forEach(p -> words.addAll(List.of("--publish", p)));
    spec.volumes()
        .orElse(List.of())
        .forEach(v -> words.addAll(List.of("--volume", volume(v, before))));
    kept(spec, before).forEach(v -> words.addAll(List.of("--volume", v)));
    spec.network().ifPresent(n -> words.addAll(List.of("--network", n)));
    spec.restart().ifPresent(r -> words.addAll(List.of("--restart", r.toString())));
    spec.hostname().ifPresent(h -> words.addAll(List.of("--hostname", h)));
    spec.labels()
        .orElse(Map.of())
        .forEach((key, value) -> words.addAll(List.of("--label", key + "=" + value)));
    spec.memory().ifPresent(m -> words.addAll(List.of("--memory", Long.toString(m))));
    spec.user().ifPresent(u -> words.addAll(List.of("--user", u)));
    spec.workingDir().ifPresent(w -> words.addAll(List.of("--workdir", w)));
    spec.privileged().ifPresent(p -> words.add("--privileged=" + p));
    var arguments = new ArrayList<String>();
    spec.entrypoint()
        .ifPresent(e -> {
          // docker's command line takes one word; further ones go before the command.
          words.addAll(List.of("--entrypoint", e.isEmpty() ? "" : e.getFirst()));
          arguments.addAll(e.subList(Math.min(1, e.size()), e.size()));
        });
    arguments.addAll(spec.command().orElse(List.of()));
    words.add("--");
    words.add(spec.image().orElseThrow().text());
    words.addAll(arguments);
    String command = Sh.words(words) + " > /dev/null";
    String create = spec.env().map(e -> Sh.fed(command, ENV, e.file())).orElse(command + "\n");
    if (own.isEmpty()) {
      return create;
    }
    var text = new StringBuilder("(\n");
    own.forEach((variable, value) ->
        text.append(variable)
            .append('=')
            .append(Sh.quote(value))
            .append("; export ")
            .append(variable)
            .append('\n'));
    return text.append(create).append(")\n").toString();
  }

  /** A volume without a name is the one that the container before had there. */
  private static String volume(Volumes volume, Optional<ContainerInfo> before) {
    String kept =
        volume.source().isEmpty()
            ? before.map(b -> b.host().anonymous().getOrDefault(volume.target(), "")).orElse("")
            : "";
    return kept.isEmpty() ? volume.toString() : kept + ":" + volume;
  }

  /** Volumes without a name hold data; those that nothing else takes the place of go over. */
  private static List<String> kept(Spec spec, Optional<ContainerInfo> before) {
    List<String> targets = spec.volumes().orElse(List.of()).stream().map(Volumes::target).toList();
    return before
        .map(b ->
            b.host().anonymous().entrySet().stream()
                .filter(e -> !targets.contains(e.getKey()))
                .map(e -> e.getValue() + ":" + e.getKey())
                .sorted()
                .toList())
        .orElse(List.of());
  }
}
