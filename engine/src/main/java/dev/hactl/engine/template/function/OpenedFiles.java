package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;
import dev.hactl.engine.vault.Envelope;
import dev.hactl.engine.vault.Keyring;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files on the controller, decrypted where they are encrypted; then their text is secret. */
record OpenedFiles(Keyring keyring) implements Lookups.Reading {
  @Override
  public Value.Text text(Path file) throws IOException {
    String text = Files.readString(file);
    if (!Envelope.is(text)) {
      return Value.text(text);
    }
    return switch (keyring.open(text)) {
      case Keyring.Opened.Plain plain -> {
        String opened =
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain.bytes())).toString();
        keyring.met(opened.stripTrailing());
        yield new Value.Text(opened, true);
      }
      case Keyring.Opened.Refused refused ->
          throw new BadCall(
              0, "the file '" + file.getFileName() + "' " + refused.why(), refused.advice());
    };
  }
}
