package dev.hactl.engine.remote;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.engine.inventory.ConnectionSettings.Kind;
import dev.hactl.engine.value.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings with one thing changed. */
record LabSettings(ConnectionSettings get) {
  static LabSettings of(ConnectionSettings settings) {
    return new LabSettings(settings);
  }

  private LabSettings with(
      Kind kind,
      String address,
      Optional<Integer> port,
      Optional<String> user,
      Optional<Secret> password,
      Optional<Path> key,
      Optional<Path> config,
      Optional<Path> known,
      boolean accept,
      Duration timeout) {
    return new LabSettings(
        new ConnectionSettings(
            get.host(), kind, address, port, user, password, key, config, known, accept, timeout));
  }

  LabSettings kind(Kind kind) {
    return with(
        kind,
        get.address(),
        get.port(),
        get.user(),
        get.password(),
        get.privateKey(),
        get.sshConfig(),
        get.knownHosts(),
        get.acceptNewHostKeys(),
        get.connectTimeout());
  }

  LabSettings address(String address) {
    return with(
        get.kind(),
        address,
        get.port(),
        get.user(),
        get.password(),
        get.privateKey(),
        get.sshConfig(),
        get.knownHosts(),
        get.acceptNewHostKeys(),
        get.connectTimeout());
  }

  LabSettings port(int port) {
    return with(
        get.kind(),
        get.address(),
        Optional.of(port),
        get.user(),
        get.password(),
        get.privateKey(),
        get.sshConfig(),
        get.knownHosts(),
        get.acceptNewHostKeys(),
        get.connectTimeout());
  }

  LabSettings password(String password) {
    return with(
        get.kind(),
        get.address(),
        get.port(),
        get.user(),
        Optional.of(Secret.of(password)),
        get.privateKey(),
        get.sshConfig(),
        get.knownHosts(),
        get.acceptNewHostKeys(),
        get.connectTimeout());
  }

  LabSettings key(Path key) {
    return with(
        get.kind(),
        get.address(),
        get.port(),
        get.user(),
        get.password(),
        Optional.of(key),
        get.sshConfig(),
        get.knownHosts(),
        get.acceptNewHostKeys(),
        get.connectTimeout());
  }

  LabSettings noKey() {
    return with(
        get.kind(),
        get.address(),
        get.port(),
        get.user(),
        get.password(),
        Optional.empty(),
        get.sshConfig(),
        get.knownHosts(),
        get.acceptNewHostKeys(),
        get.connectTimeout());
  }

  /** Leaves port, user, key and known_hosts to ssh_config. */
  LabSettings bare() {
    return with(
        get.kind(),
        get.address(),
        Optional.empty(),
        Optional.empty(),
        get.password(),
        Optional.empty(),
        get.sshConfig(),
        Optional.empty(),
        get.acceptNewHostKeys(),
        get.connectTimeout());
  }

  LabSettings config(Path config) {
    return with(
        get.kind(),
        get.address(),
        get.port(),
        get.user(),
        get.password(),
        get.privateKey(),
        Optional.of(config),
        get.knownHosts(),
        get.acceptNewHostKeys(),
        get.connectTimeout());
  }

  LabSettings known(Path known) {
    return with(
        get.kind(),
        get.address(),
        get.port(),
        get.user(),
        get.password(),
        get.privateKey(),
        get.sshConfig(),
        Optional.of(known),
        get.acceptNewHostKeys(),
        get.connectTimeout());
  }

  LabSettings accept(boolean accept) {
    return with(
        get.kind(),
        get.address(),
        get.port(),
        get.user(),
        get.password(),
        get.privateKey(),
        get.sshConfig(),
        get.knownHosts(),
        accept,
        get.connectTimeout());
  }

  LabSettings timeout(Duration timeout) {
    return with(
        get.kind(),
        get.address(),
        get.port(),
        get.user(),
        get.password(),
        get.privateKey(),
        get.sshConfig(),
        get.knownHosts(),
        get.acceptNewHostKeys(),
        timeout);
  }
}
