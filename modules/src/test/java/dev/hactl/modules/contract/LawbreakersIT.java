package dev.hactl.modules.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.IndexedModules;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.source.Problems;
import dev.hactl.lab.LabContainers;
import dev.hactl.lab.LabHost;
import dev.hactl.lab.OnHost;
import dev.hactl.modules.user.UserModules;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The contract test is itself tested: modules that break a law are caught breaking it. */
@ExtendWith(LabContainers.class)
class LawbreakersIT {
  @TempDir Path folder;
  private ContractHost host;
  private Modules modules;

  @BeforeEach
  void start(@OnHost(name = "contract") LabHost lab) {
    var problems = new Problems();
    modules =
        UserModules.read(
            Path.of("src/test/resources/lawbreakers"),
            "lawbreakers",
            IndexedModules.of(getClass().getClassLoader()),
            problems);
    assertEquals(List.of(), problems.all());
    host = new ContainerHost(lab);
  }

  @AfterEach
  void end() {
    host.restore();
    host.close();
  }

  private Laws laws(String name, Manual.Example example) {
    Module<?> module = modules.find(name).orElseThrow();
    return new Laws(name, module, example, host, modules, folder);
  }

  private static void caught(List<String> broken, String law, String detail) {
    assertTrue(
        broken.stream().anyMatch(b -> b.startsWith(law) && b.contains(detail)),
        () -> law + " was not seen broken: " + broken);
  }

  @Test
  void aProbeThatWrites() {
    var example = Manual.Example.of("writes", "- writes_in_probe: {}\n");
    caught(laws("writes_in_probe", example).broken(), "law 1", "/srv/lawbreaker.looked");
  }

  @Test
  void aChangeThatComesEachTime() {
    var example = Manual.Example.of("again", "- command: touch /srv/lawbreaker.again\n");
    caught(laws("command", example).broken(), "law 2", "still finds something");
  }

  @Test
  void aChangeThatCannotBeRepeated() {
    var example = Manual.Example.of("cut", "- not_repeatable: {}\n");
    caught(laws("not_repeatable", example).broken(), "law 5", "the rerun ended with exit 2");
  }

  @Test
  void aSecretInTheProcessList() {
    var example = Manual.Example.of("leak", "- leaks:\n    text: hello\n");
    var variants =
        new Mistakes(example.yaml(), modules.find("leaks").orElseThrow().form(), names());
    List<Mistakes.Variant> secrets = variants.secrets();
    assertEquals(1, secrets.size());
    caught(laws("leaks", example).secrets(secrets.getFirst()), "law 6", "expr helloXq7");
  }

  @Test
  void mistakesAreGenerated() {
    String yaml =
        """
        - name: first
          takes_anything:
            path: /x
            count: 3
        """;
    Module<?> module = modules.find("takes_anything").orElseThrow();
    var variants = new Mistakes(yaml, module.form(), names());
    assertEquals(
        List.of(
            "an unknown parameter",
            "'path' of a wrong type",
            "'count' of a wrong type",
            "without 'count'"),
        variants.mistakes().stream().map(Mistakes.Variant::what).toList());
    var example = Manual.Example.of("mistakes", yaml);
    assertEquals(List.of(), laws("takes_anything", example).mistakes(variants));
    var none = new Mistakes(yaml, modules.find("debug").orElseThrow().form(), names());
    assertEquals(1, none.mistakes().size());
  }

  private Set<String> names() {
    return Set.copyOf(modules.names());
  }
}
