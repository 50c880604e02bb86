package dev.hactl.modules.contract;

import dev.hactl.engine.module.IndexedModules;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Modules;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The laws of {@link ModuleContractIT} for docker_image, with a Docker daemon of its own. How an
 * image comes from one member to another needs two machines: {@code DockerIT}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerContractIT {
  private static final String MODULE = "docker_image";

  private static final Path ARCHIVE =
      Path.of("src/test/resources/contract/files/web.tar").toAbsolutePath();

  private final Modules modules = IndexedModules.of(getClass().getClassLoader());
  private DockerHost host;

  @BeforeAll
  void start() throws Exception {
    host = DockerHost.start();
  }

  @AfterAll
  void stop() {
    host.close();
  }

  @TestFactory
  Stream<DynamicNode> everyExample(@TempDir Path folder) {
    if (!ExampleTests.wanted(MODULE)) {
      return Stream.of();
    }
    ExampleTests tests = ExampleTests.of(MODULE, modules, folder);
    return modules.find(MODULE).orElseThrow().manual().examples().stream()
        .flatMap(example -> tests.on(() -> host, prepared(example)));
  }

  /** With the image that it builds on or removes. */
  private static Manual.Example prepared(Manual.Example example) {
    String load = "docker load -q -i '" + ARCHIVE + "' && docker tag web:1.0 web:0.9";
    String before = example.yaml().contains("source: load") ? "" : load;
    return Manual.Example.on(before, example.title(), example.yaml());
  }
}
