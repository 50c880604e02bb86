package dev.hactl.modules.docker;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What could be seen of docker, put together for tables. */
final class SeenDocker {
  private SeenDocker() {}

  /** An id that begins with this letter. */
  static String id(char letter) {
    return "sha256:" + String.valueOf(letter).repeat(64);
  }

  static ImageInfo image(char letter, Map<String, String> labels, String... names) {
    return new ImageInfo(
        id(letter),
        List.of(names),
        false,
        List.of(),
        "",
        List.of("FROM_IMAGE=yes"),
        List.of("/busybox"),
        List.of("sleep", "9"),
        labels);
  }

  static DockerSeen images(ImageInfo... images) {
    return with(List.of(images), List.of(), ClusterContainers.parse(""));
  }

  static DockerSeen with(
      List<ImageInfo> images, List<DockerSeen.User> users, ClusterContainers cluster) {
    return new DockerSeen(
        new Daemon(true, ""), "/var/lib/hactl", images, Map.of(), users, Set.of(), cluster);
  }

  /** The same with an archive that an interrupted run left. */
  static DockerSeen leaving(ImageWish wish, DockerSeen seen) {
    return new DockerSeen(
        seen.daemon(),
        seen.folder(),
        seen.images(),
        seen.containers(),
        seen.users(),
        Set.of(wish.file(seen)),
        seen.cluster());
  }

  static DockerSeen dead(String problem) {
    return new DockerSeen(
        new Daemon(!problem.isEmpty(), problem),
        "/var/lib/hactl",
        List.of(),
        Map.of(),
        List.of(),
        Set.of(),
        ClusterContainers.parse(""));
  }

  /** A configuration with one resource of the docker agent. */
  static ClusterContainers cluster(String image, String name) {
    return ClusterContainers.parse(
        """
        <cib><configuration><resources><group id="g">
          <primitive id="page" class="ocf" provider="heartbeat" type="docker">
            <instance_attributes id="i"><nvpair id="a" name="image" value="%s"/>%s</instance_attributes>
          </primitive></group>
          <primitive id="plain" class="ocf" provider="heartbeat" type="docker" template="t"/>
          <template id="t" class="ocf" provider="heartbeat" type="docker">
            <instance_attributes id="j"><nvpair id="b" name="image" value="registry.example:5000/x"/></instance_attributes>
          </template>
          <template id="u" class="ocf" provider="heartbeat" type="docker"/>
          <primitive id="like" template="u"/>
          <primitive id="ip" class="ocf" provider="heartbeat" type="IPaddr2"/>
          <bundle id="many"><docker image="web:3"/></bundle>
        </resources></configuration></cib>
        """
            .formatted(
                image,
                name.isEmpty() ? "" : "<nvpair id=\"c\" name=\"name\" value=\"" + name + "\"/>"));
  }
}
