package dev.hactl.modules.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a task wants of a container.
 *
 * @param spec how it is made
 * @param restart whether it is started anew each time
 * @param recreate whether it is made anew each time
 * @param stopTimeout seconds that it may take to stop
 */
record ContainerWish(
    String name,
    Spec spec,
    State state,
    boolean restart,
    boolean recreate,
    Optional<Long> stopTimeout) {

  /** What a container may be. */
  enum State {
    STARTED,
    STOPPED,
    PRESENT,
    ABSENT
  }

  /** Under which a new container waits until the old one is gone. */
  String next() {
    return name + ".hactl-new";
  }

  /** What has to be known of the host. */
  DockerQuestion question() {
    var objects = new ArrayList<String>(List.of(name, next()));
    spec.image().ifPresent(i -> objects.add(i.text()));
    return new DockerQuestion(objects, false, spec.sources(), true);
  }
}
