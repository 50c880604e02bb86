package dev.hactl.modules.corosync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.modules.ByHand;
import dev.hactl.modules.Shown;
import dev.hactl.modules.TaskText;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which texts of corosync.conf are kept from sight. */
class CorosyncSecretsTest {
  private static final String OPEN = "totem {\n  version: 2\n}\n";
  private static final String KEYED = "totem {\n  version: 2\n  key: c2VjcmV0\n}\n";

  private static CorosyncState holding(String conf) {
    return new CorosyncState(
        "db1",
        true,
        true,
        Optional.of(conf),
        "",
        false,
        false,
        false,
        Map.of(),
        false,
        false,
        false,
        "");
  }

  @ParameterizedTest
  @CsvSource({
    "open, open, open, 0644, false, false",
    "secret, open, open, 0600, true, true",
    "open, open, keyed, 0600, true, true",
    "open, keyed, open, 0644, true, false",
  })
  void whatIsHidden(
      String author,
      String old,
      String wanted,
      String mode,
      boolean hiddenDiff,
      boolean hiddenContent) {
    String yaml = "{content: \"totem {\\n}\\n\"}";
    CorosyncWish wish =
        author.equals("secret")
            ? ByHand.secretly(new Corosync(), yaml)
            : TaskText.bind(new Corosync(), yaml);
    String text = wanted.equals("keyed") ? KEYED : OPEN;
    var change =
        new CorosyncChanges(wish, text, ConfFile.settings(text))
            .write("db1", holding(old.equals("keyed") ? KEYED : OPEN));
    assertEquals(new Shown(hiddenDiff, hiddenContent, mode), Shown.of(change));
  }

  /** A key that goes away is the key of what still runs. */
  @Test
  void aRunningKeyIsNotShown() {
    CorosyncWish wish = TaskText.bind(new Corosync(), "{content: \"totem {\\n}\\n\"}");
    var apart =
        Map.of(
            "totem.key", new ConfFile.Difference("c2VjcmV0", ""),
            "totem.token", new ConfFile.Difference("1000", "3000"));
    var change = new CorosyncChanges(wish, OPEN, ConfFile.settings(OPEN)).reload(apart);
    String shown = change.diffs().toString();
    assertTrue(shown.contains("3000"), shown);
    assertFalse(shown.contains("c2VjcmV0"), shown);
  }
}
