package dev.hactl.modules.docker;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.UnreadableAnswer;
import dev.hactl.modules.look.Look;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was seen of docker on a host.
 *
 * @param daemon whether it can be asked
 * @param folder where hactl may keep files of its own
 * @param images those that were asked for and are there
 * @param containers those that were asked for and are there, by name
 * @param users every container, if that was asked
 * @param paths those that were asked for and are there, and the archives in hactl's own folder
 * @param cluster what Pacemaker runs in containers
 */
record DockerSeen(
    Daemon daemon,
    String folder,
    List<ImageInfo> images,
    Map<String, ContainerInfo> containers,
    List<User> users,
    Set<String> paths,
    ClusterContainers cluster) {

  /** Copies the collections. */
  DockerSeen {
    images = List.copyOf(images);
    containers = Map.copyOf(containers);
    users = List.copyOf(users);
    paths = Set.copyOf(paths);
  }

  /**
   * A container and what it was made of.
   *
   * @param image the id of its image
   */
  record User(String container, String image, boolean running) {}

  /** Docker is slow to answer while it starts, and where processes are. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static Probe<DockerSeen> probe(DockerQuestion question) {
    Probe<DockerSeen> probe =
        Probe.of(DockerCollector.INSTANCE, question, DockerSeen::read).within(PATIENCE);
    return question.cluster() ? probe.shared() : probe;
  }

  private static DockerSeen read(Answer answer) {
    Look.Seen parts = Look.Seen.parse(answer);
    List<String> head = parts.text("head").lines().toList();
    var images = new ArrayList<ImageInfo>();
    var containers = new HashMap<String, ContainerInfo>();
    for (Json object : objects(parts.text("inspect"))) {
      if (object.has("HostConfig") && object.has("State")) {
        ContainerInfo container = ContainerInfo.of(object);
        containers.put(container.name(), container);
      } else if (object.has("RootFS") && object.has("RepoTags")) {
        images.add(ImageInfo.of(object));
      }
    }
    return new DockerSeen(
        new Daemon(head.contains("docker"), problem(parts.text("problem"))),
        value(head, "folder ").stream().findFirst().orElse("/var/lib/hactl"),
        images,
        containers,
        parts.text("users").lines().map(DockerSeen::user).toList(),
        Set.copyOf(value(head, "path ")),
        ClusterContainers.parse(parts.text("cluster")));
  }

  private static List<String> value(List<String> lines, String key) {
    return lines.stream()
        .filter(l -> l.startsWith(key))
        .map(l -> l.substring(key.length()))
        .toList();
  }

  /** What docker said besides that an object is not there. */
  private static String problem(String words) {
    return words
        .lines()
        .filter(l -> !l.isBlank())
        .filter(l -> !l.toLowerCase(Locale.ROOT).contains("no such "))
        .filter(l -> !l.startsWith("WARNING"))
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static User user(String line) {
    String[] words = line.split(" ", 3);
    if (words.length < 3) {
      throw new UnreadableAnswer("docker tells of a container: " + line);
    }
    return new User(words[2].replaceFirst("^/", ""), words[1], words[0].equals("true"));
  }

  private static List<Json> objects(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    try {
      return Json.items(JSON.std.anyFrom(text));
    } catch (IOException e) {
      // The parser's message would quote the document, with the environment of containers.
      throw new UnreadableAnswer("what 'docker inspect' printed is no JSON");
    }
  }

  /** The image that a name stands for now. */
  Optional<ImageInfo> image(ImageName name) {
    return images.stream().filter(i -> i.is(name)).findFirst();
  }

  /** The container of this name. */
  Optional<ContainerInfo> container(String name) {
    return Optional.ofNullable(containers.get(name));
  }
}
