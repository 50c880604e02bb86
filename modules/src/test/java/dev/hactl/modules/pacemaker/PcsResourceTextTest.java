package dev.hactl.modules.pacemaker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.lab.Proves;
import dev.hactl.modules.cib.Cib;
import org.junit.jupiter.api.Test;

/** How a resource stands in the configuration: as pcs writes it, in the words of its version. */
class PcsResourceTextTest {
  private final PcsResource module = new PcsResource();

  @Test
  void whatIsWrittenLooksLikeThatOfPcs() {
    Cib cib =
        CibTask.after(
            module,
            CibTask.sample("fresh"),
            "{name: vip, agent: 'ocf:heartbeat:IPaddr2', options: {ip: 10.0.0.9}, meta: {priority: 1},"
                + " operations: [monitor interval=10s OCF_CHECK_LEVEL=10, start timeout=60s]}");
    String text = cib.text();
    assertTrue(
        text.contains(
            """
                  <primitive id="vip" class="ocf" type="IPaddr2" provider="heartbeat">
                    <instance_attributes id="vip-instance_attributes">
                      <nvpair id="vip-instance_attributes-ip" name="ip" value="10.0.0.9"/>
                    </instance_attributes>
                    <meta_attributes id="vip-meta_attributes">
                      <nvpair id="vip-meta_attributes-priority" name="priority" value="1"/>
                    </meta_attributes>
                    <operations>
                      <op name="monitor" interval="10s" id="vip-monitor-interval-10s">
                        <instance_attributes id="vip-monitor-interval-10s-instance_attributes">
                          <nvpair id="vip-monitor-interval-10s-instance_attributes-OCF_CHECK_LEVEL" name="OCF_CHECK_LEVEL" value="10"/>
                        </instance_attributes>
                      </op>
                      <op name="start" interval="0s" timeout="60s" id="vip-start-interval-0s"/>
                    </operations>
                  </primitive>
            """),
        text);
  }

  @Test
  @Proves("S3-06")
  void olderClustersGetOlderWords() {
    Cib old =
        new Cib(
            CibTask.sample("fresh")
                .root()
                .with("validate-with", "pacemaker-2.3")
                .with("crm_feature_set", "3.0.10"));
    Cib cib =
        CibTask.after(
            module,
            old,
            "{name: data, agent: 'ocf:linbit:drbd', promotable: {promoted-max: 1},"
                + " operations: [monitor role=Promoted interval=9s]}");
    String text = cib.text();
    assertTrue(text.contains("<master id=\"data-master\">"), text);
    assertTrue(text.contains("name=\"master-max\""), text);
    assertTrue(text.contains("role=\"Master\""), text);
    assertFalse(text.contains("promotable"), text);
  }
}
