package dev.hactl.modules.drbd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.module.LocalShell;
import dev.hactl.modules.ByHand;
import dev.hactl.modules.Shown;
import dev.hactl.modules.TaskText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which texts of a resource file are kept from sight, and that no program's words hold them. */
class DrbdSecretsTest {
  private static final String OPEN = "resource sky {\n}\n";
  private static final String SHARED =
      "resource sky {\n net { shared-secret \"it's $HOME\"; }\n}\n";

  private static DrbdWish wish(boolean secret) {
    String yaml =
        "{resource: sky, device: 1, disk: /dev/sdb, content:"
            + " 'resource sky { device /dev/drbd1; disk /dev/sdb; }'}";
    return secret ? ByHand.secretly(new Drbd(), yaml) : TaskText.bind(new Drbd(), yaml);
  }

  private static DrbdState holding(String file) {
    return new DrbdState(
        "db1",
        true,
        "8.4.11",
        Optional.of(file),
        new DrbdState.Disk("/dev/sdb", "/dev/sdb", true, 1, List.of(), List.of(), true, ""),
        new DrbdState.Metadata.None(),
        Optional.empty(),
        List.of(),
        List.of(),
        Adjustment.parse(""),
        false,
        "");
  }

  @ParameterizedTest
  @CsvSource({
    "open, open, open, '', false, false",
    "secret, open, open, 0600, true, true",
    "open, open, shared, 0600, true, true",
    "open, shared, open, '', true, false",
  })
  void whatIsHidden(
      String author,
      String old,
      String wanted,
      String mode,
      boolean hiddenDiff,
      boolean hiddenContent) {
    var change =
        new DrbdChanges(wish(author.equals("secret")))
            .write(
                "db1",
                holding(old.equals("shared") ? SHARED : OPEN),
                wanted.equals("shared") ? SHARED : OPEN);
    assertEquals(new Shown(hiddenDiff, hiddenContent, mode), Shown.of(change));
  }

  /** Not every shell prints by itself: with another the text would be in a program's words. */
  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void aRehearsalReadsTheTextFromAHereDocument(LocalShell shell) {
    String asked = new DrbdChanges(wish(false)).rehearse(SHARED).question().toString();
    String stand = "drbdadm() { echo \"$@\"; cat; return 1; }\n";
    LocalShell.Result result = shell.run(stand + asked);
    assertEquals(
        "-c - -d adjust sky\ninclude \"/etc/drbd.d/global_common.conf\";\n" + SHARED, result.out());
    assertEquals(0, result.status());
    assertEquals(1, asked.split("shared-secret", -1).length - 1);
    assertEquals(
        "drbdadm -c - -d adjust sky 2>&1 0<<", asked.substring(0, asked.indexOf("'HACTL_")));
  }
}
