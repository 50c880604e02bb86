package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/**
 * {@code hactl vault create} and {@code edit}: what is written, and what the editor leaves behind.
 */
class VaultEditorTest extends VaultActions {
  /** An editor that runs this text; the file is {@code $1}. */
  private void editor(String text) throws IOException {
    Path script = write("editor.sh", "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    environment.put("EDITOR", script + " --an-option");
    write("editor.sh", "#!/bin/sh\nshift\n" + text + "\n");
  }

  @Test
  void editsWithWhateverTheEditorDoesAndLeavesNothingBehind() throws IOException {
    Path file = seal("vars.yml", "prod", PROD, "a: 1\n");
    write("seen", "");
    editor(
        """
        stat -c '%a %n' "$1" "${1%/*}" > DIR/seen
        cp "$1" "$1~"
        echo 'b: 2' >> "$1"
        """
            .replace("DIR", folder.toString()));
    // A password without an id opens it, and the text keeps its id.
    says(ExitCode.OK, "", "", vault("edit DIR/vars.yml --vault-password-file DIR/prod"));

    assertTrue(Files.readString(file).startsWith("$ANSIBLE_VAULT;1.2;AES256;prod\n"));
    says(ExitCode.OK, "a: 1\nb: 2\n", "", vault("view DIR/vars.yml --vault-id prod@DIR/prod"));
    String[] seen = read("seen").split("\\s+");
    assertEquals("600", seen[0]);
    assertTrue(seen[1].endsWith("/vars.yml"), seen[1]);
    assertEquals("700", seen[2]);
    assertFalse(Files.exists(Path.of(seen[3])), seen[3]);
  }

  @Test
  void anUnchangedTextIsNotWritten() throws IOException {
    seal("vars.yml", "default", DEV, "a: 1\n");
    String before = read("vars.yml");
    editor("true");
    says(ExitCode.OK, "", "", vault("edit DIR/vars.yml" + WITH_DEV));
    assertEquals(before, read("vars.yml"));
    says(
        ExitCode.OK,
        "",
        "hactl: nothing was written, so there is no " + folder + "/new\n",
        vault("create DIR/new" + WITH_DEV));
    assertFalse(Files.exists(folder.resolve("new")));
  }

  @Test
  void aFailingEditorChangesNothing() throws IOException {
    seal("vars.yml", "default", DEV, "a: 1\n");
    String before = read("vars.yml");
    editor("echo \"$1\" > " + folder + "/seen; echo x >> \"$1\"; exit 3");
    refuses(
        "vars.yml",
        ": error: '" + environment.get("EDITOR") + "' ended with status 3; nothing was written",
        vault("edit DIR/vars.yml" + WITH_DEV));
    assertEquals(before, read("vars.yml"));
    assertFalse(Files.exists(Path.of(read("seen").strip())));
  }

  @Test
  void createsFilesForTheOwnerAlone() throws IOException {
    editor("printf 'a: 1\\n' > \"$1\"");
    says(ExitCode.OK, "", "", vault("create DIR/new.yml --vault-id prod@DIR/prod"));
    assertTrue(read("new.yml").startsWith("$ANSIBLE_VAULT;1.2;AES256;prod\n"));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new.yml"))));
    assertEquals(
        ExitCode.USAGE, vault("create DIR/new.yml --vault-id prod@DIR/prod").code(), "it exists");
  }
}
