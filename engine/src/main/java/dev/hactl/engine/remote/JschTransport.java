package dev.hactl.engine.remote;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.engine.value.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** SSH inside this JVM; the only class that knows JSch. */
final class JschTransport implements Transport {
  private final ConnectionSettings settings;
  private final Session session;

  private JschTransport(ConnectionSettings settings, Session session) {
    this.settings = settings;
    this.session = session;
  }

  static JschTransport connect(ConnectionSettings settings) throws UnreachableException {
    try {
      JSch jsch = new JSch();
      Path home = Path.of(System.getProperty("user.home"), ".ssh");
      Path known = settings.knownHosts().orElse(home.resolve("known_hosts"));
      if (Files.isReadable(known)) {
        jsch.setKnownHosts(known.toString());
      }
      List<Path> keys =
          settings
              .privateKey()
              .map(List::of)
              .orElse(
                  List.of(
                      home.resolve("id_ed25519"),
                      home.resolve("id_ecdsa"),
                      home.resolve("id_rsa")));
      for (Path key : keys) {
        if (Files.isReadable(key)) {
          jsch.addIdentity(key.toString());
        }
      }
      Session session =
          jsch.getSession(
              settings.user().orElse(System.getProperty("user.name")),
              settings.address(),
              settings.port().orElse(22));
      settings
          .password()
          .map(Secret::reveal)
          .ifPresent(p -> session.setPassword(p.getBytes(StandardCharsets.UTF_8)));
      session.setConfig("StrictHostKeyChecking", settings.acceptNewHostKeys() ? "no" : "yes");
      session.setDaemonThread(true);
      session.connect((int) settings.connectTimeout().toMillis());
      session.setServerAliveInterval(15_000);
      session.setServerAliveCountMax(4);
      return new JschTransport(settings, session);
    } catch (JSchException e) {
      throw new UnreachableException(
          UnreachableException.Kind.NETWORK,
          settings.host() + ": cannot connect: " + e.getMessage(),
          e);
    }
  }

  @Override
  public Link open(String command, boolean terminal, Sink sink) throws UnreachableException {
    try {
      ChannelExec channel = (ChannelExec) session.openChannel("exec");
      channel.setCommand(command);
      channel.setPty(terminal);
      channel.setOutputStream(new SinkStream(sink::out, () -> {}));
      channel.setErrStream(
          new SinkStream(
              sink::err,
              () -> sink.closed(channel.getExitStatus(), "the shell's channel was closed")));
      OutputStream input = channel.getOutputStream();
      channel.connect((int) settings.connectTimeout().toMillis());
      return new Link() {
        @Override
        public void write(byte[] bytes) throws IOException {
          input.write(bytes);
          input.flush();
        }

        @Override
        public void endInput() throws IOException {
          input.close();
        }

        @Override
        public void close() {
          channel.disconnect();
        }
      };
    } catch (JSchException | IOException e) {
      throw new UnreachableException(
          UnreachableException.Kind.NO_SHELL,
          settings.host() + ": cannot open a shell: " + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() {
    session.disconnect();
  }

  private interface Piece {
    void take(byte[] bytes, int from, int length);
  }

  /** Hands bytes on without ever blocking the session's only reader thread. */
  private static final class SinkStream extends OutputStream {
    private final Piece piece;
    private final Runnable atClose;

    SinkStream(Piece piece, Runnable atClose) {
      this.piece = piece;
      this.atClose = atClose;
    }

    @Override
    public void write(int b) {
      piece.take(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      piece.take(bytes, from, length);
    }

    @Override
    public void close() {
      atClose.run();
    }
  }
}
