package dev.hactl.engine.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line is quoted without the passwords in it, and the caret stays where it belongs. */
class QuotedLineTest {

  /** The line with the place as {@code @}, and how it is quoted with the caret as {@code @}. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "db1: {ansible_password: hunter2, ansible_port: @x} => db1: {ansible_password: <secret>, ansible_port: @x}",
        "db1: {@port: x, ansible_password: hunter2} => db1: {@port: x, ansible_password: <secret>}",
        "ansible_password: hun@ter2 => ansible_password: @<secret>",
        "ansible_password: two words @# why => ansible_password: <secret> @# why",
        "ansible_password: \"hunter2@ => ansible_password: <secret>@",
        "'ansible_become_pass': 'a''b'@ => 'ansible_become_pass': <secret>@",
        "db1 ansible_ssh_pass=hunter2 ansible_port=@x => db1 ansible_ssh_pass=<secret> ansible_port=@x",
        "db1 ansible_password='a b' @x => db1 ansible_password=<secret> @x",
        "{\"api_token\": \"abc\", @1} => {\"api_token\": <secret>, @1}",
        "password: ${@passwrod} => password: ${@passwrod}",
        "password: !vault @x => password: !vault @x",
        "ask_pass: @maybe => ask_pass: @maybe",
        "vault_password_file: [@ => vault_password_file: [@",
        "password_lock: @maybe => password_lock: @maybe",
        "become_pass: @true => become_pass: @true",
        "url: http@://x => url: http@://x",
        "compass: @north => compass: @north",
        "password:@ => password:@",
        "@ => @",
      })
  void isQuoted(String line, String expected) {
    QuotedLine quoted = QuotedLine.of(line.replace("@", ""), line.indexOf('@'));
    assertEquals(expected, new StringBuilder(quoted.text()).insert(quoted.caret(), "@").toString());
  }

  @org.junit.jupiter.api.Test
  void messagesDoNotRepeatIt() {
    var file = new SourceFile("hosts.yml", "ansible_password: hunter2\n");
    assertEquals(
        "hosts.yml:1:19: error: not <secret>\n    ansible_password: <secret>\n"
            + " ".repeat(22)
            + "^\n    write '<secret>x'",
        Problem.error(file.at(1, 19), "not hunter2", "write 'hunter2x'").render());
  }
}
