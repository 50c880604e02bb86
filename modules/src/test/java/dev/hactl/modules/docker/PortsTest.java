package dev.hactl.modules.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published ports in every way Docker's command line takes them. */
class PortsTest {
  @ParameterizedTest
  @CsvSource({
    "80, 80/tcp",
    "8080:80, 8080:80/tcp",
    "53:53/udp, 53:53/udp",
    "'[::1]:8:9', '[::1]:8:9/tcp'",
    "127.0.0.1::80, '127.0.0.1::80/tcp'",
    "80-81:90-91, '80:90/tcp 81:91/tcp'",
  })
  void portsAreWrittenInOneWay(String text, String all) {
    assertEquals(all, String.join(" ", Ports.parse(text)));
  }
}
