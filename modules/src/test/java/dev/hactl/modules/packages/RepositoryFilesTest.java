package dev.hactl.modules.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.text.Lines;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that repositories stand in. */
class RepositoryFilesTest {
  private static final String FILE =
      """
      # head
      [a]
      name = A
      # why this one
      baseurl = file:///a
          file:///b
      enabled=1

      [b]
      name=B
      """;

  private static Lines lines(String text) {
    return Lines.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsValuesWithTheirFurtherLines() {
    assertEquals(
        Map.of("name", "A", "baseurl", "file:///a\nfile:///b", "enabled", "1"),
        IniSection.of(lines(FILE), "a").values());
    assertFalse(IniSection.of(lines(FILE), "c").exists());
  }

  @Test
  void changesOnlyWhatDiffersAndKeepsCommentsAndNeighbours() {
    var wanted = new LinkedHashMap<String, String>();
    wanted.put("name", "A");
    wanted.put("baseurl", "file:///c");
    wanted.put("gpgcheck", "0");
    Lines after = IniSection.of(lines(FILE), "a").with("a", wanted);
    assertEquals(
        """
        # head
        [a]
        name = A
        # why this one
        baseurl = file:///c
        gpgcheck = 0

        [b]
        name=B
        """,
        after.text());
    assertEquals(wanted, IniSection.of(after, "a").values());
  }

  @Test
  void addsAndRemovesSections() {
    var wanted = new LinkedHashMap<String, String>();
    wanted.put("name", "C");
    wanted.put("baseurl", "x\ny");
    Lines added = IniSection.of(lines("[b]\nname=B\n"), "c").with("c", wanted);
    assertEquals("[b]\nname=B\n\n[c]\nname = C\nbaseurl = x\n    y\n", added.text());
    assertTrue(IniSection.of(added, "c").hasNeighbours());
    assertEquals("[c]\nname = C\nbaseurl = x\n    y\n", IniSection.of(added, "b").without().text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deb http://deb.debian.org/debian bookworm main | deb_debian_org_debian"
            + " | deb.debian.org_debian_dists_bookworm_",
        "deb [arch=amd64 signed-by=/k.gpg]  http://u:p@h/x/  stable  a b | h_x"
            + " | h_x_dists_stable_",
        "deb file:///srv/apt ./ | srv_apt | _srv_apt_._",
      })
  void sources(String line, String file, String prefix) {
    AptSource source = AptSource.of(line);
    assertEquals(file, source.fileName());
    assertEquals(prefix, source.listPrefix());
    assertEquals(source, AptSource.of(source.line()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ppa:a/b",
        "deb http://h stable",
        "deb http://h ./ main",
        "rpm http://h a b",
        "deb h a b",
        "Types: deb"
      })
  void refusedSources(String line) {
    assertThrows(BadValue.class, () -> AptSource.of(line));
  }

  @Test
  void stanzasCoverWhatTheySay() {
    var stanza =
        List.of(
            "Types: deb", "URIs: http://h/debian", "Suites: a b", "Components: main", " contrib");
    assertTrue(AptSource.of("deb http://h/debian b main contrib").coveredBy(stanza));
    assertFalse(AptSource.of("deb http://h/debian c main").coveredBy(stanza));
    assertFalse(AptSource.of("deb-src http://h/debian b main").coveredBy(stanza));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: a}",
        "{name: a, description: x}",
        "{name: 'a]', description: x, baseurl: file:///x}",
        "{name: main, description: x, baseurl: file:///x}",
        "{name: a, description: x, baseurl: file:///x, file: ../x}",
      })
  void refusedRepositories(String yaml) {
    assertThrows(SourceException.class, () -> TaskText.bind(new YumRepository(), yaml));
  }

  @Test
  void passwordsAreSecret() {
    assertTrue(
        TaskText.bind(
                new YumRepository(),
                "{name: a, description: x, baseurl: 'https://h/', username: u, password: p}")
            .secret());
  }
}
