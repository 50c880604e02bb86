package dev.hactl.modules.contract;

import static org.junit.jupiter.api.Assertions.fail;

import dev.hactl.engine.module.IndexedModules;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Modules;
import dev.hactl.lab.HostKind;
import dev.hactl.lab.LabContainers;
import dev.hactl.lab.LabHost;
import dev.hactl.lab.OnHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
 * {@code -Dcontract=NAME,...} limits a run to some modules.
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
    Function<LabHost, ContractHost> ready = hosts::get;
    Set<String> only = Set.of(System.getProperty("contract", "").split(","));
    return modules.names().stream()
        .filter(name -> only.contains("") || only.contains(name))
        .flatMap(name -> tests(name, ready, ON_RPM.contains(name) ? rpm : debian));
  }

  private Stream<DynamicNode> tests(
      String name, Function<LabHost, ContractHost> ready, LabHost lab) {
    Module<?> module = modules.find(name).orElseThrow();
    Manual manual = module.manual();
    if (manual.examples().isEmpty()) {
      return Stream.of(
          DynamicTest.dynamicTest(name, () -> fail("the module " + name + " has no example")));
    }
    var tests = new ArrayList<DynamicNode>();
    var secrets = new HashSet<String>();
    for (Manual.Example example : manual.examples()) {
      String title = name + ": " + example.title();
      var variants = new Mistakes(example.yaml(), module.form(), Set.of(name));
      tests.add(
          test(title + " (mistakes)", () -> laws(name, module, example, null).mistakes(variants)));
      if (manual.level() != Manual.LabLevel.CONTAINER
          || manual.scope() == Manual.Scope.CLUSTER) { // their own tests have clusters
        continue;
      }
      tests.add(test(title, () -> laws(name, module, example, ready.apply(lab)).broken()));
      for (Mistakes.Variant variant : variants.secrets()) {
        if (secrets.add(variant.what())) {
          tests.add(
              test(
                  title + " (secret in " + variant.what() + ")",
                  () -> laws(name, module, example, ready.apply(lab)).secrets(variant)));
        }
      }
    }
    return tests.stream();
  }

  /** Something that holds an example against laws. */
  private interface Held {
    List<String> broken() throws IOException;
  }

  private static DynamicNode test(String title, Held held) {
    return DynamicTest.dynamicTest(
        title,
        () -> {
          List<String> broken = held.broken();
          if (!broken.isEmpty()) {
            fail(title + "\n" + String.join("\n", broken));
          }
        });
  }

  private Laws laws(String name, Module<?> module, Manual.Example example, ContractHost host)
      throws IOException {
    Path own = Files.createTempDirectory(folder, "example");
    return new Laws(name, module, example, host, modules, own);
  }

  /** Hosts made ready when the first example needs them. */
  private static final class Hosts {
    private final Map<String, ContractHost> ready = new HashMap<>();

    ContractHost get(LabHost lab) {
      return ready.computeIfAbsent(lab.name(), name -> new ContractHost(lab));
    }
  }
}
