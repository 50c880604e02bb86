package dev.hactl.lab;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/**
 * One container host. {@link #exec} and {@link #sh} look at it through the Docker API, a ground
 * truth that does not pass through hactl. Accounts: root, admin (sudo without password), oper (sudo
 * with {@code oper-password}), locked (no sudo); the lab's key opens these and every account a test
 * adds, and each account's password is its name followed by {@code -password}.
 */
public final class LabHost implements LabTarget, AutoCloseable {
  private static final ExposedPort SSH = ExposedPort.tcp(22);
  private static final Duration BOOT = Duration.ofSeconds(60);

  private final GenericContainer<?> container;
  private final HostKind kind;
  private final String name;
  private final Path key;
  private final Path knownHosts;

  private LabHost(
      GenericContainer<?> container, HostKind kind, String name, Path key, Path knownHosts) {
    this.container = container;
    this.kind = kind;
    this.name = name;
    this.key = key;
    this.knownHosts = knownHosts;
  }

  /** Starts a host and waits until its sshd answers. */
  static LabHost start(Preparation prepared, HostKind kind, String name) {
    Path key = Path.of(prepared.value("key"));
    try {
      GenericContainer<?> container =
          HostContainer.of(prepared, kind, name, Files.readString(Path.of(key + ".pub")));
      container.start();
      LabHost host =
          new LabHost(
              container, kind, name, key, Files.createTempFile("hactl-lab", ".known_hosts"));
      host.trustKeyOfHost();
      return host;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public HostKind kind() {
    return kind;
  }

  /** A name for inventories, unique among the hosts of this JVM. */
  @Override
  public String name() {
    return kind.label() + "-" + name;
  }

  @Override
  public String address() {
    return "127.0.0.1";
  }

  /** The port of sshd on this machine; another one after {@link #start}. */
  @Override
  public int port() {
    Ports.Binding[] bindings =
        docker()
            .inspectContainerCmd(id())
            .exec()
            .getNetworkSettings()
            .getPorts()
            .getBindings()
            .get(SSH);
    if (bindings == null) {
      throw new IllegalStateException(name() + " is not running");
    }
    return Integer.parseInt(bindings[0].getHostPortSpec());
  }

  /** Where the other hosts reach it. */
  public String bridgeAddress() {
    return docker()
        .inspectContainerCmd(id())
        .exec()
        .getNetworkSettings()
        .getNetworks()
        .values()
        .stream()
        .findFirst()
        .orElseThrow()
        .getIpAddress();
  }

  /** The private key that opens every account. */
  @Override
  public Path key() {
    return key;
  }

  /** A known_hosts file with this host's key. */
  @Override
  public Path knownHosts() {
    return knownHosts;
  }

  /**
   * This host as an entry below {@code hosts:} of a YAML inventory, each line with that
   * indentation.
   */
  @Override
  public String inventoryEntry(int indentation) {
    return """
    %s:
      ansible_host: %s
      ansible_port: %d
      ansible_user: root
      ansible_ssh_private_key_file: %s
      ansible_ssh_known_hosts_file: %s
    """
        .formatted(name(), address(), port(), key, knownHosts)
        .indent(indentation);
  }

  /** What {@code docker exec} calls this host. */
  public String containerId() {
    return id();
  }

  /** Runs a command as root, through Docker and not through ssh. */
  @Override
  public Result exec(String... command) {
    try {
      ExecResult result = container.execInContainer(command);
      return new Result(result.getExitCode(), result.getStdout(), result.getStderr());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Writes a file on the host, owned by root, mode 0644. */
  @Override
  public void write(String path, String content) {
    container.copyFileToContainer(
        Transferable.of(content.getBytes(StandardCharsets.UTF_8), 0644), path);
  }

  /** Power failure: every process gets SIGKILL at once; the disk stays. */
  public void kill() {
    docker().killContainerCmd(id()).exec();
  }

  /** Powers it on again after {@link #kill}; its {@link #port} may have changed. */
  public void start() {
    docker().startContainerCmd(id()).exec();
    Deadline.in(BOOT)
        .await(
            name() + " to boot", () -> exec("systemctl", "is-active", "-q", "ssh").status() == 0);
    trustKeyOfHost();
  }

  /** Unplugs the network cable: packets vanish, nothing is refused. */
  public void cut() {
    sh("ip link set eth0 down");
  }

  /** Plugs it in again. */
  public void restore() {
    sh("ip link set eth0 up");
  }

  @Override
  public void close() {
    container.stop();
    try {
      Files.deleteIfExists(knownHosts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void trustKeyOfHost() {
    String[] fields = sh("cat /etc/ssh/ssh_host_ed25519_key.pub").split(" ");
    try {
      Files.writeString(
          knownHosts, "[%s]:%d %s %s%n".formatted(address(), port(), fields[0], fields[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }

  private String id() {
    return container.getContainerId();
  }

  /** How a command on the host ended. */
  public record Result(int status, String out, String err) {}
}
