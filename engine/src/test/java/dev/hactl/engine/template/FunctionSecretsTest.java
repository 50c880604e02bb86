package dev.hactl.engine.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.template.function.Lookups;
import dev.hactl.engine.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What functions make of secrets, of the unknown, and of what hosts said; passwords that are kept.
 */
class FunctionSecretsTest extends Rendering {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "${sha256(pin)}",
        "${hash(pin, 'md5')}",
        "${b64encode(pin)}",
        "${password_hash(pin)}",
        "${quote(pin)}",
        "${regex_search(pin, '1')}",
        "${to_json({'a': pin})}",
        "${unique(keys)}",
        "${difference(['a', 'x'], keys)}",
        "${version(pin, '>', '1')}",
        "${to_json(keys)?length}",
        "${env(pin)!}x",
        "${random(10, pin)}",
        "${b64encode('x' + pin)}",
        "${flatten([keys])}",
        "${combine({'a': 1}, {'b': pin})}",
      })
  void whateverReadASecretIsSecret(String text) {
    Value value = render(text);
    assertTrue(value.secret(), text);
    assertTrue(value.show().contains(Value.REDACTED), value.show());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "${combine({'a': 1}, {'b': pin})} | {a: 1, b: <secret>}",
        "${dict2items({'a': 1, 'b': pin})} | [{key: a, value: 1}, {key: b, value: <secret>}]",
        "${zip(['a', 'b'], keys)[0][0]} | a",
      })
  void whatIsOnlyPutTogetherKeepsItsOwnSecrecy(String text, String shown) {
    assertEquals(shown, render(text).show());
  }

  @ParameterizedTest
  @ValueSource(strings = {"${sha256(later)}", "${to_json(partly)}", "${b64encode(partly.rc)}"})
  void whateverReadTheUnknownIsUnknown(String text) {
    assertInstanceOf(Value.Unknown.class, render(text));
  }

  @Test
  void whatAHostSaidIsDataToFunctionsToo() {
    assertEquals("${vip} <#if x>", render("${b64decode(b64encode(fromHost))}").show());
    assertEquals("${vip} <#if x>", render("${from_yaml(to_yaml(fromHost))}").show());
  }

  private static Lookups passwords(Path folder) {
    return Lookups.beside(folder);
  }

  private Value password(Lookups lookups) {
    return new Renderer(TemplateFiles.beside(folder), lookups)
        .render(scalar("${password('secrets/web', 12, 'digits')}"), names());
  }

  @Test
  void aPasswordReachesItsFileWhenTheRunGoesOnAndStaysTheSame() throws IOException {
    Path file = folder.resolve("secrets/web");
    Lookups first = passwords(folder);
    var foretold = (Value.Text) password(first);
    assertTrue(foretold.secret());
    assertTrue(foretold.text().matches("[0-9]{12}"), "length and letters");
    assertEquals(foretold, password(first));
    assertFalse(Files.exists(file), "only foretold");
    assertNotEquals(foretold, password(passwords(folder)));

    first.keepPasswords();
    assertEquals(foretold.text() + "\n", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(foretold, password(passwords(folder)));
    assertEquals(1, folder.resolve("secrets").toFile().list().length, "nothing else is left");
  }

  @Test
  void aPasswordThatAnotherRunMadeMeanwhileIsNotReplaced() throws IOException {
    Lookups first = passwords(folder);
    password(first);
    Lookups second = passwords(folder);
    second.keepPasswords();
    var kept = (Value.Text) password(second);

    assertThrows(IOException.class, first::keepPasswords);
    assertEquals(kept.text() + "\n", Files.readString(folder.resolve("secrets/web")));
  }

  @Test
  void aFileThatWasEncryptedIsSecret() throws IOException {
    Files.writeString(folder.resolve("x.txt"), "whatever");
    var lookups =
        Lookups.beside(folder, f -> new Value.Text("decrypted\n", true), Map.of("A", "b"));
    var renderer = new Renderer(TemplateFiles.beside(folder), lookups);
    assertEquals(
        new Value.Text("decrypted", true), renderer.render(scalar("${file('x.txt')}"), names()));
  }
}
