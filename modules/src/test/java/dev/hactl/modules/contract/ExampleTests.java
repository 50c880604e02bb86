package dev.hactl.modules.contract;

import static org.junit.jupiter.api.Assertions.fail;

import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Modules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * The tests that hold a module's examples against the laws.
 *
 * @param name how the module is called in playbooks
 * @param folder where playbooks are written
 * @param secrets the parameters that were tried with a secret already
 */
record ExampleTests(
    String name, Module<?> module, Modules modules, Path folder, Set<String> secrets) {

  /** Those of a module. */
  static ExampleTests of(String name, Modules modules, Path folder) {
    return new ExampleTests(
        name, modules.find(name).orElseThrow(), modules, folder, new HashSet<>());
  }

  /** Whether {@code -Dcontract=NAME,...} wants the module to be tested. */
  static boolean wanted(String name) {
    Set<String> only = Set.of(System.getProperty("contract", "").split(","));
    return only.contains("") || only.contains(name);
  }

  /** The module's generated mistakes; no host is there. */
  Stream<DynamicNode> mistakes(Manual.Example example) {
    return Stream.of(
        test(title(example) + " (mistakes)", () -> laws(example, null).mistakes(of(example))));
  }

  /** All other laws; parameters that an earlier example had get no secret again. */
  Stream<DynamicNode> on(Supplier<? extends ContractHost> host, Manual.Example example) {
    Stream<DynamicNode> leaks =
        of(example).secrets().stream()
            .filter(variant -> secrets.add(variant.what()))
            .map(variant ->
                test(
                    title(example) + " (secret in " + variant.what() + ")",
                    () -> laws(example, host.get()).secrets(variant)));
    return Stream.concat(
        Stream.of(test(title(example), () -> laws(example, host.get()).broken())), leaks);
  }

  private String title(Manual.Example example) {
    return name + ": " + example.title();
  }

  private Mistakes of(Manual.Example example) {
    return new Mistakes(example.yaml(), module.form(), Set.of(name));
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

  private Laws laws(Manual.Example example, ContractHost host) throws IOException {
    Path own = Files.createTempDirectory(folder, "example");
    return new Laws(name, module, example, host, modules, own);
  }
}
