package dev.hactl.engine.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Modes mean what chmod(1) makes of them. */
class ModeTest {
  @TempDir private Path dir;

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "644 0777 f",
        "0755 0600 d",
        "4755 0644 f",
        "u=rw,go=r 0777 f",
        "u=rwX,g=rX,o= 0644 f",
        "u=rwX,g=rX,o= 0744 f",
        "u=rwX,g=rX,o= 0600 d",
        "a+x 0644 f",
        "ug+x 0644 f",
        "o-rwx 0777 f",
        "u+s 0755 f",
        "g+s 0755 d",
        "u-s 4755 f",
        "+t 0777 d",
        "o+t 0755 d",
        "a=rx 1777 d",
        "u=g 0750 f",
        "o=u 0750 f",
        "g+u,o-w 0640 f",
        "u+r-w 0200 f",
        "u=rwxs,g=rx 0000 f",
        "a=,u+rw 0777 f",
        "u= 4755 f",
        "g= 2755 f",
        "g=rx 2755 d",
        "u=rwx,g=s 6755 d",
        "o=rx 1777 d",
        "u+t 0755 d",
        "-t 1777 d",
        "u=rwx,go= 0644 d"
      })
  void chmodAgrees(String mode, String before, String kind) throws IOException {
    boolean directory = kind.equals("d");
    Path file = dir.resolve("x");
    Files.deleteIfExists(file);
    if (directory) {
      Files.createDirectory(file);
    } else {
      Files.createFile(file);
    }
    // Five digits, because with four GNU chmod keeps the set-id bits of a directory.
    boolean octal = mode.chars().allMatch(Character::isDigit);
    String asked = octal ? "00" + mode : mode;
    LocalShell.Result result =
        LocalShell.DASH.run(
            "umask 0; chmod 0"
                + before
                + " "
                + file
                + " && chmod '"
                + asked
                + "' "
                + file
                + " && stat -c %a "
                + file);
    assertEquals(
        Integer.parseInt(result.out().strip(), 8),
        Integer.parseInt(Mode.parse(mode).applyTo(Integer.parseInt(before, 8), directory), 8),
        result.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "64", "06444", "u", "u+z", "x=r", "rw", "u=r,,g=r", "0o644"})
  void nonsenseIsRefused(String mode) {
    assertThrows(BadValue.class, () -> Mode.parse(mode));
  }
}
