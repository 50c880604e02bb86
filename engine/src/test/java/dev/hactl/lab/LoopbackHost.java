package dev.hactl.lab;

import dev.hactl.engine.inventory.ConnectionSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One throw-away host: an sshd on 127.0.0.1 in namespaces of its own. It shares the machine's
 * programs and /tmp, and has its own /etc/passwd, /etc/sudoers, /root, /home, /run, /dev/shm and
 * process numbers. It ends, with every process inside, when it is closed or when this JVM dies.
 * Needs root.
 */
public final class LoopbackHost implements AutoCloseable {
  private final Path directory;
  private final int port;
  private final Process process;

  private LoopbackHost(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /** A host where root may log in with the lab's key. */
  public static LoopbackHost start() {
    return builder().start();
  }

  /** A host with special wishes. */
  public static Builder builder() {
    return new Builder();
  }

  /** Wishes for a host. */
  public static final class Builder {
    private final List<String> sshd = new ArrayList<>();
    private final List<String> sudoers = new ArrayList<>();
    private final List<String[]> users = new ArrayList<>();
    private final List<String> setup = new ArrayList<>();

    private Builder() {}

    /** Adds a line to the top of sshd_config, where it wins. */
    public Builder sshd(String line) {
      sshd.add(line);
      return this;
    }

    /** Adds a user with this login shell who may log in with the lab's key. */
    public Builder user(String name, String shell) {
      return user(name, shell, "");
    }

    /** Adds a user with a password. */
    public Builder user(String name, String shell, String password) {
      users.add(new String[] {name, shell, password});
      return this;
    }

    /** Adds a line to sudoers and installs sudo. */
    public Builder sudoers(String line) {
      sudoers.add(line);
      return this;
    }

    /** Makes sure that the machine has a program, from the Debian package of that name. */
    public Builder program(String path, String debianPackage) {
      LabPackages.need(Path.of(path), debianPackage);
      return this;
    }

    /** Runs this sh text as root inside the host before its sshd starts. */
    public Builder setup(String text) {
      setup.add(text);
      return this;
    }

    /** Starts the host and waits until its sshd accepts connections. */
    public LoopbackHost start() {
      try {
        return startUnchecked();
      } catch (IOException e) {
        throw new IllegalStateException("the lab host did not start: " + e.getMessage(), e);
      }
    }

    private LoopbackHost startUnchecked() throws IOException {
      LabPackages.need(Path.of("/usr/sbin/sshd"), "openssh-server");
      if (!sudoers.isEmpty()) {
        LabPackages.need(Path.of("/usr/bin/sudo"), "sudo");
      }
      Path dir = Files.createTempDirectory("hactl-lab");
      Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (String key : List.of("host", "client")) {
        LabCommand.run(
            "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", dir.resolve(key).toString());
      }
      int port = freePort();
      Files.writeString(
          dir.resolve("known_hosts"),
          "[127.0.0.1]:" + port + " " + Files.readString(dir.resolve("host.pub")));
      Files.writeString(dir.resolve("sshd_config"), config(dir, port));
      Path script = dir.resolve("start");
      Files.writeString(script, script(dir));
      Process process =
          new ProcessBuilder(
                  "unshare",
                  "--fork",
                  "--pid",
                  "--mount",
                  "--mount-proc",
                  "--kill-child=KILL",
                  "/bin/sh",
                  script.toString())
              .redirectErrorStream(true)
              .start();
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder all = new StringBuilder();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.equals("lab host is up")) {
          awaitPort(port);
          return new LoopbackHost(dir, port, process);
        }
        all.append(line).append('\n');
      }
      throw new IOException(all.toString());
    }

    private String config(Path dir, int port) {
      return String.join("\n", sshd)
          + """

          ListenAddress 127.0.0.1
          Port %2$d
          HostKey %1$s/host
          AuthorizedKeysFile %1$s/client.pub
          StrictModes no
          PermitRootLogin yes
          UsePAM no
          UseDNS no
          PrintMotd no
          LoginGraceTime 20
          MaxStartups 200
          LogLevel VERBOSE
          PidFile none
          Subsystem sftp internal-sftp
          """
              .formatted(dir, port);
    }

