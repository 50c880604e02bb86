package dev.hactl.modules.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import dev.hactl.modules.text.Lines;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NfsExportTest {
  /** nfs-utils 2.6.2. */
  private static final String SERVED =
      "(rw,sync,wdelay,hide,nocrossmnt,secure,root_squash,no_all_squash,no_subtree_check,secure_locks,"
          + "acl,no_pnfs,anonuid=65534,anongid=65534,sec=sys,rw,secure,root_squash,no_all_squash)\n";

  private static final String ETAB = "/srv/x\t192.0.2.0/24" + SERVED;
  private static final String FILE = "/etc/exports.d/srv-x.exports:/srv/x 192.0.2.0/24(rw,sync)\n";
  private static final String WISH = "path: /srv/x, clients: '192.0.2.0/24(rw,sync)'";

  private static Seeing seeing(String... more) {
    Map<String, String> texts = new HashMap<>(Map.of("tool", "exportfs\n"));
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1]);
    }
    return new Seeing(texts);
  }

  /** A directory that is there answers the plan's only question. */
  private static String verdict(String yaml, String... more) {
    var module = new NfsExport();
    var decision =
        module.plan(
            TaskText.bind(module, "{" + yaml + "}"), seeing(more).look(module, "{" + yaml + "}"));
    if (decision instanceof Decision.Ask<ExportState, ?> ask) {
      return String.join("; ", Verdict.of(ask.answered(true)));
    }
    return String.join("; ", Verdict.of(decision));
  }

  @Test
  void theFileAndTheTableAreCompared() {
    assertEquals(
        "keep the export of /srv/x in /etc/exports.d/srv-x.exports; export /srv/x", verdict(WISH));
    assertEquals("export /srv/x", verdict(WISH, "files", FILE));
    assertEquals("", verdict(WISH, "files", FILE, "etab", ETAB));
    assertEquals(
        "keep the export of /srv/x in /etc/exports.d/srv-x.exports; export /srv/x",
        verdict(WISH.replace("rw", "ro"), "files", FILE, "etab", ETAB));
    assertEquals(
        "no longer export /srv/x to 198.51.100.7 !takes /srv/x away from 198.51.100.7",
        verdict(WISH, "files", FILE, "etab", ETAB + "/srv/x\t198.51.100.7" + SERVED));
    assertEquals(
        "take /srv/x from /etc/exports.d/srv-x.exports; no longer export /srv/x to 192.0.2.0/24"
            + " !takes /srv/x away from 192.0.2.0/24",
        verdict("path: /srv/x, state: absent", "files", FILE, "etab", ETAB));
    assertEquals("", verdict("path: /srv/x, state: absent", "etab", "/srv/y\t*" + SERVED));
    assertEquals(
        "impossible: /srv/x is exported by /etc/exports already; say 'file: /etc/exports', or take"
            + " it away there",
        verdict(WISH, "files", "/etc/exports:/srv/x *(ro)\n"));
    assertTrue(verdict(WISH, "tool", "").startsWith("blocked on command exportfs"));
  }

  @Test
  void onlyThisDirectoryIsExported() {
    var module = new NfsExport();
    String yaml =
        "{path: '/srv/a b', options: 'rw,sync', clients: [{client: 'fd00::/64', options: [ro]}, '*.example.com', db1]}";
    var ask =
        (Decision.Ask<ExportState, ?>)
            module.plan(TaskText.bind(module, yaml), seeing().look(module, yaml));
    List<String> steps =
        Verdict.changes(ask.answered(true)).stream()
            .flatMap(c -> Verdict.steps(c).stream())
            .toList();
    assertEquals(
        List.of(
            "mkdir -p /etc/exports.d",
            "put /etc/exports.d/srv-a-b.exports",
            "set -e\nexportfs -o ro '[fd00::]/64:/srv/a b'\n"
                + "exportfs -o rw,sync '*.example.com:/srv/a b'\nexportfs -o rw,sync 'db1:/srv/a b'"),
        steps);
    assertEquals(
        "blocked on /srv/a b: there is no directory /srv/a b",
        String.join("; ", Verdict.of(ask.answered(false))));
  }

  @Test
  void whatTheClusterExportsIsLeftToIt() {
    String cib =
        """
        <cib><configuration><resources>
          <primitive id="share" class="ocf" provider="heartbeat" type="exportfs">
            <instance_attributes id="i">
              <nvpair id="n" name="directory" value="/srv/x/"/>
            </instance_attributes>
          </primitive>
        </resources></configuration></cib>
        """;
    assertEquals(
        "refused: the cluster's resource share exports /srv/x: outside the cluster it would be open"
            + " on the node that must not serve it",
        verdict(WISH, "cib", cib));
    assertEquals(
        "take /srv/x from /etc/exports.d/srv-x.exports",
        verdict("path: /srv/x, state: absent", "cib", cib, "files", FILE, "etab", ETAB));
    assertEquals("", verdict("path: /srv/x, state: absent", "cib", cib, "etab", ETAB));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.0/255.255.255.0 | 192.0.2.0/24 | true",
        "192.0.2.7 | 192.0.2.70 | false",
        "db1 | db1.example.com | true",
        "db1 | db10.example.com | false",
        "* | * | true",
        "@hosts | @hosts | true",
        "192.0 | 192.0.2.1 | false",
      })
  void clientsAreToldInTheServersTable(String wanted, String live, boolean same) {
    assertEquals(same, ExportClient.parse(wanted).is(new ExportClient(live, List.of())));
  }

  private static Lines lines(String text) {
    return Lines.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void otherLinesKeepTheirBytes() {
    String file =
        "# ü\n/srv/y  *(ro)\n\"/srv/a b\" \\\n   *(rw) \\\n   @x\n/srv/x/\t*(ro) # old\n/srv/z *\n";
    assertEquals(
        "# ü\n/srv/y  *(ro)\n\"/srv/a b\" \\\n   *(rw) \\\n   @x\n/srv/x h(rw)\n/srv/z *\n",
        Exports.with(lines(file), "/srv/x", "/srv/x h(rw)").text());
    assertEquals(
        "# ü\n/srv/y  *(ro)\n/srv/x/\t*(ro) # old\n/srv/z *\n",
        Exports.without(lines(file), "/srv/a b").text());
    assertEquals(
        "/srv/a\\040b\\043 *(ro,sync)",
        Exports.line("/srv/a b#", List.of(ExportClient.parse("*(ro,sync)"))));
    assertTrue(Exports.names(lines("/srv/a\\040b *\n"), "/srv/a b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{path: /x}",
        "{path: x, clients: '*'}",
        "{path: /x, clients: 'a b'}",
        "{path: /x, clients: '-ro'}",
        "{path: /x, clients: {options: ro}}",
        "{path: /x, clients: {client: a, opts: ro}}",
        "{path: /x, clients: {client: a, options: 'r w'}}",
        "{path: /x, clients: '*', name: ../x}",
        "{path: /x, clients: '*', file: /etc/passwd}",
        "{path: /x, clients: '*', name: a, file: /etc/exports}",
      })
  void mistakesAreFoundBeforeAnyConnection(String yaml) {
    assertThrows(SourceException.class, () -> TaskText.bind(new NfsExport(), yaml));
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void everyShellLooks(LocalShell shell) {
    ExportState seen = Seeing.here(shell, ExportState.probe());
    assertTrue(seen.served("/none").isEmpty());
  }
}
