package dev.hactl.modules.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final String BEFORE =
      "file /etc/a\tf 644 root:root 3 \t1.0 1.0\0file /var/log/x\tf 644 root:root 3 \t1.0 1.0\0"
          + "unit cron.service\tloaded active running\t\0process cron -f \t\t17\0";

  @Test
  void seesWhatWasTouchedAndWhatWasChanged() {
    var before = Fingerprint.parse(BEFORE);
    var touched = Fingerprint.parse(BEFORE.replace("1.0", "2.0").replace("17", "18"));
    assertEquals(List.of(), before.changed(touched));
    assertEquals(1, before.touched(touched).size());
    assertEquals(List.of("/etc/a"), before.paths(touched));
    var changed = Fingerprint.parse(BEFORE.replace("644", "600").replace("active", "failed"));
    assertEquals(
        List.of(
            "file /etc/a\n      - f 644 root:root 3 \n      + f 600 root:root 3 ",
            "unit cron.service\n      - loaded active running\n      + loaded failed running"),
        before.changed(changed));
    assertEquals("{cron.service=loaded active running}", before.units(changed).toString());
  }

  @Test
  void seesWhatIsLeftBehind() {
    var before = Fingerprint.parse(BEFORE);
    var after = Fingerprint.parse(BEFORE + "process sleep 1000 \t\t99\0");
    assertEquals(List.of("99"), after.processesSince(before));
    assertEquals(List.of("process sleep 1000 \n      - (none)\n      + "), before.touched(after));
  }
}
