package dev.hactl.engine.inventory;

import dev.hactl.engine.value.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach one host, taken from the {@code ansible_*} connection variables and the command
 * line.
 *
 * @param host the name in the inventory, for messages
 * @param kind which transport carries the shell
 * @param address host name or IP address, also an alias of the ssh_config
 * @param port TCP port; empty leaves it to ssh_config, else 22
 * @param user login user; empty leaves it to ssh_config, else the local user
 * @param password login password, tried after keys
 * @param privateKey private key file tried first
 * @param sshConfig ssh_config to use instead of the user's own
 * @param knownHosts known_hosts file to use instead of the user's own
 * @param acceptNewHostKeys record the key of a host never seen before instead of refusing it; a
 *     changed key is always refused
 * @param connectTimeout deadline for the TCP connection and the login together
 */
public record ConnectionSettings(
    String host,
    Kind kind,
    String address,
    Optional<Integer> port,
    Optional<String> user,
    Optional<Secret> password,
    Optional<Path> privateKey,
    Optional<Path> sshConfig,
    Optional<Path> knownHosts,
    boolean acceptNewHostKeys,
    Duration connectTimeout) {

  /** The transports, named as Ansible's {@code ansible_connection} names them. */
  public enum Kind {
    /** SSH spoken by hactl itself. */
    SSH,
    /**
     * The OpenSSH binary, for what only it can do (ssh_config's Match exec, GSSAPI, hardware keys).
     */
    OPENSSH,
    /** A shell on this machine, no SSH. */
    LOCAL
  }
}
