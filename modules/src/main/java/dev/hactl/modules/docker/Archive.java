package dev.hactl.modules.docker;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.UnreadableAnswer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The images in an archive that {@code docker save} wrote, or in an OCI image layout; see the OCI
 * image specification and moby's image/spec. An image's id is the digest of its configuration. A
 * daemon that keeps its images in containerd calls them by the digest of the manifest, which only
 * an OCI layout has.
 */
final class Archive {
  private static final String NAME = "io.containerd.image.name";
  private static final String REF = "org.opencontainers.image.ref.name";

  private final Map<String, byte[]> documents;
  private final Map<String, Image> byConfig = new HashMap<>();
  private final List<Image> images = new ArrayList<>();

  private Archive(Map<String, byte[]> documents) {
    this.documents = documents;
  }

  /**
   * One image.
   *
   * @param id the digest of its configuration
   * @param ids what a daemon may call it
   * @param names repository and tag as the archive gives them
   * @param layers the digests of its layers, uncompressed
   * @param created when it was made
   */
  record Image(
      String id, Set<String> ids, List<ImageName> names, List<String> layers, String created) {
    /** Copies the collections. */
    Image {
      ids = Set.copyOf(ids);
      names = List.copyOf(names);
      layers = List.copyOf(layers);
    }

    /**
     * Whether a daemon's image is this one. Where it is called by a manifest that the daemon made
     * itself, layers and time tell.
     */
    boolean is(ImageInfo there) {
      return ids.contains(there.id())
          || (there.byManifest()
              && layers.equals(there.layers())
              && created.equals(there.created()));
    }

    private Image with(Set<String> more, List<ImageName> moreNames) {
      Set<String> all = new LinkedHashSet<>(ids);
      all.addAll(more);
      Set<ImageName> called = new LinkedHashSet<>(names);
      called.addAll(moreNames);
      return new Image(id, all, List.copyOf(called), layers, created);
    }
  }

  /** The images of an archive, compressed with gzip or not; throws {@link BadValue}. */
  static List<Image> images(Content content) {
    try (InputStream in = plain(new BufferedInputStream(content.open()))) {
      return new Archive(TarReader.documents(in)).read();
    } catch (IOException | UnreadableAnswer e) {
      throw new BadValue(
          content.source() + " cannot be read as an archive of images: " + e.getMessage(),
          "make one with 'docker save -o FILE IMAGE'");
    }
  }

  private static InputStream plain(BufferedInputStream in) throws IOException {
    in.mark(8);
    String magic = HexFormat.of().formatHex(in.readNBytes(6));
    in.reset();
    for (var other :
        Map.of("425a68", "bzip2", "fd377a585a00", "xz", "28b52ffd", "zstd").entrySet()) {
      if (magic.startsWith(other.getKey())) {
        throw new IOException(
            "it is compressed with " + other.getValue() + ", and only gzip is read here");
      }
    }
    return magic.startsWith("1f8b") ? new BufferedInputStream(new GZIPInputStream(in)) : in;
  }

  private List<Image> read() throws IOException {
    byte[] manifest = documents.get("manifest.json");
    byte[] index = documents.get("index.json");
    if (manifest == null && index == null) {
      throw new IOException("there is neither manifest.json nor index.json in it");
    }
    if (manifest != null) {
      for (Json entry : Json.items(any(manifest))) {
        byte[] config = documents.get(entry.text("Config"));
        if (config == null) {
          throw new IOException("there is no " + entry.text("Config") + " in it");
        }
        add(digest(config), config, Set.of(), names(entry.texts("RepoTags")));
      }
    }
    if (index != null) {
      for (Json entry : object(index).list("manifests")) {
        Json notes = entry.at("annotations");
        descend(entry.text("digest"), Set.of(), names(notes.texts(NAME), notes.texts(REF)));
      }
    }
    if (images.isEmpty()) {
      throw new IOException("there is no image in it");
    }
    return images.stream().map(i -> byConfig.getOrDefault(i.id(), i)).toList();
  }

  /** A manifest has a configuration; an index has manifests, one for each kind of processor. */
  private void descend(String digest, Set<String> above, List<ImageName> names) throws IOException {
    byte[] blob = documents.get("blobs/" + digest.replace(':', '/'));
    if (blob == null || above.size() > 4) {
      return;
    }
    Set<String> ids = new LinkedHashSet<>(above);
    ids.add(digest);
    Json manifest = object(blob);
    for (Json inner : manifest.list("manifests")) {
      descend(inner.text("digest"), ids, names);
    }
    String config = manifest.at("config").text("digest");
    byte[] bytes = documents.get("blobs/" + config.replace(':', '/'));
    if (bytes != null && object(bytes).has("rootfs")) {
      add(config, bytes, ids, names);
    }
  }

  private void add(String id, byte[] config, Set<String> ids, List<ImageName> names)
      throws IOException {
    Set<String> all = new LinkedHashSet<>(ids);
    all.add(id);
    Image before = byConfig.get(id);
    if (before != null) {
      byConfig.put(id, before.with(all, names));
      return;
    }
    Json json = object(config);
    var image =
        new Image(id, all, names, json.at("rootfs").texts("diff_ids"), json.text("created"));
    byConfig.put(id, image);
    images.add(image);
  }

  @SafeVarargs
  private static List<ImageName> names(List<String>... texts) {
    var names = new LinkedHashSet<ImageName>();
    for (List<String> list : texts) {
      for (String text : list) {
        try {
          // A reference may be a tag alone: that names no image.
          if (text.contains(":") || text.contains("/")) {
            names.add(ImageName.of(text));
          }
        } catch (BadValue e) {
          // Not a name that docker would take.
        }
      }
    }
    return List.copyOf(names);
  }

  private static @Nullable Object any(byte[] bytes) throws IOException {
    return JSON.std.anyFrom(new String(bytes, StandardCharsets.UTF_8));
  }

  private static Json object(byte[] bytes) throws IOException {
    if (any(bytes) instanceof Map<?, ?> map) {
      return new Json(map);
    }
    throw new IOException("an object is wanted in its JSON");
  }

  private static String digest(byte[] bytes) {
    return "sha256:" + Content.of(bytes, false, "").sha256();
  }

  /** The image that a task means: the one of this name, or the only one. */
  static Image choose(List<Image> images, ImageName name, String source) {
    Optional<Image> named = images.stream().filter(i -> i.names().contains(name)).findFirst();
    if (named.isPresent()) {
      return named.get();
    }
    if (images.size() == 1) {
      return images.getFirst();
    }
    throw new BadValue(
        "%s holds several images, and none of them is %s: %s"
            .formatted(
                source,
                name,
                images.stream()
                    .map(i ->
                        i.names().isEmpty()
                            ? ImageName.shorten(i.id())
                            : i.names().getFirst().text())
                    .collect(Collectors.joining(", "))));
  }
}
