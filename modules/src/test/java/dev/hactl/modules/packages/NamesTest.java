package dev.hactl.modules.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, versions and what is refused. */
class NamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nginx | nginx | '' | ''",
        "nginx=1.2* | nginx | = | 1.2*",
        "libc6:i386=2.36-9+deb12u4 | libc6:i386 | = | 2.36-9+deb12u4",
        "foo >= 1:1.2 | foo | >= | 1:1.2",
        "pcs-0.11.6-1.el9.x86_64 | pcs-0.11.6-1.el9.x86_64 | '' | ''",
        "/usr/sbin/drbdadm | /usr/sbin/drbdadm | '' | ''",
        "perl(Foo::Bar) | perl(Foo::Bar) | '' | ''",
      })
  void names(String spec, String name, String operator, String version) {
    assertEquals(new Wanted(spec, name, operator, version), Wanted.of(spec));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nginx*", "@development", "https://host/x.rpm", "a b", "-y", "--force", "x;y", ""})
  void refused(String spec) {
    assertThrows(BadValue.class, () -> Wanted.of(spec));
  }

  @Test
  void whatRpmMayKnowANameBy() {
    assertEquals(
        "[foo-bar-1.2-3.el9.x86_64, foo-bar-1.2-3.el9, foo-bar-1.2, foo-bar]",
        Wanted.of("foo-bar-1.2-3.el9.x86_64").rpmNames().toString());
  }

  // Vectors made from the rules of deb-version(7) and rpm-version(7).
  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0, 0", "1.0, 1.1, -1", "1.10, 1.9, 1", "1:0.1, 9, 1", "1.0~rc1, 1.0, -1",
    "1.0-1, 1.0-2, -1", "1.0-1+b1, 1.0-1, 1", "1.0a, 1.0, 1", "1.0+dfsg, 1.0a, 1", "1.0, 1.0-0, 0",
    "2.36-9+deb12u4, 2.36-9+deb12u10, -1", "007, 7, 0",
  })
  void debianOrder(String a, String b, int order) {
    assertEquals(order, Integer.signum(Versions.debian(a, b)));
    assertEquals(-order, Integer.signum(Versions.debian(b, a)));
  }

  @ParameterizedTest
  @CsvSource({
    "1.0-1, 1.0-1, 0",
    "1.0-1, 1.0-2, -1",
    "1.0-1, 1.0, 0",
    "1.10-1, 1.9-1, 1",
    "1:1-1, 2-1, 1",
    "1.0~rc1-1, 1.0-1, -1",
    "1.0^git1-1, 1.0-1, 1",
    "1.0^git1, 1.0.1, -1",
    "1.0a, 1.0.1, -1",
    "1.a, 1.1, -1",
    "1.0.0, 1.0, 1",
    "5.5p1, 5.5p10, -1",
  })
  void rpmOrder(String a, String b, int order) {
    assertEquals(order, Integer.signum(Versions.rpm(a, b)));
    assertEquals(-order, Integer.signum(Versions.rpm(b, a)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: 'nginx*'}",
        "{state: latest}",
        "{name: '*'}",
        "{name: /tmp/x.rpm}",
        "{name: nginx, upgrade: dist}",
        "{name: nginx, sate: present}",
      })
  void badTasksAreRefusedBeforeAnyConnection(String yaml) {
    assertThrows(SourceException.class, () -> TaskText.bind(new Apt(), yaml));
  }

  @Test
  void starMeansTheWholeHost() {
    assertEquals(
        "[dist-upgrade]",
        TaskText.bind(new Apt(), "{name: '*', state: latest}").whole().toString());
    assertTrue(
        TaskText.bind(new Dnf(), "{name: '*', state: latest, security: true}")
            .options()
            .words()
            .contains("--security"));
  }
}
