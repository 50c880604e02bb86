package dev.hactl.modules.cib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.lab.LoopbackHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pacemaker's own tools on configurations in files: no cluster runs. */
class CibToolsIT {
  static final List<String> SAMPLES = Samples.NAMES;
  private static final int EDITS = 25;

  @TempDir Path dir;

  @BeforeAll
  static void tools() throws Exception {
    PacemakerPackages.need();
  }

  private record Ran(int status, String out, String error) {
    Answer answer() {
      return Answer.of(status, out);
    }
  }

  private Ran sh(String text, String... shell) throws IOException, InterruptedException {
    Path out = dir.resolve("out");
    Path error = dir.resolve("error");
    Path script = dir.resolve("script");
    Files.writeString(script, text);
    var words = new ArrayList<>(List.of(shell.length == 0 ? new String[] {"/bin/sh"} : shell));
    words.add(script.toString());
    var builder = new ProcessBuilder(words);
    builder.environment().put("CIB_file", live().toString());
    builder.environment().put("LC_ALL", "C");
    Process process = builder.redirectOutput(out.toFile()).redirectError(error.toFile()).start();
    process.getOutputStream().close();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Ran(process.exitValue(), read(out), read(error));
  }

  private static String read(Path path) throws IOException {
    return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
  }

  private Path live() {
    return dir.resolve("cib.xml");
  }

  private Cib cib() throws IOException, InterruptedException {
    return Cib.parse(sh("cibadmin --query").out());
  }

