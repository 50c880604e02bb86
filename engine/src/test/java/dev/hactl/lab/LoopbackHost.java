package dev.hactl.lab;

import dev.hactl.engine.inventory.ConnectionSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One throw-away host: an sshd on 127.0.0.1 in namespaces of its own. It shares the machine's
 * programs and /tmp, and has its own /etc/passwd, /etc/sudoers, /root, /home, /run, /dev/shm and
 * process numbers. It ends, with every process inside, when it is closed or when this JVM dies.
 * Needs root.
 */
public final class LoopbackHost implements AutoCloseable {
  private final LabSshd sshd;
  private final Process process;

  private LoopbackHost(LabSshd sshd, Process process) {
    this.sshd = sshd;
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
      if (!sudoers.isEmpty()) {
        LabPackages.need(Path.of("/usr/bin/sudo"), "sudo");
      }
      Path dir = Files.createTempDirectory("hactl-lab");
      Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
      LabSshd daemon = LabSshd.in(dir, sshd);
      Path script = dir.resolve("start");
      Files.writeString(script, script(daemon));
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
          daemon.await();
          return new LoopbackHost(daemon, process);
        }
        all.append(line).append('\n');
      }
      throw new IOException(all.toString());
    }

    private String script(LabSshd daemon) throws IOException {
      Path etc = Files.createDirectory(daemon.directory().resolve("etc"));
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
      text.append(String.join(" ", daemon.command())).append('\n');
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

  /** The port its sshd listens on, on 127.0.0.1. */
  public int port() {
    return sshd.port();
  }

  /** The directory with its keys ({@code client}, {@code host}), {@code known_hosts} and log. */
  public Path directory() {
    return sshd.directory();
  }

  /** How to connect as root with the lab's key. */
  public ConnectionSettings settings() {
    return settings("root");
  }

  /** How to connect as a user with the lab's key. */
  public ConnectionSettings settings(String user) {
    return sshd.settings(user);
  }

  /** The host of an inventory that root logs in to, below {@code hosts:}. */
  public String inventory(String name) {
    return sshd.inventory(name);
  }

  /** The words that run a command in it as root, beside its sshd. */
  public List<String> inside(String... command) {
    long init = process.children().findFirst().map(ProcessHandle::pid).orElse(-1L);
    var words =
        new ArrayList<>(
            List.of("nsenter", "--target", String.valueOf(init), "--mount", "--pid", "--"));
    words.addAll(List.of(command));
    return words;
  }

  /** What its sshd logged so far. */
  public String log() {
    try {
      return Files.readString(sshd.directory().resolve("sshd.log"));
    } catch (IOException e) {
      return "";
    }
  }

  /** Ends the host and every process in it at once, as a power failure would. */
  @Override
  public void close() {
    Path directory = sshd.directory();
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
