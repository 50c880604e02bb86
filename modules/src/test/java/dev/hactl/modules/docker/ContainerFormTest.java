package dev.hactl.modules.docker;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parameters of a container mean nothing, alone or together. */
class ContainerFormTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: -x}",
        "{name: x, image: 'A b'}",
        "{name: x, ports: '80:81:82:83'}",
        "{name: x, ports: '70000:80'}",
        "{name: x, ports: '80-90:80-81'}",
        "{name: x, volumes: 'relative/path:/x'}",
        "{name: x, volumes: ['/a:/x', '/b:/x']}",
        "{name: x, env: {'A B': c}}",
        "{name: x, env: {PATH: \"a\\nb\"}}",
        "{name: x, memory: lots}",
        "{name: x, memory: 1M}",
        "{name: x, restart_policy: sometimes}",
        "{name: x, restart_retries: 3}",
        "{name: x, network_mode: 'container:y'}",
        "{name: x, labels: {'a=b': c}}",
        "{name: x, command: 'a | b'}",
      })
  void mistakesAreRefusedBeforeAnyConnection(String yaml) {
    assertThrows(SourceException.class, () -> TaskText.bind(new DockerContainer(), yaml));
  }
}
