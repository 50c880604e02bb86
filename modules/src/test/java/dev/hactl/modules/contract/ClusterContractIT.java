package dev.hactl.modules.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.IndexedModules;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.source.Problems;
import dev.hactl.lab.Proves;
import dev.hactl.modules.user.UserModules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The laws of {@link ModuleContractIT} for the modules of a cluster's configuration, on a running
 * Pacemaker. A task's step writes the configuration and waits for the cluster. Each example is cut
 * off right before its first writing, and its rerun right after it, when nobody has waited yet; one
 * example is cut off before each kind of program that comes earlier, and in the waiting. Besides,
 * each task that changes something is one epoch.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterContractIT {
  /** Its step has most to wait for. */
  private static final String CUT_EVERYWHERE = "A promotable clone";

  private final Modules modules = IndexedModules.of(getClass().getClassLoader());
  private Path folder;
  private OneNodeHost host;

  @BeforeAll
  void start(@TempDir Path dir) throws Exception {
    folder = dir;
    host = OneNodeHost.start(dir);
  }

  @AfterAll
  void stop() {
    host.close();
  }

  @TestFactory
  @Proves("S0-25")
  Stream<DynamicNode> everyModuleOfTheConfiguration() {
    return modules.names().stream()
        .filter(ExampleTests::wanted)
        .filter(name -> isOfTheConfiguration(modules.find(name).orElseThrow().manual()))
        .flatMap(this::tests);
  }

  private static boolean isOfTheConfiguration(Manual manual) {
    return manual.level() == Manual.LabLevel.CONTAINER && manual.scope() == Manual.Scope.CLUSTER;
  }

  private Stream<DynamicNode> tests(String name) {
    ExampleTests tests = ExampleTests.of(name, modules, folder);
    return modules.find(name).orElseThrow().manual().examples().stream()
        .flatMap(example ->
            tests.on(
                () -> example.title().equals(CUT_EVERYWHERE) ? host.cutEverywhere() : host,
                here(example)));
  }

  /** The example with the name of the node that is there. */
  private static Manual.Example here(Manual.Example example) {
    String yaml = example.yaml().replace("node: db1", "node: lonely");
    return Manual.Example.on(example.before(), example.title(), yaml);
  }

  /** The test is itself tested: modules that break a law are caught breaking it. */
  @TestFactory
  Stream<DynamicNode> lawbreakersAreCaught(@TempDir Path dir) {
    var problems = new Problems();
    Modules lawbreakers =
        UserModules.read(
            Path.of("src/test/resources/lawbreakers"), "lawbreakers", modules, problems);
    assertEquals(List.of(), problems.all());
    return Stream.of(
            new String[] {"writes_cib_in_probe", "law 1", "lawbreaker-looked"},
            new String[] {"half_a_cib", "law 5", "rsc_defaults/lawbreaker-set"})
        .map(row ->
            DynamicTest.dynamicTest(
                row[0],
                () -> {
                  List<String> broken =
                      new Laws(
                              row[0],
                              lawbreakers.find(row[0]).orElseThrow(),
                              Manual.Example.of(row[0], "- " + row[0] + ": {}\n"),
                              host.cutEverywhere(),
                              lawbreakers,
                              Files.createDirectory(dir.resolve(row[0])))
                          .broken();
                  assertTrue(
                      broken.stream().anyMatch(b -> b.startsWith(row[1]) && b.contains(row[2])),
                      broken::toString);
                }));
  }
}
