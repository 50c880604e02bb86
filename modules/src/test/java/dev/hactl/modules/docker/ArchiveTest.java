package dev.hactl.modules.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What archives say of their images. */
class ArchiveTest {
  private static final byte[] PROGRAM = "#!".repeat(5000).getBytes(StandardCharsets.UTF_8);
  private static final HandmadeImage WEB =
      HandmadeImage.of("docker.io/library/web:1.0", "\"Cmd\":[\"x\"]", Map.of("x", PROGRAM));

  @TempDir Path folder;

  private static Content content(byte[] bytes) {
    return Content.of(bytes, false, "files/web.tar");
  }

  @Test
  void theIdIsTheDigestOfTheConfiguration() throws IOException {
    Path file = Files.write(folder.resolve("web.tar"), WEB.archive());
    var large = new Content.LocalFile(file, WEB.archive().length, "", false, "web.tar");
    for (Content content : List.of(content(WEB.archive()), content(WEB.gzip()), large)) {
      Archive.Image image = Archive.images(content).getFirst();
      assertEquals(WEB.id(), image.id());
      assertEquals(List.of(new ImageName("web:1.0")), image.names());
      assertEquals("2026-01-02T03:04:05Z", image.created());
      assertEquals(1, image.layers().size());
    }
  }

  private static byte[] tar(Map<String, String> files) throws IOException {
    var tar = new TarWriter();
    files.forEach(
        (name, text) -> tar.file(name, Content.of(text, false, ""), false, Instant.EPOCH));
    return HandmadeImage.bytes(tar.done("tar"));
  }

  private static String put(Map<String, String> files, String text) {
    String digest = Content.of(text, false, "").sha256();
    files.put("blobs/sha256/" + digest, text);
    return "sha256:" + digest;
  }

  @Test
  void aLayoutOfTheOpenContainerInitiativeHasIdsForBothKindsOfDaemons() throws IOException {
    var files = new LinkedHashMap<String, String>();
    String config = put(files, "{\"created\":\"t\",\"rootfs\":{\"diff_ids\":[\"sha256:1\"]}}");
    String manifest = put(files, "{\"config\":{\"digest\":\"%s\"}}".formatted(config));
    String notes = put(files, "{\"config\":{\"digest\":\"sha256:none\"}}");
    String index =
        put(
            files,
            "{\"manifests\":[{\"digest\":\"%s\"},{\"digest\":\"%s\"}]}".formatted(manifest, notes));
    files.put(
        "index.json",
        """
        {"manifests":[{"digest":"%s","annotations":{"io.containerd.image.name":"docker.io/library/web:2",
        "org.opencontainers.image.ref.name":"2"}}]}\
        """
            .formatted(index));
    List<Archive.Image> images = Archive.images(content(tar(files)));
    assertEquals(1, images.size());
    assertEquals(config, images.getFirst().id());
    assertEquals(Set.of(config, manifest, index), images.getFirst().ids());
    assertEquals(List.of(new ImageName("web:2")), images.getFirst().names());

    files.put(
        "manifest.json",
        "[{\"Config\":\"blobs/%s\",\"RepoTags\":[\"web:2\",\"web:two\"]}]"
            .formatted(config.replace(':', '/')));
    Archive.Image both = Archive.images(content(tar(files))).getFirst();
    assertEquals(Set.of(config, manifest, index), both.ids());
    assertEquals(List.of(new ImageName("web:2"), new ImageName("web:two")), both.names());
  }

  @Test
  void aDaemonWithManifestsOfItsOwnIsToldByLayersAndTime() {
    Archive.Image image = Archive.images(content(WEB.archive())).getFirst();
    for (boolean byManifest : new boolean[] {false, true}) {
      var there =
          new ImageInfo(
              "sha256:other",
              List.of(),
              byManifest,
              image.layers(),
              image.created(),
              List.of(),
              List.of(),
              List.of(),
              Map.of());
      assertEquals(byManifest, image.is(there));
    }
  }

  @Test
  void ofSeveralImagesTheNamedOneIsMeant() {
    var one = new Archive.Image("1", Set.of(), List.of(new ImageName("a:1")), List.of(), "");
    var two = new Archive.Image("2", Set.of(), List.of(), List.of(), "");
    assertEquals(one, Archive.choose(List.of(one, two), new ImageName("a:1"), "x.tar"));
    assertEquals(two, Archive.choose(List.of(two), new ImageName("a:1"), "x.tar"));
    BadValue bad =
        assertThrows(
            BadValue.class, () -> Archive.choose(List.of(one, two), new ImageName("b:1"), "x.tar"));
    assertTrue(String.valueOf(bad.getMessage()).contains("none of them is b:1"));
  }

  @ParameterizedTest
  @CsvSource({
    "fd377a585a0000, compressed with xz",
    "28b52ffd000000, compressed with zstd",
    "425a6839314159, compressed with bzip2",
    "68656c6c6f, it ends in the middle",
    "'', there is neither manifest.json nor index.json in it",
  })
  void whatIsNoArchiveIsSaid(String hex, String why) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    BadValue bad = assertThrows(BadValue.class, () -> Archive.images(content(bytes)));
    assertTrue(String.valueOf(bad.getMessage()).contains(why), bad.getMessage());
  }

  @Test
  void aCutArchiveIsSaid() {
    byte[] cut = Arrays.copyOf(WEB.archive(), 5000);
    assertThrows(BadValue.class, () -> Archive.images(content(cut)));
  }
}
