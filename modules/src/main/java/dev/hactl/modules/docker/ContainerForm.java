package dev.hactl.modules.docker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.commands.CommandLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of docker_container. */
final class ContainerForm {
  private ContainerForm() {}

  /** When docker starts a container by itself. */
  private enum Policy {
    NO,
    ALWAYS,
    ON__FAILURE,
    UNLESS__STOPPED
  }

  private static final Type.Plain<String> NAME = Types.NAME.map("name", DockerContainer::named);

  /** A list as it is, or one text split as a shell does. */
  private static final Type.Plain<List<String>> WORDS =
      Types.plain("command", "", ContainerForm::words).openly();

  private static List<String> words(Value value) {
    List<String> words =
        value instanceof Value.Items
            ? Types.TEXTS.convert().apply(value)
            : CommandLine.words(Types.TEXT.convert().apply(value));
    if (words.stream().anyMatch(w -> w.indexOf('\0') >= 0)) {
      throw new BadValue("a command cannot hold a zero byte");
    }
    return words;
  }

  private static final Type.Plain<Map<String, String>> LABELS =
      Types.DICT
          .<Map<String, String>>map(
              "mapping of labels",
              given -> {
                var labels = new LinkedHashMap<String, String>();
                given.forEach((name, value) -> {
                  if (name.isBlank() || name.contains("=")) {
                    throw new BadValue("'" + name + "' cannot be the name of a label");
                  }
                  labels.put(name, Types.TEXT.convert().apply(value));
                });
                return labels;
              })
          .openly();

  private static final Type.Plain<String> NETWORK =
      Types.NAME.map(
          "network",
          name -> {
            if (name.startsWith("container:")) {
              throw new BadValue("the network of another container is not managed");
            }
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
              throw new BadValue(
                  "'" + name + "' is no network", "write host, none, bridge or its name");
            }
            return name.equals("default") ? "bridge" : name;
          });

  static Form<ContainerWish> make() {
    var form = Form.builder();
    var name = form.required("name", NAME, "What it is called.");
    var image =
        form.optional(
            "image",
            ImageName.ANY,
            "What it is made of: a name, or an id (sha256:...). docker_image brings it.");
    var command = form.optional("command", WORDS, "What it runs, after the entrypoint.");
    var entrypoint =
        form.optional(
            "entrypoint",
            WORDS,
            "The first words of what it runs; takes away the image's command.");
    var env =
        form.optional("env", EnvVars.TYPE, "Variables of its environment. They may be secret.");
    var ports =
        form.optional(
            "published_ports",
            Ports.TYPE,
            "Ports of the host for its ports, as 8080:80, 127.0.0.1:53:53/udp, 8000-8009:80-89.",
            "ports");
    var volumes =
        form.optional(
            "volumes",
            Volumes.TYPE,
            "Folders of the host or volumes that it sees: /srv/www:/www:ro, NAME:/data, /cache.");
    var network =
        form.optional("network_mode", NETWORK, "Its network: host, none, bridge or a name.");
    var policy =
        form.optional(
            "restart_policy",
            Types.oneOf(Policy.class),
            "When docker starts it by itself, also after a boot; never, for a new one, by default.");
    var retries =
        form.optional(
            "restart_retries",
            Types.INTEGER,
            "How often at most, with on-failure; no limit by default.");
    var hostname = form.optional("hostname", Types.NAME, "What it calls itself.");
    var labels = form.optional("labels", LABELS, "Labels beside the image's.");
    var memory =
        form.optional(
            "memory", Memory.TYPE, "How much memory it may use: 512M, 2G; 0 for no limit.");
    var user = form.optional("user", Types.NAME, "As whom it runs.");
    var workingDir = form.optional("working_dir", Types.PATH, "Where it runs.");
    var privileged =
        form.optional("privileged", Types.BOOL, "Whether it may do to the host what root may.");
    var state =
        form.optional(
            "state",
            Types.oneOf(ContainerWish.State.class),
            ContainerWish.State.STARTED,
            "present makes it and starts nothing.");
    var restart = form.optional("restart", Types.BOOL, false, "Restart it each time if it runs.");
    var recreate = form.optional("recreate", Types.BOOL, false, "Replace it each time.");
    var timeout =
        form.optional(
            "stop_timeout", Types.INTEGER, "Seconds it may take to stop; docker's 10 by default.");
    return form.into(a -> {
      if (a.get(retries).isPresent()
          && a.get(policy).filter(p -> p == Policy.ON__FAILURE).isEmpty()) {
        throw new BadValue("restart_retries is about 'restart_policy: on-failure'");
      }
      if (a.get(memory).filter(m -> m > 0 && m < (6 << 20)).isPresent()) {
        throw new BadValue("docker takes no limit of memory below 6M");
      }
      if (a.get(timeout).filter(t -> t < 0 || t > 3600).isPresent()) {
        throw new BadValue("stop_timeout is between 0 and 3600 seconds");
      }
      return new ContainerWish(
          a.get(name),
          new Spec(
              a.get(image),
              a.get(command),
              a.get(entrypoint),
              a.get(env),
              a.get(ports),
              a.get(volumes),
              a.get(network),
              a.get(policy).map(p -> new Spec.Restart(Types.word(p), bounded(a.get(retries)))),
              a.get(hostname),
              a.get(labels),
              a.get(memory),
              a.get(user),
              a.get(workingDir),
              a.get(privileged)),
          a.get(state),
          a.get(restart),
          a.get(recreate),
          a.get(timeout));
    });
  }

  private static long bounded(Optional<Long> retries) {
    return retries
        .map(n -> {
          if (n < 0 || n > 1_000_000) {
            throw new BadValue("restart_retries is 0 or more");
          }
          return n;
        })
        .orElse(0L);
  }
}
