package dev.hactl.lab;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One machine with its own kernel: real DRBD, NFS server, Docker, device mapper and watchdog, an
 * empty second disk {@link #DISK}, two network cards. {@link #exec} and {@link #sh} look at it
 * through the ssh command, a ground truth that does not pass through hactl. Accounts as on {@link
 * LabHost}. A process costs 30 ms to start there: few big scripts are better than many small ones.
 */
public final class LabMachine implements LabTarget {
  /** The second disk; empty unless a test wrote to it. */
  public static final String DISK = "/dev/ubdb";

  private static final int MINUTES = 5;

  private final String name;
  private final Map<String, String> values;
  private final Map<String, String> environment;

  LabMachine(String name, Map<String, String> values, Map<String, String> environment) {
    this.name = name;
    this.values = Map.copyOf(values);
    this.environment = environment;
  }

  /** Its name in the inventory, its host name, and what the power API calls it. */
  @Override
  public String name() {
    return name;
  }

  @Override
  public String address() {
    return "127.0.0.1";
  }

  /** The port of its sshd on this machine; the same as long as the JVM runs. */
  @Override
  public int port() {
    return Integer.parseInt(value("port"));
  }

  /** Its address on the first network (ring 0: ssh, virtual addresses), for other machines. */
  public String ring0() {
    return value("ring0");
  }

  /** Its address on the second network (ring 1), for other machines. */
  public String ring1() {
    return value("ring1");
  }

  /** The private key that opens every account. */
  @Override
  public Path key() {
    return Path.of(value("key"));
  }

  /** A known_hosts file with the keys of all machines. */
  @Override
  public Path knownHosts() {
    return Path.of(value("known_hosts"));
  }

  /** Where the machines reach the power API, for the parameter {@code ip} of fence_hactl_lab. */
  public String powerAddress() {
    return value("power");
  }

  /** The token the power API asks for, for the parameter {@code token} of fence_hactl_lab. */
  public String powerToken() {
    return value("token");
  }

  /**
   * This machine as an entry below {@code hosts:} of a YAML inventory, each line with that
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
      lab_address: %s
      lab_ring1: %s
    """
        .formatted(name, address(), port(), key(), knownHosts(), ring0(), ring1())
        .indent(indentation);
  }

  /** Runs a command as root, through the ssh command and not through hactl. */
  @Override
  public LabHost.Result exec(String... command) {
    String quoted =
        Stream.of(command)
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" ", "exec ", " < /dev/null\n"));
    // Not as an argument of ssh: the login shell would have to take all of it as one word.
    return LabScript.run(
        MINUTES,
        environment,
        quoted.getBytes(StandardCharsets.UTF_8),
        "machine",
        "ssh",
        name,
        "exec sh -s");
  }

  /** Waits until the script succeeds, with a second between two attempts. */
  public void await(Duration deadline, String what, String script) {
    sh(
        "end=$(($(date +%%s) + %d))\nuntil ( %s\n) > /tmp/await 2>&1; do\n"
                .formatted(deadline.toSeconds(), script)
            + "  [ $(date +%s) -lt $end ] || { cat /tmp/await >&2; echo 'waited in vain for "
            + what.replace('\'', ' ')
            + "' >&2; exit 1; }\n  sleep 1\ndone");
  }

  /** Writes a file on the machine, owned by root, mode 0644. */
  @Override
  public void write(String path, String content) {
    LabHost.Result result =
        LabScript.run(
            MINUTES,
            environment,
            content.getBytes(StandardCharsets.UTF_8),
            "machine",
            "ssh",
            name,
            "cat > '%s' && chmod 644 '%s'".formatted(path, path));
    if (result.status() != 0) {
      throw new AssertionError("on " + name + ": writing " + path + "\n" + result);
    }
  }

  /** Whether it has power. */
  public boolean isOn() {
    return "on".equals(command("power", name).strip());
  }

  /** Power failure: every process of the machine gets SIGKILL at once; the disks stay. */
  public void off() {
    command("off", name);
  }

  /** Powers it on and waits until it lets root in by ssh. */
  public void on() {
    command("on", name);
  }

  /** Waits until ssh lets root in, for example after it was fenced. */
  public void awaitSsh(Duration deadline) {
    Deadline.in(deadline).await("ssh to " + name, () -> exec("true").status() == 0);
  }

  /** Freezes the whole machine: it has power, but nothing on it moves. */
  public void pause() {
    command("pause", name);
  }

  /** Thaws it. */
  public void resume() {
    command("resume", name);
  }

  /** Keeps a copy of both disks as they are now. */
  public void snapshot(String snapshot) {
    command("snapshot", name, snapshot);
  }

  /** Power failure, both disks as in that snapshot, and on again if it was on. */
  public void reset(String snapshot) {
    command("reset", name, snapshot);
  }

  /** Power failure, both disks as before the first boot, and on again if it was on. */
  public void reset() {
    command("reset", name);
  }

  /**
   * Packets between the two vanish on both networks, in both directions; ssh from here still works.
   */
  public void cut(LabMachine other) {
    command("cut", name, other.name);
  }

  /** The same on one network only: 0 or 1. */
  public void cut(LabMachine other, int ring) {
    command("cut", name, other.name, Integer.toString(ring));
  }

  /** The links between the two work again, on both networks. */
  public void restore(LabMachine other) {
    command("restore", name, other.name);
  }

  /**
   * Runs a command in the machines' network but not on a machine, as a client of a virtual address
   * would; returns what it printed.
   */
  public LabHost.Result client(String... command) {
    List<String> line = new ArrayList<>(List.of("machine", "net"));
    line.addAll(List.of(command));
    return LabScript.run(MINUTES, environment, line.toArray(String[]::new));
  }

  private String command(String... arguments) {
    List<String> line = new ArrayList<>(List.of("machine"));
    line.addAll(List.of(arguments));
    LabHost.Result result = LabScript.run(MINUTES, environment, line.toArray(String[]::new));
    if (result.status() != 0) {
      throw new AssertionError("lab/machine " + String.join(" ", arguments) + "\n" + result);
    }
    return result.out();
  }

  private String value(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalStateException("lab/machine describe printed no " + key + ": " + values);
    }
    return value;
  }
}