    private String script(Path dir) throws IOException {
      Path etc = Files.createDirectory(dir.resolve("etc"));
      StringBuilder passwd = new StringBuilder(Files.readString(Path.of("/etc/passwd")));
      StringBuilder shadow = new StringBuilder(Files.readString(Path.of("/etc/shadow")));
      StringBuilder group = new StringBuilder(Files.readString(Path.of("/etc/group")));
      StringBuilder homes = new StringBuilder();
      int id = 3000;
      for (String[] user : users) {
        passwd.append("%1$s:x:%2$d:%2$d::/home/%1$s:%3$s\n".formatted(user[0], ++id, user[1]));
        group.append("%s:x:%d:\n".formatted(user[0], id));
        String hash =
            user[2].isEmpty() ? "*" : LabCommand.run("openssl", "passwd", "-6", user[2]).trim();
        shadow.append(user[0]).append(':').append(hash).append(":19000:0:99999:7:::\n");
        homes.append(
            "mkdir -m 755 /home/%1$s; chown %2$d:%2$d /home/%1$s\n".formatted(user[0], id));
      }
      Files.writeString(etc.resolve("passwd"), passwd);
      Files.writeString(etc.resolve("shadow"), shadow);
      Files.setPosixFilePermissions(
          etc.resolve("shadow"), PosixFilePermissions.fromString("rw-------"));
      Files.writeString(etc.resolve("group"), group);
      StringBuilder text = new StringBuilder("set -e\ncd /\n");
      for (String private_ : List.of("/run", "/home", "/root", "/dev/shm")) {
        text.append("mount -t tmpfs -o mode=").append(mode(private_)).append(" lab ");
        text.append(private_).append('\n');
      }
      for (String file : List.of("passwd", "shadow", "group")) {
        text.append("mount --bind ").append(etc).append('/').append(file);
        text.append(" /etc/").append(file).append('\n');
      }
      if (!sudoers.isEmpty()) {
        Files.writeString(etc.resolve("sudoers"), String.join("\n", sudoers) + "\n");
        Files.setPosixFilePermissions(
            etc.resolve("sudoers"), PosixFilePermissions.fromString("r--r-----"));
        text.append("mount --bind ").append(etc).append("/sudoers /etc/sudoers\n");
      }
      text.append(homes).append("mkdir -m 755 /run/sshd\n");
      setup.forEach(line -> text.append(line).append('\n'));
      text.append("/usr/sbin/sshd -f ").append(dir).append("/sshd_config -E ");
      text.append(dir).append("/sshd.log\n");
      // The first process of the namespace: waits for the end of its input, reaps the orphans
      // meanwhile, and takes everything along.
      return text.append("echo lab host is up\ncat\n").toString();
    }

    private static String mode(String directory) {
      return switch (directory) {
        case "/root" -> "0700";
        case "/dev/shm" -> "1777";
        default -> "0755";
      };
    }
  }

  private static void awaitPort(int port) throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(20_000);
        if (socket.getInputStream().read() >= 0) {
          return;
        }
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The port its sshd listens on, on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The directory with its keys ({@code client}, {@code host}), {@code known_hosts} and log. */
  public Path directory() {
    return directory;
  }

  /** How to connect as root with the lab's key. */
  public ConnectionSettings settings() {
    return settings("root");
  }

  /** How to connect as a user with the lab's key. */
  public ConnectionSettings settings(String user) {
    return new ConnectionSettings(
        "lab",
        ConnectionSettings.Kind.SSH,
        "127.0.0.1",
        Optional.of(port),
        Optional.of(user),
        Optional.empty(),
        Optional.of(directory.resolve("client")),
        Optional.empty(),
        Optional.of(directory.resolve("known_hosts")),
        false,
        Duration.ofSeconds(10));
  }

  /** What its sshd logged so far. */
  public String log() {
    try {
      return Files.readString(directory.resolve("sshd.log"));
    } catch (IOException e) {
      return "";
    }
  }

  /** Ends the host and every process in it at once, as a power failure would. */
  @Override
  public void close() {
    if (!Files.exists(directory)) {
      return;
    }
    process.destroyForcibly();
    LabCommand.waitFor(process);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot remove " + directory, e);
    }
  }
}
