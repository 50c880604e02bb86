package dev.hactl.modules.docker;

import java.util.List;

/**
 * What a task wants to know of a host's images and containers.
 *
 * @param objects names of containers and images
 * @param users whether all containers and the images they were made of are asked for
 * @param paths files and folders of the host whose existence is asked for
 * @param cluster whether the configuration of Pacemaker is asked for
 */
record DockerQuestion(List<String> objects, boolean users, List<String> paths, boolean cluster) {
  /** Copies the lists. */
  DockerQuestion {
    objects = List.copyOf(objects);
    paths = List.copyOf(paths);
  }
}
