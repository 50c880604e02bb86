package dev.hactl.modules.docker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A container of a daemon.
 *
 * @param id its own
 * @param image the id of the image it was made of
 * @param imageName what that image was called then
 * @param argv what it runs: entrypoint and command
 * @param env {@code NAME=value}; those of the image included
 * @param labels those of the image included
 * @param hostname what it calls itself
 * @param user as whom it runs; empty for the image's own
 * @param workingDir where it runs; empty for the image's own
 * @param host how it is tied to the host
 * @param status what it is doing
 */
record ContainerInfo(
    String id,
    String name,
    String image,
    String imageName,
    List<String> argv,
    List<String> env,
    Map<String, String> labels,
    String hostname,
    String user,
    String workingDir,
    Host host,
    Status status) {

  /** Copies the collections. */
  ContainerInfo {
    argv = List.copyOf(argv);
    env = List.copyOf(env);
    labels = Map.copyOf(labels);
  }

  /**
   * How a container is tied to its host.
   *
   * @param binds {@code source:target:options}
   * @param anonymous the names of volumes without a name of their own, by target
   * @param ports as {@link Ports} writes them
   * @param restart the policy's name
   * @param retries how often it is restarted at most; 0 for no limit
   * @param memory the limit in bytes; 0 for none
   */
  record Host(
      List<String> binds,
      Map<String, String> anonymous,
      List<String> ports,
      String network,
      String restart,
      long retries,
      long memory,
      boolean privileged) {
    /** Copies the collections. */
    Host {
      binds = List.copyOf(binds);
      anonymous = Map.copyOf(anonymous);
      ports = List.copyOf(ports);
    }
  }

  /**
   * What a container is doing.
   *
   * @param word docker's own: created, running, paused, restarting, exited, dead
   * @param started when it last began
   * @param exit how it last ended
   * @param error why it could not be started
   * @param outOfMemory whether the kernel ended it
   */
  record Status(String word, String started, long exit, String error, boolean outOfMemory) {
    /** Whether something of it is at work, or would be at once. */
    boolean active() {
      return word.equals("running") || word.equals("paused") || word.equals("restarting");
    }

    boolean running() {
      return word.equals("running");
    }

    boolean paused() {
      return word.equals("paused");
    }
  }

  /** Reads what {@code docker inspect} tells. */
  static ContainerInfo of(Json object) {
    Json config = object.at("Config");
    Json state = object.at("State");
    var argv = new ArrayList<String>();
    argv.add(object.text("Path"));
    argv.addAll(object.texts("Args"));
    return new ContainerInfo(
        object.text("Id"),
        object.text("Name").replaceFirst("^/", ""),
        object.text("Image"),
        config.text("Image"),
        argv,
        config.texts("Env"),
        config.strings("Labels"),
        config.text("Hostname"),
        config.text("User"),
        config.text("WorkingDir"),
        host(object),
        new Status(
            state.text("Status"),
            state.text("StartedAt"),
            state.number("ExitCode"),
            state.text("Error"),
            state.flag("OOMKilled")));
  }

  private static Host host(Json object) {
    Json host = object.at("HostConfig");
    Json policy = host.at("RestartPolicy");
    var anonymous = new LinkedHashMap<String, String>();
    for (Json mount : object.list("Mounts")) {
      if (mount.text("Type").equals("volume") && mount.text("Name").matches("[0-9a-f]{64}")) {
        anonymous.put(mount.text("Destination"), mount.text("Name"));
      }
    }
    var ports = new ArrayList<String>();
    Json bindings = host.at("PortBindings");
    for (String port : host.names("PortBindings")) {
      bindings
          .list(port)
          .forEach(b -> ports.add(Ports.shown(b.text("HostIp"), b.text("HostPort"), port)));
    }
    return new Host(
        host.texts("Binds"),
        anonymous,
        ports.stream().sorted().toList(),
        host.text("NetworkMode"),
        policy.text("Name").isEmpty() ? "no" : policy.text("Name"),
        policy.number("MaximumRetryCount"),
        host.number("Memory"),
        host.flag("Privileged"));
  }
}
