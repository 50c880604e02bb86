package dev.hactl.modules.storage;

import java.util.HashMap;
import java.util.Map;

/** A mount point as it may be seen, and what {@code mount} decides about it. */
final class SeenMount {
  private SeenMount() {}

  static final String ROOT = "22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw\n";

  static final String DATA = ROOT + "36 22 8:16 / /data rw,noatime shared:12 - ext4 /dev/sdb rw\n";

  static final String SDB = "real /dev/sdb\nnumber 8:16\n";
  static final String READY = "dir\nsource\n";
  static final String EXT4 = "read\n0x438,u1,,ext4\n";

  /** As Pacemaker 2.1 keeps it, shortened. */
  static final String CIB =
      """
      <?xml version="1.0"?>
      <cib crm_feature_set="3.16.2" validate-with="pacemaker-3.9" epoch="41" num_updates="0" admin_epoch="0">
        <configuration>
          <crm_config/>
          <resources>
            <template id="mounts" class="ocf" provider="heartbeat" type="Filesystem">
              <instance_attributes id="mounts-ia"><nvpair id="m1" name="fstype" value="ext4"/></instance_attributes>
            </template>
            <group id="skygroup">
              <primitive id="skyfs" class="ocf" provider="heartbeat" type="Filesystem">
                <instance_attributes id="skyfs-instance_attributes">
                  <nvpair id="a1" name="device" value="/dev/drbd1"/>
                  <nvpair id="a2" name="directory" value="/sky/"/>
                </instance_attributes>
                <meta_attributes id="x"><nvpair id="a3" name="directory" value="/meta"/></meta_attributes>
              </primitive>
              <primitive id="logs" template="mounts">
                <instance_attributes id="logs-instance_attributes">
                  <nvpair id="b1" name="device" value="/dev/vg/logs"/>
                  <nvpair id="b2" name="directory" value="/logs"/>
                </instance_attributes>
              </primitive>
            </group>
          </resources>
        </configuration>
      </cib>
      """;

  static Seeing seeing(String... more) {
    Map<String, String> texts =
        new HashMap<>(Map.of("mounts", ROOT, "point", READY, "source", SDB));
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1].replace('~', '\n'));
    }
    return new Seeing(texts);
  }

  static String verdict(String yaml, String... more) {
    return seeing(more)
        .verdict(new Mount(), "{path: /data, src: /dev/sdb, fstype: ext4, " + yaml + "}");
  }
}
