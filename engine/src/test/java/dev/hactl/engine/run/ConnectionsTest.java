package dev.hactl.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.engine.remote.Identity;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.Sources;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.template.TemplateFiles;
import dev.hactl.engine.template.Variables;
import dev.hactl.engine.value.Secret;
import dev.hactl.engine.vars.Layer;
import dev.hactl.engine.vars.Precedence;
import dev.hactl.engine.vars.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ansible's connection variables to settings and identities. */
class ConnectionsTest {
  private static final RunOptions.Login OPERATOR =
      new RunOptions.Login(
          Optional.of("ops"),
          Optional.of(Secret.of("asked")),
          true,
          Optional.of(Secret.of("asked too")),
          Optional.of(Path.of("/id")),
          Optional.empty(),
          Optional.empty(),
          true);

  private static Variables names(String yaml) {
    return new Variables(
        Scope.of(
            List.of(Layer.written(Precedence.HOST, "inventory", Sources.mapping(yaml), false))),
        new Renderer(new TemplateFiles(List.of())));
  }

  private static ConnectionSettings settings(String yaml, RunOptions.Login login) {
    return Connections.settings("db1", names(yaml), login);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "{}                                              | SSH db1 - - - -",
        "{ansible_host: 10.0.0.1, ansible_port: 2222}    | SSH 10.0.0.1 2222 - - -",
        "{ansible_ssh_host: h, ansible_ssh_port: '22'}   | SSH h 22 - - -",
        "{n: 7, ansible_host: 'h${n}', ansible_port: '${n}'} | SSH h7 7 - - -",
        "{ansible_user: u, ansible_password: p}          | SSH db1 - u p -",
        "{ansible_ssh_user: u, ansible_ssh_pass: p}      | SSH db1 - u p -",
        "{ansible_ssh_private_key_file: /k}              | SSH db1 - - - /k",
        "{ansible_connection: local}                     | LOCAL db1 - - - -",
        "{ansible_connection: OpenSSH}                   | OPENSSH db1 - - - -",
        "{ansible_connection: smart}                     | SSH db1 - - - -",
        "{ansible_port: }                                | SSH db1 - - - -",
      })
  void settings(String yaml, String settings) {
    ConnectionSettings s = settings(yaml, RunOptions.Login.NONE);
    assertEquals(
        settings,
        "%s %s %s %s %s %s"
            .formatted(
                s.kind(),
                s.address(),
                s.port().map(String::valueOf).orElse("-"),
                s.user().orElse("-"),
                s.password().map(Secret::reveal).orElse("-"),
                s.privateKey().map(String::valueOf).orElse("-")));
  }

  @Test
  void theInventoryWinsOverTheCommandLine() {
    ConnectionSettings mine = settings("{ansible_user: u, ansible_password: p}", OPERATOR);
    assertEquals(Optional.of("u"), mine.user());
    assertEquals(Optional.of(Secret.of("p")), mine.password());
    ConnectionSettings theirs = settings("{}", OPERATOR);
    assertEquals(Optional.of("ops"), theirs.user());
    assertEquals(Optional.of(Path.of("/id")), theirs.privateKey());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "{ansible_connection: winrm} | x.yml:1:22: there is no connection 'winrm', hactl knows ssh, openssh and local",
        "{ansible_port: 0}           | x.yml:1:16: ansible_port is a number from 1 to 65535, this is '0'",
        "{ansible_ssh_port: x}       | x.yml:1:20: ansible_ssh_port is a number from 1 to 65535, this is 'x'",
        "{ansible_host: [a]}         | x.yml:1:16: ansible_host is a single value, not a list",
        "{ansible_user: {a: b}}      | x.yml:1:16: ansible_user is a single value, not a mapping",
      })
  void nonsenseIsRefusedWithItsPlace(String yaml, String problem) {
    assertEquals(
        problem,
        Sources.brief(
            assertThrows(SourceException.class, () -> settings(yaml, RunOptions.Login.NONE))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      nullValues = "-",
      value = {
        // variables                                     | become: | become_user: | identity
        "{}                                              | -       | -            | login",
        "{}                                              | true    | -            | root",
        "{}                                              | true    | pg           | pg",
        "{}                                              | false   | pg           | login",
        "{ansible_become: yes}                           | -       | -            | root",
        "{ansible_become: true, ansible_become_user: pg} | -       | -            | pg",
        "{ansible_become: true, ansible_become_user: pg} | -       | ha           | ha",
        "{ansible_become: true}                          | false   | -            | login",
        "{ansible_become: off}                           | -       | -            | login",
        "{ansible_user: root}                            | true    | -            | login",
      })
  void identities(String yaml, Boolean become, String user, String identity) {
    Identity who =
        Connections.identity(
            names(yaml),
            RunOptions.Login.NONE,
            Optional.ofNullable(become),
            Optional.ofNullable(user));
    assertEquals(
        identity,
        switch (who) {
          case Identity.Login l -> "login";
          case Identity.Become b -> b.user();
        });
  }

  @ParameterizedTest
  @CsvSource({
    "ansible_hots,ansible_host",
    "ansible_prot,ansible_port",
    "ansible_usr,ansible_user",
    "ansible_conection,ansible_connection",
    "ansible_become_pasword,ansible_become_password",
    "ansible_host,",
    "ansible_python_interpreter,",
    "ansible_ssh_common_args,",
    "ansible_facts,",
    "host,",
  })
  void misspeltNamesAreFound(String name, String meant) {
    var problems = new Problems();
    ConnectionNames.check(Sources.mapping(name + ": x"), problems);
    assertEquals(
        meant == null
            ? ""
            : "x.yml:1:1: there is no connection variable '%s' | did you mean '%s'?"
                .formatted(name, meant),
        Sources.brief(problems.all()));
  }
}
