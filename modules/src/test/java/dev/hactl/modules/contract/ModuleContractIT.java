package dev.hactl.modules.contract;

import static org.junit.jupiter.api.Assertions.fail;

import dev.hactl.engine.module.IndexedModules;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Modules;
import dev.hactl.lab.HostKind;
import dev.hactl.lab.LabContainers;
import dev.hactl.lab.LabHost;
import dev.hactl.lab.OnHost;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The laws of the module contract, for every module and each of its examples, on real hosts:
 *
 * <ol>
 *   <li>probing changes nothing
 *   <li>after apply, a second one finds nothing to do
 *   <li>nothing that apply changes was shown as ok by check
 *   <li>a bad parameter is refused before any connection, with its place
 *   <li>cut off before any program that its steps start and run again, it ends in the same state
 *   <li>a secret never appears in the words of a program, in output or in a diff
 * </ol>
 *
 * The mistakes are tried with every module; the rest with those that a container can run. {@link
 * ClusterContractIT} takes the modules of a cluster's configuration, {@link DockerContractIT} those
 * of images; what needs a kernel of its own is cut off and run again in the tests of the families
 * concerned.
 *
 * <p>{@code -Dcontract=NAME,...} limits a run to some modules.
 */
@ExtendWith(LabContainers.class)
class ModuleContractIT {
  /** Modules whose tool only the hosts of the other family have. */
  private static final Set<String> ON_RPM = Set.of("yum", "dnf", "yum_repository");

  private final Modules modules = IndexedModules.of(getClass().getClassLoader());

  private final Hosts hosts = new Hosts();

  @TempDir Path folder;

  @AfterEach
  void letGo() {
    hosts.ready.values().forEach(ContractHost::close);
  }

  @TestFactory
  Stream<DynamicNode> everyModule(
      @OnHost(name = "contract") LabHost debian,
      @OnHost(value = HostKind.RPM, name = "contract") LabHost rpm) {
    return modules.names().stream()
        .filter(ExampleTests::wanted)
        .flatMap(name -> tests(name, ON_RPM.contains(name) ? rpm : debian));
  }

  private Stream<DynamicNode> tests(String name, LabHost lab) {
    Manual manual = modules.find(name).orElseThrow().manual();
    if (manual.examples().isEmpty()) {
      return Stream.of(
          DynamicTest.dynamicTest(name, () -> fail("the module " + name + " has no example")));
    }
    boolean here =
        manual.level() == Manual.LabLevel.CONTAINER && manual.scope() == Manual.Scope.HOST;
    ExampleTests tests = ExampleTests.of(name, modules, folder);
    return manual.examples().stream()
        .flatMap(example ->
            Stream.concat(
                tests.mistakes(example),
                here ? tests.on(() -> hosts.get(lab), example) : Stream.of()));
  }

  /** Hosts made ready when the first example needs them. */
  private static final class Hosts {
    private final Map<String, ContractHost> ready = new HashMap<>();

    ContractHost get(LabHost lab) {
      return ready.computeIfAbsent(lab.name(), name -> new ContainerHost(lab));
    }
  }
}
