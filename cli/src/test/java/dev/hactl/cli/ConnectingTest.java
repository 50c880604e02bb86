package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way to a host is one that {@link Connecting} sees; what is only read is none. */
class ConnectingTest {
  private static List<String> seen(String... more) {
    var words =
        new ArrayList<>(
            List.of(
                "exec",
                "all",
                "-i",
                "127.0.0.1,",
                "-a",
                "true",
                "-e",
                "ansible_port=1",
                "--check"));
    words.addAll(List.of(more));
    return Connecting.during(() -> CommandLineRun.alone(words.toArray(String[]::new)));
  }

  @ParameterizedTest
  @CsvSource({
    "ssh, java.net.Socket.connect",
    "openssh, dev.hactl.engine.remote.OpensshTransport.startMaster",
    "local, dev.hactl.engine.remote.ProcessLink.start"
  })
  void aConnectionIsSeen(String way, String beginning) {
    List<String> seen = seen("-e", "ansible_connection=" + way);
    assertTrue(seen.stream().anyMatch(s -> s.startsWith(beginning + " of ")), seen::toString);
  }

  @Test
  void theLookUpOfANameIsSeen() {
    List<String> seen = seen("-e", "ansible_host=no-such-host.invalid");
    assertTrue(
        seen.stream()
            .anyMatch(s -> s.startsWith("java.net.InetAddress$NameServiceAddresses.get of ")),
        seen::toString);
  }

  @Test
  void aMistakeConnectsToNobody() {
    assertEquals(List.of(), seen("-m", "no_such_module"));
    assertEquals(List.of(), seen("-e", "ansible_connection=shh"));
  }
}
