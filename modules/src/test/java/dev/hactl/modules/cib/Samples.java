package dev.hactl.modules.cib;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Configurations recorded from Pacemaker 2.1.5, pcs 0.11.5 and crmsh 4.4.1. */
final class Samples {
  static final List<String> NAMES =
      List.of("fresh", "by-pcs", "promotable-by-pcs", "by-crmsh", "running");

  private Samples() {}

  static String text(String name) {
    try (InputStream in = Samples.class.getResourceAsStream(name + ".xml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Cib cib(String name) {
    return Cib.parse(text(name));
  }

  /** A configuration with the given resources, constraints and properties. */
  static Cib with(String resources, String constraints) {
    return Cib.parse(
        """
        <cib crm_feature_set="3.16.1" validate-with="pacemaker-3.9" epoch="7" num_updates="3" admin_epoch="0">
          <configuration>
            <crm_config>
              <cluster_property_set id="cib-bootstrap-options"/>
            </crm_config>
            <nodes>
              <node id="1" uname="db1"/>
              <node id="2" uname="db2"/>
            </nodes>
            <resources>%s</resources>
            <constraints>%s</constraints>
          </configuration>
          <status/>
        </cib>
        """
            .formatted(resources, constraints));
  }
}
