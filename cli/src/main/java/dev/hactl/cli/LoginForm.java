package dev.hactl.cli;

import dev.hactl.cli.ApplyOptions.Login;
import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.run.RunOptions;
import dev.hactl.engine.value.Secret;
import java.util.Optional;

/** How to log in: the options that every command that connects has. */
final class LoginForm {
  private LoginForm() {}

  /** Adds the options. */
  static Form add(Form form) {
    return form.value("USER", "Log in as this user.", "-u", "--user")
        .flag("Ask for the login password.", "-k", "--ask-pass")
        .flag("Work as root.", "-b", "--become")
        .flag("Ask for the password of sudo.", "-K", "--ask-become-pass")
        .value("FILE", "Private key to log in with.", "--private-key")
        .value("FILE", "Client configuration instead of ~/.ssh/config.", "--ssh-config")
        .value("FILE", "Known host keys instead of ~/.ssh/known_hosts.", "--known-hosts")
        .flag("Trust and remember keys of hosts not seen before.", "--accept-new-host-keys");
  }

  /** Reads them. */
  static Login read(Form.Filled form) {
    return new Login(
        form.value("--user"),
        form.flag("--ask-pass"),
        form.flag("--become"),
        form.flag("--ask-become-pass"),
        form.path("--private-key"),
        form.path("--ssh-config"),
        form.path("--known-hosts"),
        form.flag("--accept-new-host-keys"));
  }

  /**
   * The same in the engine's words.
   *
   * @param ask whether to ask for passwords now, where that is wanted
   */
  static RunOptions.Login forRun(Login login, Terminal terminal, boolean ask) {
    var passwords = new Passwords(terminal);
    return new RunOptions.Login(
        login.user(),
        ask && login.askPassword()
            ? Optional.of(passwords.ask("SSH password: "))
            : Optional.<Secret>empty(),
        login.become(),
        ask && login.askBecomePassword()
            ? Optional.of(passwords.ask("BECOME password: "))
            : Optional.<Secret>empty(),
        login.privateKey(),
        login.sshConfig(),
        login.knownHosts(),
        login.acceptNewHostKeys());
  }
}