  private void store(Cib cib) throws IOException {
    Files.writeString(live(), cib.text());
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void pacemakerReadsBackWhatIsWritten(String sample) throws Exception {
    Cib cib = Samples.cib(sample);
    store(cib);
    assertEquals(cib, cib());
    assertEquals(cib.text(), sh("cibadmin --query").out());
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void pacemakerAppliesPatchesAsThePlanSays(String sample) throws Exception {
    var edits = new RandomEdits(sample.hashCode());
    WorkingCopy copy = WorkingCopy.of(Samples.cib(sample));
    int pushed = 0;
    for (int i = 0; pushed < EDITS && i < 40 * EDITS; i++) {
      CibEdit edit = edits.next(copy.current());
      if (!(copy.apply(edit) instanceof Edited.Done done)) {
        continue;
      }
      WorkingCopy next = copy.after(edit, done);
      if (i % 3 != 0 || !next.isChanged()) {
        copy = next;
        continue;
      }
      store(next.base());
      CibPatch patch = next.patch();
      Ran ran = sh(CibPush.script(patch));
      CibPush.Outcome outcome = CibPush.read(ran.answer(), ran.error(), patch);
      var done1 = assertInstanceOf(CibPush.Outcome.Pushed.class, outcome, outcome + patch.text());
      Cib now = cib();
      assertEquals(next.candidate().configuration(), now.configuration());
      assertEquals(next.base().version().next(), now.version());
      assertEquals(now.version(), done1.now());
      copy = WorkingCopy.of(now);
      pushed++;
    }
    assertEquals(EDITS, pushed);
  }

  private static CibPatch patch(Cib base) {
    CibEdit edit = new PropertyEdit(List.of(Setting.of("cluster-delay", "61s")));
    var copy = WorkingCopy.of(base);
    return copy.after(edit, (Edited.Done) copy.apply(edit)).patch();
  }

  private static Cib at(CibVersion version) {
    Cib cib = Samples.cib("by-pcs");
    return new Cib(
        cib.root()
            .with("admin_epoch", String.valueOf(version.adminEpoch()))
            .with("epoch", String.valueOf(version.epoch()))
            .with("num_updates", String.valueOf(version.updates())),
        cib.status());
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6, 100})
  void aMovedStatusIsNoObstacle(long updates) throws Exception {
    CibPatch patch = patch(at(new CibVersion(0, 9, 5)));
    store(at(new CibVersion(0, 9, updates)));
    Ran ran = sh(CibPush.script(patch));
    assertEquals(0, ran.status(), ran.error());
    assertEquals(new CibVersion(0, 10, 0), cib().version());
  }

  @Test
  void aMovedConfigurationIsLeftAlone() throws Exception {
    CibPatch patch = patch(at(new CibVersion(0, 9, 5)));
    for (var moved :
        List.of(new CibVersion(0, 10, 0), new CibVersion(1, 9, 5), new CibVersion(0, 8, 5))) {
      store(at(moved));
      Ran ran = sh(CibPush.script(patch));
      assertEquals(CibPush.MOVED, ran.status(), ran.error());
      assertEquals(
          new CibPush.Outcome.Moved(moved), CibPush.read(ran.answer(), ran.error(), patch));
      assertEquals(at(moved), cib());
    }
  }

  @Test
  void whatTheSchemaForbidsIsRefusedWithoutShowingTheDocument() throws Exception {
    Cib base = Samples.cib("by-pcs");
    Cib wrong =
        base.with(
            base.section("resources")
                .add(Element.of("primitive", "id", "x", "class", "none", "type", "y")));
    store(base);
    CibPatch patch = CibPatch.between(base, wrong);
    Ran ran = sh(CibPush.script(patch));
    assertEquals(CibPush.REFUSED, ran.status());
    var failed =
        assertInstanceOf(
            CibPush.Outcome.Failed.class, CibPush.read(ran.answer(), ran.error(), patch));
    assertTrue(failed.why().contains("schema"), failed.why());
    assertTrue(!(ran.out() + ran.error()).contains("primitive"), ran.out() + ran.error());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash --posix", "mksh", "busybox sh"})
  void everyShellPushesAndAsks(String shell) throws Exception {
    LoopbackHost.builder().program("/bin/mksh", "mksh").program("/bin/busybox", "busybox");
    Cib base = at(new CibVersion(0, 9, 5));
    store(base);
    String[] words = shell.split(" ");
    assertEquals(0, sh(CibPush.script(patch(at(new CibVersion(0, 9, 3)))), words).status());
    assertEquals(new CibVersion(0, 10, 0), cib().version());
    store(base);
    assertEquals(
        new CandidateCheck(List.of(), List.of(), List.of()),
        CandidateCheck.read(sh(CandidateCheck.script(base), words).answer()));
  }

  private CandidateCheck check(Cib base, CibEdit edit) throws Exception {
    store(base);
    var copy = WorkingCopy.of(base);
    Cib candidate =
        copy.after(edit, assertInstanceOf(Edited.Done.class, copy.apply(edit))).candidate();
    return CandidateCheck.read(sh(CandidateCheck.script(candidate)).answer());
  }

  @Test
  void aChangedAddressRestartsItsGroup() throws Exception {
    var edit =
        new PrimitiveEdit(
            "vip",
            Optional.empty(),
            Optional.of(List.of(Setting.of("fake", "x"))),
            Optional.empty(),
            Optional.empty(),
            false);
    CandidateCheck check = check(Samples.cib("running"), edit);
    assertEquals(List.of(), check.mistakes());
    assertEquals(
        List.of(
            "Restart vip (master) due to resource definition change",
            "Restart web (master) due to required vip start"),
        check.actions().stream().map(ClusterAction::toString).toList());
    assertTrue(check.actions().stream().allMatch(ClusterAction::isDisturbing));
  }

  @Test
  void fencingWithoutDevicesIsAMistake() throws Exception {
    CandidateCheck check =
        check(
            Samples.cib("running"),
            new PropertyEdit(List.of(Setting.of("stonith-enabled", "true"))));
    assertTrue(
        check
            .mistakes()
            .contains(
                "error: Resource start-up disabled since no STONITH resources have been defined"),
        check.toString());
  }

  @Test
  void mistakesThatWereThereBeforeDoNotCount() throws Exception {
    CandidateCheck check =
        check(Samples.cib("fresh"), new PropertyEdit(List.of(Setting.of("cluster-delay", "50s"))));
    assertEquals(new CandidateCheck(List.of(), List.of(), List.of()), check);
  }

  @Test
  void schemaMistakesAreTold() throws Exception {
    Cib base = Samples.cib("by-pcs");
    store(base);
    Cib wrong =
        base.with(
            base.section("resources")
                .add(Element.of("primitive", "id", "x", "class", "none", "type", "y")));
    CandidateCheck check = CandidateCheck.read(sh(CandidateCheck.script(wrong)).answer());
    assertTrue(
        check.mistakes().stream().anyMatch(m -> m.contains("element primitive")), check.toString());
    assertEquals(List.of("crm_simulate did not say what the cluster would do"), check.unsaid());
  }
}
