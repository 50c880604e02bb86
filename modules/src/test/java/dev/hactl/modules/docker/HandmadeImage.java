package dev.hactl.modules.docker;

import dev.hactl.engine.module.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * An image put together by hand, without docker.
 *
 * @param id the digest of its configuration
 * @param archive as {@code docker save} would write it
 */
record HandmadeImage(String id, byte[] archive) {

  /**
   * An image of one layer.
   *
   * @param name what the archive calls it; empty for nothing
   * @param settings JSON fields of its {@code config}, as {@code "Env":["A=b"]}
   * @param programs files of the layer, executable
   */
  static HandmadeImage of(String name, String settings, Map<String, byte[]> programs) {
    try {
      var layer = new TarWriter();
      for (var e : programs.entrySet()) {
        layer.file(e.getKey(), Content.of(e.getValue(), false, ""), true, Instant.EPOCH);
      }
      Content.Joined layerTar = layer.done("layer");
      byte[] config =
          """
          {"architecture":"amd64","os":"linux","created":"2026-01-02T03:04:05Z","config":{%s},
          "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[{"created":"2026-01-02T03:04:05Z"}]}\
          """
              .formatted(settings, layerTar.sha256())
              .getBytes(StandardCharsets.UTF_8);
      String digest = Content.of(config, false, "").sha256();
      String names = name.isEmpty() ? "null" : "[\"" + name + "\"]";
      var archive = new TarWriter();
      archive.file("layer.tar", layerTar, false, Instant.EPOCH);
      archive.file(digest + ".json", Content.of(config, false, ""), false, Instant.EPOCH);
      archive.file(
          "manifest.json",
          Content.of(
              "[{\"Config\":\"%s.json\",\"RepoTags\":%s,\"Layers\":[\"layer.tar\"]}]"
                  .formatted(digest, names),
              false,
              ""),
          false,
          Instant.EPOCH);
      return new HandmadeImage("sha256:" + digest, bytes(archive.done("archive")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Content content) throws IOException {
    try (var in = content.open()) {
      return in.readAllBytes();
    }
  }

  /** The archive, compressed. */
  byte[] gzip() {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
