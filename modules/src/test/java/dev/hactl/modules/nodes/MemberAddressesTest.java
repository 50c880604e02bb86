package dev.hactl.modules.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.value.Value;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which address a node has on a network. */
class MemberAddressesTest {
  /** {@code ip -o addr show} of iproute2 on the node that holds two virtual addresses. */
  private static final String OWN =
      """
      1: lo    inet 127.0.0.1/8 scope host lo
      2: vec0    inet 10.77.0.1/24 brd 10.77.0.255 scope global vec0
      2: vec0    inet 10.77.0.100/24 brd 10.77.0.255 scope global secondary vec0
      2: vec0    inet 10.77.0.101/32 scope global vec0
      3: vec1    inet 10.77.1.1/24 brd 10.77.1.255 scope global vec1
      3: vec1    inet 10.77.1.9/24 brd 10.77.1.255 scope global vec1
      4: vec2    inet6 2001:db8::1/64 scope global
      """;

  private static MemberAddresses of(String text) {
    return MemberAddresses.TYPE.convert().apply(new Value.Text(text, false));
  }

  @ParameterizedTest
  @CsvSource({
    "10.77.0.0/24, 10.77.0.1",
    "10.77.0.0/16, several",
    "10.77.1.0/24, several",
    "10.77.2.0/24, none",
    "2001:db8::/64, 2001:db8::1",
  })
  void ofANetwork(String network, String expected) {
    MemberAddresses.Found found = of(network).of("db1", Optional.of(OWN));
    String told = found.address().orElse(found.why().contains("several") ? "several" : "none");
    assertEquals(expected, told);
  }

  @Test
  void given() {
    var dict = Value.dict(Map.of("db1", new Value.Text("192.0.2.1", false)));
    MemberAddresses addresses = MemberAddresses.TYPE.convert().apply(dict);
    assertEquals("192.0.2.1", addresses.of("db1", Optional.of("")).address().orElseThrow());
    assertEquals(
        "no address is given for the node db2", addresses.of("db2", Optional.of("")).why());
  }

  @Test
  void aNodeThatCannotBeAskedMayHaveAnyAddress() {
    String text =
        "on db2 { address "
            + of("192.0.2.0/24").of("db2", Optional.empty()).address().orElseThrow()
            + "; }";
    assertTrue(MemberAddresses.fits(text, "on db2 { address 192.0.2.2; }"));
    assertFalse(MemberAddresses.fits(text, "on db2 { address 192.0.2.2; }\n"));
    assertFalse(MemberAddresses.fits(text, "on db3 { address 192.0.2.2; }"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db1",
        "192.0.2.1",
        "192.0.2.0/33",
        "192.0.2.999/24",
        "1:2::g/64",
        "192.0.2/24",
        "web.example/24",
        ""
      })
  void mistakes(String text) {
    assertThrows(BadValue.class, () -> of(text));
  }
}
