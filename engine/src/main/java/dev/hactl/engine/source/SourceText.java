package dev.hactl.engine.source;

import dev.hactl.engine.vault.Envelope;
import dev.hactl.engine.vault.Keyring;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads source files from disk; the one place where a file that is encrypted as a whole is opened.
 */
public final class SourceText {
  /** Bytes of a file that is read: more is no playbook, and would take all memory. */
  static final long LARGEST = 8 * 1024 * 1024;

  private SourceText() {}

  /** What to do with a file that is encrypted as a whole. */
  public enum Encrypted {
    /** It is an error: what is in it would be shown, as tasks are. */
    REFUSED,
    /** It is opened, and an error when it cannot be. */
    OPENED,
    /**
     * It is opened; when no password does it, its text is empty and {@link Opening#locked} says
     * why, for those who turn out to need it.
     */
    OPENED_IF_POSSIBLE
  }

  /**
   * Reads a file.
   *
   * @param path the file
   * @param shown the name messages use for it
   * @param problems gets what is wrong; its keyring opens what is encrypted
   * @return empty when a problem was noted
   */
  public static Optional<SourceFile> read(
      Path path, String shown, Encrypted encrypted, Problems problems) {
    try {
      if (!small(path, shown, problems)) {
        return Optional.empty();
      }
      String text = Files.readString(path);
      return Envelope.is(text)
          ? opened(shown, text, encrypted, problems)
          : Optional.of(new SourceFile(shown, text).with(problems.keyring()));
    } catch (NoSuchFileException e) {
      problems.error(Place.of(shown), "no such file");
    } catch (CharacterCodingException e) {
      problems.error(Place.of(shown), "the file is not UTF-8 text");
    } catch (IOException e) {
      problems.error(Place.of(shown), "the file cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  /**
   * Whether a file is small enough to be read; notes it when it is not.
   *
   * @throws IOException when it cannot be asked
   */
  public static boolean small(Path path, String shown, Problems problems) throws IOException {
    boolean small = Files.size(path) <= LARGEST;
    if (!small) {
      problems.error(
          Place.of(shown),
          "the file has more than " + LARGEST / 1024 / 1024 + " MiB",
          "what hosts get as it is belongs into files/, for the module copy");
    }
    return small;
  }

  private static Optional<SourceFile> opened(
      String shown, String text, Encrypted encrypted, Problems problems)
      throws CharacterCodingException {
    Place place = new SourceFile(shown, "").at(1, 1);
    if (encrypted == Encrypted.REFUSED) {
      problems.error(
          place,
          "this file is encrypted as a whole, and what is in it is shown: names of tasks and"
              + " modules, paths",
          "encrypt single values (!vault), or files of variables; hactl vault decrypt opens it");
      return Optional.empty();
    }
    return switch (problems.keyring().open(text)) {
      case Keyring.Opened.Plain plain ->
          Optional.of(
              new SourceFile(
                  shown,
                  StandardCharsets.UTF_8
                      .newDecoder()
                      .decode(ByteBuffer.wrap(plain.bytes()))
                      .toString(),
                  new Opening(problems.keyring(), true, Optional.empty())));
      case Keyring.Opened.Refused refused -> {
        var problem = Problem.error(place, "this file " + refused.why(), refused.advice());
        if (encrypted == Encrypted.OPENED_IF_POSSIBLE) {
          yield Optional.of(
              new SourceFile(
                  shown, "", new Opening(problems.keyring(), true, Optional.of(problem))));
        }
        problems.add(problem);
        yield Optional.empty();
      }
    };
  }
}
