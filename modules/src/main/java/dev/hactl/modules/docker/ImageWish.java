package dev.hactl.modules.docker;

import dev.hactl.engine.module.Content;
import java.util.ArrayList;
import java.util.List;

/**
 * What a task wants of an image.
 *
 * @param names what it is called; the first is what its state is read from
 * @param force whether its names go away although stopped containers were made of it
 */
record ImageWish(List<ImageName> names, Origin origin, State state, boolean force) {
  /** Copies the list. */
  ImageWish {
    names = List.copyOf(names);
  }

  /** Whether an image has its names. */
  enum State {
    PRESENT,
    ABSENT
  }

  /** Where an image comes from. */
  sealed interface Origin {}

  /**
   * An archive of the controller.
   *
   * @param image the one that is meant
   */
  record Load(Content content, Archive.Image image) implements Origin {}

  /** A folder of the controller. */
  record Build(BuildTree tree) implements Origin {}

  /** A member that has it. */
  record Local() implements Origin {}

  ImageName name() {
    return names.getFirst();
  }

  /** What has to be known of each member. */
  DockerQuestion question() {
    var objects = new ArrayList<String>();
    names.forEach(n -> objects.add(n.text()));
    if (origin instanceof Load load) {
      load.image().ids().stream().sorted().forEach(objects::add);
    }
    boolean absent = state == State.ABSENT;
    return new DockerQuestion(objects, absent, List.of(), absent);
  }

  /**
   * A file of its own on a host; the same in every run, so that a later one finds and removes it.
   */
  String file(DockerSeen there) {
    return there.folder()
        + "/images/"
        + Content.of(name().text(), false, "").sha256().substring(0, 16)
        + ".tar";
  }

  /** Whether an interrupted run left that file, which may be as large as an image. */
  boolean isLeftOn(DockerSeen there) {
    return there.paths().contains(file(there));
  }
}
