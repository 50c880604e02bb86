package dev.hactl.modules.docker;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An image of a daemon.
 *
 * @param id its digest
 * @param names repository and tag, or repository and digest
 * @param byManifest whether its id is the digest of a manifest, as where containerd keeps images;
 *     the digest of its configuration is not told then
 * @param layers the digests of its layers, uncompressed
 * @param created when it was made
 * @param env what it gives to containers, as {@code NAME=value}
 * @param entrypoint the first words of what a container runs
 * @param command the words after them
 * @param labels it gives to containers
 */
record ImageInfo(
    String id,
    List<String> names,
    boolean byManifest,
    List<String> layers,
    String created,
    List<String> env,
    List<String> entrypoint,
    List<String> command,
    Map<String, String> labels) {

  /** Copies the collections. */
  ImageInfo {
    names = List.copyOf(names);
    layers = List.copyOf(layers);
    env = List.copyOf(env);
    entrypoint = List.copyOf(entrypoint);
    command = List.copyOf(command);
    labels = Map.copyOf(labels);
  }

  /** Reads what {@code docker inspect} tells. */
  static ImageInfo of(Json object) {
    Json config = object.at("Config");
    return new ImageInfo(
        object.text("Id"),
        Stream.concat(object.texts("RepoTags").stream(), object.texts("RepoDigests").stream())
            .toList(),
        object.text("Id").equals(object.at("Descriptor").text("digest")),
        object.at("RootFS").texts("Layers"),
        object.text("Created"),
        config.texts("Env"),
        config.texts("Entrypoint"),
        config.texts("Cmd"),
        config.strings("Labels"));
  }

  /** Whether it is what a name stands for. */
  boolean is(ImageName name) {
    return id.equals(name.text()) || names.contains(name.text());
  }
}
