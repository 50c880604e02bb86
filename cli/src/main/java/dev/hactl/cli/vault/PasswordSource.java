package dev.hactl.cli.vault;

import dev.hactl.engine.vault.VaultPassword;
import dev.hactl.engine.vault.VaultPassword.NoPassword;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A vault password from a file, or from a program that prints it, as Ansible takes them: a program
 * whose name ends in {@code -client} is told which vault id's password is wanted.
 *
 * @param file an existing file
 * @param id the vault id
 */
public record PasswordSource(Path file, String id) implements VaultPassword.Source {
  /** How a client program says that it has no password for the id. */
  private static final int NOT_THERE = 2;

  @Override
  public byte[] fetch() throws NoPassword {
    byte[] password = Files.isExecutable(file) ? printed() : written();
    if (password.length == 0) {
      throw new NoPassword(file + (Files.isExecutable(file) ? " printed nothing" : " is empty"));
    }
    return password;
  }

  private byte[] written() throws NoPassword {
    try {
      return stripped(Files.readAllBytes(file), " \t\r\n");
    } catch (IOException e) {
      throw new NoPassword(file + " cannot be read: " + e.getMessage());
    }
  }

  private byte[] printed() throws NoPassword {
    var words = new ArrayList<>(List.of(file.toAbsolutePath().toString()));
    if (isClient()) {
      words.addAll(List.of("--vault-id", id));
    }
    try {
      Process program =
          new ProcessBuilder(words)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      byte[] printed = program.getInputStream().readAllBytes();
      int status = program.waitFor();
      if (status != 0) {
        throw new NoPassword(
            status == NOT_THERE && isClient()
                ? file + " has no password for vault id '" + id + "'"
                : file + " ended with status " + status);
      }
      return stripped(printed, "\r\n");
    } catch (IOException e) {
      throw new NoPassword(
          file
              + " may be executed, but could not be: "
              + e.getMessage()
              + "; a file that holds the password itself must not be executable");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoPassword(file + " was interrupted");
    }
  }

  private boolean isClient() {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name).endsWith("-client");
  }

  private static byte[] stripped(byte[] bytes, String blanks) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int begin = 0;
    int end = bytes.length;
    while (begin < end && blanks.indexOf(text.charAt(begin)) >= 0) {
      begin++;
    }
    while (end > begin && blanks.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return Arrays.copyOfRange(bytes, begin, end);
  }
}
