package dev.hactl.modules.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import dev.hactl.modules.text.Lines;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final String HOSTS =
      """
      # our hosts
      127.0.0.1   localhost
      ::1 localhost
      192.0.2.1\tdb1.example.com  db1   # first
      192.0.2.2 db2
      """;

  private static String after(String args, String hosts) {
    var module = new HostsEntry();
    var now = new HostsFile(Lines.of(hosts.getBytes(StandardCharsets.UTF_8)));
    return switch (module.plan(TaskText.bind(module, args), now)) {
      case Decision.Decided<HostsFile> d when d.changes().isEmpty() -> "same";
      case Decision.Decided<HostsFile> d ->
          String.join(";", Verdict.diffs(d.changes().getFirst())).replace('\t', ' ');
      case Decision<HostsFile> d -> Verdict.of(d).getFirst();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ip: 192.0.2.1, names: [db1]}             | same",
        "{ip: 192.0.2.1, names: [db1, vip]}        | -192.0.2.1 db1.example.com  db1   # first;+192.0.2.1 db1.example.com db1 vip # first",
        "{ip: 192.0.2.3, names: [db3.example.com, db3]} | +192.0.2.3 db3.example.com db3",
        "{ip: 192.0.2.3, names: db2}               | refused: db2 already stands for 192.0.2.2 in /etc/hosts; 'exclusive: true' takes it away there",
        "{ip: 192.0.2.3, names: db2, exclusive: true} | -192.0.2.2 db2;+192.0.2.3 db2",
        "{ip: 192.0.2.2, names: db2, exclusive: true} | same",
        "{ip: '2001:db8::2', names: db2}           | +2001:db8::2 db2",
        "{ip: 192.0.2.1, names: db1, state: absent} | -192.0.2.1 db1.example.com  db1   # first;+192.0.2.1 db1.example.com # first",
        "{ip: 192.0.2.2, state: absent}            | -192.0.2.2 db2",
        "{names: [db2], state: absent}             | -192.0.2.2 db2",
        "{ip: 192.0.2.9, state: absent}            | same",
      })
  void namesAreAddedAndTakenAway(String args, String expected) {
    assertEquals(expected, after(args, HOSTS));
  }

  @Test
  void aNameThatStandsForTwoAddressesAlreadyIsRefusedToo() {
    assertTrue(
        after("{ip: 192.0.2.1, names: db1}", "127.0.1.1 db1\n" + HOSTS).startsWith("refused: db1"));
  }

  @Test
  void theInstallersEntryGivesWayHoweverItSpellsTheName() {
    assertEquals(
        "-127.0.1.1 DB2.example.com DB2;+127.0.1.1 DB2.example.com",
        after(
            "{ip: 192.0.2.2, names: db2, exclusive: true}",
            "127.0.1.1 DB2.example.com DB2\n" + HOSTS));
  }

  @Test
  void bytesOfOtherLinesAreKept() {
    byte[] bytes = {'#', ' ', (byte) 0xe9, '\n', '1', '.', '2', '.', '3', '.', '4', ' ', 'x'};
    var now = new HostsFile(Lines.of(bytes));
    var module = new HostsEntry();
    var change = Verdict.only(module.plan(TaskText.bind(module, "{ip: 1.2.3.4, names: y}"), now));
    var put = (Step.Put) change.steps().getFirst();
    byte[] written = ((Content.Inline) put.content()).bytes();
    assertEquals((byte) 0xe9, written[2]);
    assertEquals("x y\n", new String(written, StandardCharsets.ISO_8859_1).substring(12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ip: 1.2.3, names: a}",
        "{ip: 1.2.3.256, names: a}",
        "{ip: host, names: a}",
        "{ip: 1.2.3.4, names: 'a b'}",
        "{ip: 1.2.3.4}",
        "{state: absent}",
      })
  void wrongEntriesAreRefused(String args) {
    assertThrows(SourceException.class, () -> TaskText.bind(new HostsEntry(), args));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "corosync.conf:    name: db1              | true",
        "r0.res:  on db1 {                        | true",
        "corosync.conf:    ring0_addr: db1.example.com | false",
        "r0.res:  on db1-old {                    | false",
        "r0.res:  on olddb1 {                     | false",
        "r0.res:  # on db1 {                      | false",
        "ha.cf:node db1 db2                       | true",
        "cib.xml:    <node id=\"1\" uname=\"db1\"/> | true",
      })
  void clusterFilesKnowAWholeName(String line, boolean known) {
    assertEquals(known, !ClusterNames.files("db1", Answer.of(0, line + "\n")).isEmpty());
  }

  @Test
  void aNodeIsNotRenamed() {
    var module = new Hostname();
    Hostname.Params p = TaskText.bind(module, "name: db9");
    var observed = new Hostname.Observed("db1", "/etc/hostname", "db1");
    Decision.Ask<Hostname.Observed, ?> ask =
        (Decision.Ask<Hostname.Observed, ?>) module.plan(p, observed);
    assertEquals(
        List.of("refused: this node is called db1 in /etc/drbd.d/r0.res; a rename would orphan it"),
        Verdict.of(ask.answered(List.of("/etc/drbd.d/r0.res"))));
    assertEquals(List.of("rename the host to db9"), Verdict.of(ask.answered(List.of())));
  }

  @Test
  void aNameThatOnlyTheFileLacksIsWrittenWithoutAskingTheCluster() {
    var module = new Hostname();
    Hostname.Params p = TaskText.bind(module, "name: db1");
    assertEquals(
        List.of("rename the host to db1"),
        Verdict.of(module.plan(p, new Hostname.Observed("db1", "/etc/hostname", ""))));
    assertEquals(
        List.of(),
        Verdict.of(module.plan(p, new Hostname.Observed("db1", "/etc/hostname", "db1"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{name: -db}", "{name: a_b}", "{name: 'a b'}", "{name: db.}", "{}"})
  void wrongNamesAreRefused(String args) {
    assertThrows(SourceException.class, () -> TaskText.bind(new Hostname(), args));
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void everyShellTellsTheName(LocalShell shell) {
    var module = new Hostname();
    var probe = module.probe(TaskText.bind(module, "name: x"));
    var observed = probe.parser().apply(shell.run((String) probe.question()).answer());
    assertTrue(!observed.running().isEmpty());
    var cluster = ClusterNames.probe("no-such-node");
    assertEquals(
        List.of(), cluster.parser().apply(shell.run((String) cluster.question()).answer()));
  }
}
