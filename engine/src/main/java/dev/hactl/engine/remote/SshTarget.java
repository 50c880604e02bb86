package dev.hactl.engine.remote;

import dev.hactl.engine.value.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything an SSH login needs, after inventory, command line and ssh_config were put together.
 *
 * @param who the host's name in the inventory, for messages
 * @param address name or IP address to connect to
 * @param keyAlias the name to look up in known_hosts instead of the address
 * @param keys private key files in the order to try them
 * @param keysExplicit whether somebody asked for just these keys, so that one that cannot be used
 *     is an error
 * @param agent socket of the ssh agent to ask as well
 * @param knownHosts files with host keys; a new key is added to the first
 * @param jump the host to go through
 */
record SshTarget(
    String who,
    String address,
    int port,
    String user,
    Optional<String> keyAlias,
    Optional<Secret> password,
    List<Path> keys,
    boolean keysExplicit,
    Optional<Path> agent,
    List<Path> knownHosts,
    boolean acceptNewHostKeys,
    Duration timeout,
    Optional<SshTarget> jump) {

  /** The same host, reached through another. */
  SshTarget through(SshTarget bastion) {
    return new SshTarget(
        who,
        address,
        port,
        user,
        keyAlias,
        password,
        keys,
        keysExplicit,
        agent,
        knownHosts,
        acceptNewHostKeys,
        timeout,
        Optional.of(bastion));
  }

  /** For messages. */
  String where() {
    return user + "@" + address + (port == 22 ? "" : " port " + port);
  }

  /** The name known_hosts files use for this host. */
  String knownName() {
    return keyAlias.orElse(port == 22 ? address : "[" + address + "]:" + port);
  }
}
