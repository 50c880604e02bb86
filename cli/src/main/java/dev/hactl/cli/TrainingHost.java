package dev.hactl.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A login over SSH to this machine as the same user, for the training alone: an sshd that serves
 * connections which this process hands it, to one key that lives as long. Runs over it keep their
 * files and their lock in a folder of the training's, so that they are in nobody's way. Where the
 * machine has no sshd, or it does not start for this user, the training does without.
 */
final class TrainingHost implements AutoCloseable {
  private static final List<Path> SSHD =
      List.of(Path.of("/usr/sbin/sshd"), Path.of("/usr/bin/sshd"));

  /**
   * Debian's sshd of root wants an empty directory in /run that only its service makes. Here it has
   * one in a /run of its own, where nothing can be left behind.
   */
  private static final List<String> OWN_RUN =
      List.of(
          "unshare",
          "--mount",
          "/bin/sh",
          "-c",
          "mount -t tmpfs -o mode=755 none /run && mkdir -m 755 /run/sshd && exec \"$@\"",
          "sh");

  private final Path folder;
  private final ServerSocket door;

  /** Starts sshd; its options follow. */
  private final List<String> sshd;

  private TrainingHost(Path folder, List<String> sshd, ServerSocket door) {
    this.folder = folder;
    this.sshd = sshd;
    this.door = door;
  }

  /** Opens one that keeps its files in a folder. */
  static Optional<TrainingHost> open(Path folder) {
    Optional<Path> installed = SSHD.stream().filter(Files::isExecutable).findFirst();
    try {
      if (installed.isEmpty() || !key(folder.resolve("host")) || !key(folder.resolve("client"))) {
        return Optional.empty();
      }
      Files.writeString(configuration(folder), config(folder));
      Optional<List<String>> sshd =
          Stream.of(List.<String>of(), OWN_RUN)
              .map(before -> words(before, List.of(installed.get().toString())))
              .filter(start -> accepts(start, folder))
              .findFirst();
      if (sshd.isEmpty()) {
        return Optional.empty();
      }
      var door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      var host = new TrainingHost(folder, sshd.get(), door);
      Files.writeString(
          folder.resolve("known_hosts"),
          "[127.0.0.1]:"
              + door.getLocalPort()
              + " "
              + Files.readString(folder.resolve("host.pub")));
      Thread.ofPlatform().daemon().start(host::serve);
      return Optional.of(host);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean accepts(List<String> sshd, Path folder) {
    return ended(words(sshd, List.of("-t", "-f", configuration(folder).toString())));
  }

  private static List<String> words(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static boolean key(Path file) {
    return ended(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()));
  }

  private static boolean ended(List<String> program) {
    try {
      Process process =
          new ProcessBuilder(program)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  private static Path configuration(Path folder) {
    return folder.resolve("sshd_config");
  }

  private static String config(Path folder) {
    return """
    HostKey %1$s/host
    AuthorizedKeysFile %1$s/client.pub
    PidFile none
    UsePAM no
    StrictModes no
    PasswordAuthentication no
    KbdInteractiveAuthentication no
    PermitRootLogin prohibit-password
    SetEnv HACTL_TRAINING=%1$s PATH=%1$s/bin:/usr/bin:/bin
    """
        .formatted(folder);
  }

  /** Puts a program there, found before the machine's own, that prints a text. */
  void prints(String program, String text) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path printed = Files.writeString(folder.resolve(program + ".out"), text);
    Path script =
        Files.writeString(bin.resolve(program), "#!/bin/sh\nexec cat '" + printed + "'\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  /** The host's variables in an inventory. */
  List<String> variables() {
    return List.of(
        "ansible_host: 127.0.0.1",
        "ansible_port: " + door.getLocalPort(),
        "ansible_user: " + System.getProperty("user.name"),
        "ansible_ssh_private_key_file: " + folder.resolve("client"),
        "ansible_ssh_known_hosts_file: " + folder.resolve("known_hosts"));
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = door.accept();
        Process server =
            new ProcessBuilder(
                    words(sshd, List.of("-i", "-q", "-f", configuration(folder).toString())))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        InputStream asked = socket.getInputStream();
        OutputStream answered = socket.getOutputStream();
        Thread.ofPlatform().daemon().start(() -> copy(asked, server.getOutputStream()));
        Thread.ofPlatform().daemon().start(() -> copy(server.getInputStream(), answered));
      }
    } catch (IOException closed) {
      // The training is over.
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    try (from;
        to) {
      var some = new byte[8192];
      for (int n = from.read(some); n >= 0; n = from.read(some)) {
        to.write(some, 0, n);
        to.flush();
      }
    } catch (IOException gone) {
      // One side has ended, and so does the other.
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      // It ends with this process.
    }
  }
}
