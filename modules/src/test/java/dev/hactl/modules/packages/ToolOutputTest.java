package dev.hactl.modules.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads recorded outputs; README.txt beside them says where they come from. */
class ToolOutputTest {

  static String recorded(String name) {
    try (InputStream in = ToolOutputTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String show(Simulation s) {
    return s.moves().stream()
            .map(m -> m.kind() + " " + m.name() + " " + m.before() + ">" + m.after())
            .toList()
        + (s.unknown().isEmpty() ? "" : " unknown " + s.unknown())
        + (s.held().isEmpty() ? "" : " held " + s.held());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apt-install | [INSTALL leaf >1.0, INSTALL tinydep >1.0]",
        "apt-upgrade | [UPGRADE tiny 1.0>2.0]",
        "apt-unknown | [] unknown [nosuch]",
        "apt-unknown-version | [] unknown [tiny]",
        "apt-downgrade | [DOWNGRADE tiny 2.0>1.0]",
        "apt-held | [] held [tiny]",
        "apt-conflict | [REMOVE leaf 1.0>, INSTALL rival >1.0]",
        "apt-remove | [REMOVE tinydep 1.0>, REMOVE leaf 1.0>]",
        "apt-purge | [PURGE tinydep 1.0>]",
      })
  void aptSimulations(String file, String moves) {
    Simulation s = AptOutput.simulation(recorded(file + ".txt"));
    assertEquals(moves, show(s));
    assertEquals(List.of(), s.errors());
  }

  @Test
  void aptSaysWhichPackagesProvideAVirtualOne() {
    Simulation s = AptOutput.simulation(recorded("apt-virtual.txt"));
    assertEquals(
        "Package lab-mta is a virtual package provided by: mta-b, mta-a; name one of them",
        s.errors().getFirst());
  }

  @Test
  void aptExplainsWhyItCannot() {
    Simulation s = AptOutput.simulation(recorded("apt-impossible.txt"));
    assertTrue(s.errors().getFirst().contains("Resolve generated breaks"), s.errors().toString());
    assertTrue(s.errors().getLast().contains("PreDepends"), s.errors().toString());
  }

  @Test
  void candidates() {
    assertEquals(Map.of("tiny", "2.0"), AptOutput.candidates(recorded("apt-policy.txt")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dnf-install | [INSTALL tinydep >1.0-1, INSTALL leaf >1.0-1, INSTALL tiny 0.9-1>2.0-1]",
        "dnf-nothing | []",
        "dnf-upgrade | [UPGRADE tiny 0.9-1>2.0-1]",
        "dnf-unknown | [] unknown [nosuch]",
        "dnf-erasing | [INSTALL rival >1.0-1, REMOVE leaf 1.0-1>]",
        "dnf-downgrade | [DOWNGRADE tiny 0.9-1>1.0-1]",
        "dnf-remove | [REMOVE leaf 1.0-1>, REMOVE tinydep 1.0-1>]",
      })
  void dnfSimulations(String file, String moves) {
    Simulation s = RpmOutput.simulation(recorded(file + ".txt"), Map.of("tiny", "0.9-1"));
    assertEquals(moves, show(s));
    assertEquals(List.of(), s.errors());
  }

  @Test
  void dnfConflictsAndMissingListsAreTold() {
    Simulation conflict = RpmOutput.simulation(recorded("dnf-conflict.txt"), Map.of());
    assertTrue(
        conflict.errors().toString().contains("rival-1.0-1.noarch conflicts with leaf"),
        conflict.errors().toString());
    Simulation without = RpmOutput.simulation(recorded("dnf-no-cache.txt"), Map.of());
    assertFalse(without.uncertain().isEmpty());
  }

  @Test
  void longNamesStandOnALineOfTheirOwn() {
    String table =
        """
        Installing:
         a-package-with-a-very-long-name-indeed
                              noarch    1:2.0-1.el9    some-repository    6.0 k
        Installing weak dependencies:
         b                    x86_64    3-1            r                  4
        Transaction Summary
        """;
    assertEquals(
        "[INSTALL a-package-with-a-very-long-name-indeed >1:2.0-1.el9, INSTALL b >3-1]",
        show(RpmOutput.simulation(table, Map.of())));
  }

  @Test
  void updates() {
    assertEquals(
        Map.of("tiny", new RpmOutput.Update("2.0-1", "noarch")),
        RpmOutput.updates(recorded("dnf-check-update.txt")));
    assertEquals(
        Map.of("a-long-name", new RpmOutput.Update("1:2-1", "x86_64")),
        RpmOutput.updates(
            "a-long-name.x86_64\n       1:2-1   updates\nObsoleting Packages\nx.y 1 2\n"));
  }

  @Test
  void statesOfDpkg() {
    String lines =
        """
        ii |dpkg|amd64|1.21.23||
        hi |held|all|1||
        rc |gone|all|1||
        un |never|all|||
        iF |half|all|1||
        iHR|bad|all|1||
        iU |new|all|1||
        it |trig|all|1||
        """;
    assertEquals(
        "[dpkg COMPLETE, held COMPLETE, gone CONFIGURATION, half UNFINISHED, bad BROKEN,"
            + " new UNFINISHED, trig UNFINISHED]",
        Installed.dpkg(lines).stream().map(p -> p.name() + " " + p.state()).toList().toString());
  }
}
