package dev.hactl.modules.docker;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a container is made. What is empty is left to docker and the image, and is not compared.
 *
 * @param image what it is made of
 * @param command the words after the entrypoint
 * @param entrypoint its first words; an empty list for none
 * @param env variables beside the image's
 * @param ports as {@link Ports} writes them
 * @param network its network, or host, none, bridge
 * @param restart when docker starts it by itself; a new container is not started where it is empty
 * @param labels beside the image's
 * @param memory a limit in bytes
 * @param user as whom it runs
 */
record Spec(
    Optional<ImageName> image,
    Optional<List<String>> command,
    Optional<List<String>> entrypoint,
    Optional<EnvVars> env,
    Optional<List<String>> ports,
    Optional<List<Volumes>> volumes,
    Optional<String> network,
    Optional<Restart> restart,
    Optional<String> hostname,
    Optional<Map<String, String>> labels,
    Optional<Long> memory,
    Optional<String> user,
    Optional<String> workingDir,
    Optional<Boolean> privileged) {

  /**
   * When docker starts a container by itself.
   *
   * @param policy the word that docker has for it
   * @param retries how often at most; 0 for no limit
   */
  record Restart(String policy, long retries) {
    /** As {@code --restart} takes it. */
    @Override
    public String toString() {
      return retries > 0 ? policy + ":" + retries : policy;
    }
  }

  /** The paths of the host that the container sees. */
  List<String> sources() {
    return volumes.orElse(List.of()).stream()
        .filter(Volumes::ofHost)
        .map(Volumes::source)
        .distinct()
        .toList();
  }
}
