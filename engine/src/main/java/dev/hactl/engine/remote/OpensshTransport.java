package dev.hactl.engine.remote;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.engine.remote.UnreachableException.Kind;
import dev.hactl.engine.value.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * SSH by OpenSSH's own client: a master connection in a private directory, and one client process
 * for each channel on it.
 */
final class OpensshTransport implements Transport {
  private final ConnectionSettings settings;
  private final String ssh;
  private final Path directory;
  private final List<Link> links = new CopyOnWriteArrayList<>();

  private OpensshTransport(ConnectionSettings settings, String ssh, Path directory) {
    this.settings = settings;
    this.ssh = ssh;
    this.directory = directory;
  }

  static OpensshTransport connect(ConnectionSettings settings) throws UnreachableException {
    Optional<Path> ssh = SshConfig.program();
    if (ssh.isEmpty()) {
      throw new UnreachableException(
          Kind.CONFIGURATION,
          settings.host()
              + ": this host needs OpenSSH's client (ssh), which is not installed here");
    }
    OpensshTransport transport;
    try {
      Path directory =
          Files.createTempDirectory(
              "hactl",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      transport = new OpensshTransport(settings, ssh.get().toString(), directory);
    } catch (IOException e) {
      throw new UnreachableException(
          Kind.CONFIGURATION, settings.host() + ": no temporary directory: " + e.getMessage(), e);
    }
    try {
      transport.startMaster();
      return transport;
    } catch (UnreachableException e) {
      transport.close();
      throw e;
    }
  }

  private List<String> command(List<String> options, List<String> remote) {
    List<String> words = new ArrayList<>(List.of(ssh));
    settings.sshConfig().ifPresent(file -> words.addAll(List.of("-F", file.toString())));
    settings.port().ifPresent(port -> words.addAll(List.of("-p", port.toString())));
    settings.user().ifPresent(user -> words.addAll(List.of("-l", user)));
    settings.privateKey().ifPresent(key -> words.addAll(List.of("-i", key.toString())));
    settings
        .knownHosts()
        .ifPresent(file -> words.addAll(List.of("-o", "UserKnownHostsFile=" + file)));
    words.addAll(List.of("-o", "ControlPath=" + directory.resolve("master")));
    words.addAll(options);
    words.addAll(List.of("--", settings.address()));
    words.addAll(remote);
    return words;
  }

  private void startMaster() throws UnreachableException {
    List<String> options = new ArrayList<>(List.of("-M", "-N", "-f", "-T"));
    boolean password = settings.password().isPresent();
    for (String option :
        List.of(
            "ControlPersist=yes",
            "ConnectTimeout=" + Math.max(1, settings.connectTimeout().toSeconds()),
            "ServerAliveInterval=15",
            "ServerAliveCountMax=4",
            "ForwardX11=no",
            "ForwardAgent=no",
            "ClearAllForwardings=yes",
            "PermitLocalCommand=no",
            "LogLevel=ERROR",
            "BatchMode=" + (password ? "no" : "yes"),
            "NumberOfPasswordPrompts=1",
            "StrictHostKeyChecking=" + (settings.acceptNewHostKeys() ? "accept-new" : "yes"))) {
      options.addAll(List.of("-o", option));
    }
    Path said = directory.resolve("said");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(SessionLeader.words(command(options, List.of())))
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              // A file, because the master that goes on in the background keeps it open.
              .redirectError(said.toFile());
      if (password) {
        Path asker = askPass(settings.password().get());
        builder.environment().put("SSH_ASKPASS", asker.toString());
        builder.environment().put("SSH_ASKPASS_REQUIRE", "force");
        builder.environment().putIfAbsent("DISPLAY", ":0");
      }
      int status = builder.start().waitFor();
      if (status != 0) {
        throw failure(Files.readString(said, StandardCharsets.UTF_8).strip());
      }
    } catch (IOException e) {
      throw new UnreachableException(
          Kind.CONFIGURATION, settings.host() + ": cannot run ssh: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(Kind.NETWORK, settings.host() + ": interrupted", e);
    } finally {
      removePassword();
    }
  }

  /** A program that tells ssh the password; both live in the private directory, for one login. */
  private Path askPass(Secret secret) throws IOException {
    Path file = directory.resolve("password");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, secret.reveal() + "\n");
    Path program = directory.resolve("ask");
    Files.writeString(program, "#!/bin/sh\nexec cat \"${0%/*}/password\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program;
  }

  private void removePassword() {
    try {
      Files.deleteIfExists(directory.resolve("password"));
    } catch (IOException e) {
      // The whole directory goes when the transport is closed.
      return;
    }
  }

  private UnreachableException failure(String said) {
    String text = said.toLowerCase(Locale.ROOT);
    Kind kind = Kind.NETWORK;
    String advice = "";
    if (text.contains("identification has changed")) {
      kind = Kind.CHANGED_HOST_KEY;
      advice = "; if the host was reinstalled, remove its old key with ssh-keygen -R";
    } else if (text.contains("host key verification failed")) {
      kind = Kind.UNKNOWN_HOST_KEY;
      advice = "; if the host is the right one, run again with --accept-new-host-keys";
    } else if (text.contains("permission denied") || text.contains("authentication failures")) {
      kind = Kind.LOGIN_REFUSED;
    } else if (text.contains("connection refused")) {
      kind = Kind.REFUSED;
      advice = "; is sshd running, on that port?";
    } else if (text.contains("could not resolve")) {
      kind = Kind.UNKNOWN_NAME;
    } else if (text.contains("timed out")) {
      kind = Kind.TIMED_OUT;
    } else if (text.contains("no matching") || text.contains("unable to negotiate")) {
      kind = Kind.NO_COMMON_ALGORITHM;
    } else if (text.contains("bad configuration") || text.contains("bad owner")) {
      kind = Kind.CONFIGURATION;
    }
    return new UnreachableException(
        kind, "%s: ssh cannot connect: %s%s".formatted(settings.host(), said, advice));
  }

  @Override
  public Link open(String command, boolean terminal, Sink sink) throws UnreachableException {
    List<String> options =
        // No escape character: on a terminal, bytes that look like one would end the connection.
        List.of(
            terminal ? "-tt" : "-T", "-e", "none", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR");
    try {
      Link link =
          ProcessLink.start(
              SessionLeader.words(command(options, List.of(command))),
              sink,
              "ssh ended with status");
      links.add(link);
      return link;
    } catch (IOException e) {
      throw new UnreachableException(
          Kind.NO_SHELL, settings.host() + ": cannot run ssh: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    links.forEach(Link::close);
    try {
      if (Files.exists(directory.resolve("master"))) {
        new ProcessBuilder(command(List.of("-O", "exit"), List.of()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
      }
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // The master may remove its socket while we look. A leftover in the temporary directory holds
      // no secret: the password went after the login.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
