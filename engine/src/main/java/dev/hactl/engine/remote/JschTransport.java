package dev.hactl.engine.remote;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.hactl.engine.remote.UnreachableException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** SSH inside this JVM. */
final class JschTransport implements Transport {
  private final SshTarget target;
  private final Optional<JschTransport> bastion;
  private final List<Session> sessions = new ArrayList<>();
  private boolean closed;

  private JschTransport(SshTarget target, Optional<JschTransport> bastion) {
    this.target = target;
    this.bastion = bastion;
  }

  /** Connects and logs in, through the bastion hosts if the target has any. */
  static JschTransport connect(SshTarget target) throws UnreachableException {
    Optional<JschTransport> bastion = Optional.empty();
    if (target.jump().isPresent()) {
      bastion = Optional.of(connect(target.jump().get()));
    }
    JschTransport transport = new JschTransport(target, bastion);
    try {
      transport.login();
    } catch (UnreachableException e) {
      transport.close();
      throw e;
    }
    return transport;
  }

  private synchronized Session login() throws UnreachableException {
    JschLogin login = new JschLogin(target);
    Session session;
    if (bastion.isPresent()) {
      session = login.over(new JschTunnel(bastion.get().first(), target));
    } else {
      QuickSocket socket =
          QuickSocket.connect(target.who(), target.address(), target.port(), target.timeout());
      session = login.over(socket);
      KeepAlive.watch(
          socket, session::isConnected, () -> session.sendKeepAliveMsg(), session::disconnect);
    }
    sessions.add(session);
    return session;
  }

  private synchronized Session first() {
    return sessions.getFirst();
  }

  /** The newest connection, the one most likely to have room for a channel. */
  private synchronized Session last() throws UnreachableException {
    if (closed) {
      throw new UnreachableException(Kind.NETWORK, target.who() + ": the connection was closed");
    }
    return sessions.getLast();
  }

  @Override
  public Link open(String command, boolean terminal, Sink sink) throws UnreachableException {
    Session session = last();
    try {
      return open(session, command, terminal, sink);
    } catch (JSchException e) {
      if (!session.isConnected()) {
        throw new UnreachableException(
            Kind.NETWORK, target.who() + ": the connection is gone: " + e.getMessage(), e);
      }
    }
    // A server limits the channels of one connection (MaxSessions, often 10, sometimes 1).
    try {
      return open(login(), command, terminal, sink);
    } catch (JSchException e) {
      throw new UnreachableException(
          Kind.NO_SHELL,
          "%s: sshd lets %s log in but opens no channel for a command: %s"
              .formatted(target.who(), target.where(), e.getMessage()),
          e);
    }
  }

  private Link open(Session session, String command, boolean terminal, Sink sink)
      throws JSchException {
    ChannelExec channel = (ChannelExec) session.openChannel("exec");
    channel.setCommand(command);
    if (terminal) {
      channel.setPty(true);
      channel.setTerminalMode(TerminalModes.RAW.clone());
    }
    AtomicBoolean told = new AtomicBoolean();
    channel.setOutputStream(new SinkStream(sink::out, () -> {}));
    channel.setErrStream(
        new SinkStream(
            sink::err,
            () -> {
              // Closed when the channel ends for whatever reason, after its exit status came.
              if (told.compareAndSet(false, true)) {
                sink.closed(channel.getExitStatus(), ending(channel));
              }
            }));
    try {
      OutputStream input = channel.getOutputStream();
      channel.connect((int) target.timeout().toMillis());
      return new ChannelLink(channel, input);
    } catch (IOException e) {
      throw new JSchException(e.getMessage(), e);
    } catch (JSchException e) {
      told.set(true);
      channel.disconnect();
      throw e;
    }
  }

  private static String ending(ChannelExec channel) {
    int status = channel.getExitStatus();
    if (status >= 0) {
      return "the shell ended with status " + status;
    }
    // A host that goes down in good order says that it killed the shell; else nothing comes at all.
    String signal = channel.getExitSignal();
    return signal == null ? "the connection broke" : "the shell was killed by SIG" + signal;
  }

  @Override
  public synchronized void close() {
    closed = true;
    sessions.forEach(Session::disconnect);
    bastion.ifPresent(JschTransport::close);
  }

  private record ChannelLink(ChannelExec channel, OutputStream input) implements Link {
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
