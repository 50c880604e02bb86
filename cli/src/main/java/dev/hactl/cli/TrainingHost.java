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

/**
 * A login over SSH to this machine as the same user, for the training alone: an sshd that serves
 * connections which this process hands it, to one key that lives as long. Runs over it keep their
 * files and their lock in a folder of the training's, so that they are in nobody's way. Where the
 * machine has no sshd, or it does not start for this user, the training does without.
 */
final class TrainingHost implements AutoCloseable {
  private static final List<Path> SSHD =
      List.of(Path.of("/usr/sbin/sshd"), Path.of("/usr/bin/sshd"));

  private final Path folder;
  private final Path sshd;
  private final ServerSocket door;

  private TrainingHost(Path folder, Path sshd, ServerSocket door) {
    this.folder = folder;
    this.sshd = sshd;
    this.door = door;
  }

  /** Opens one that keeps its files in a folder. */
  static Optional<TrainingHost> open(Path folder) {
    Optional<Path> sshd = SSHD.stream().filter(Files::isExecutable).findFirst();
    try {
      if (sshd.isEmpty() || !key(folder.resolve("host")) || !key(folder.resolve("client"))) {
        return Optional.empty();
      }
      var door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      var host = new TrainingHost(folder, sshd.get(), door);
      Files.writeString(Path.of(host.configuration()), host.config());
      Files.writeString(
          folder.resolve("known_hosts"),
          "[127.0.0.1]:"
              + door.getLocalPort()
              + " "
              + Files.readString(folder.resolve("host.pub")));
      if (!ended(new ProcessBuilder(sshd.get().toString(), "-t", "-f", host.configuration()))) {
        host.close();
        return Optional.empty();
      }
      Thread.ofPlatform().daemon().start(host::serve);
      return Optional.of(host);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean key(Path file) throws IOException {
    return ended(
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()));
  }

  private static boolean ended(ProcessBuilder program) throws IOException {
    try {
      Process process =
          program
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String configuration() {
    return folder.resolve("sshd_config").toString();
  }

  private String config() {
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
            new ProcessBuilder(sshd.toString(), "-i", "-q", "-f", configuration())
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
