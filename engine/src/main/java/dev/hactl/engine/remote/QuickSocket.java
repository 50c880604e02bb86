package dev.hactl.engine.remote;

import dev.hactl.engine.remote.UnreachableException.Kind;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/**
 * A TCP connection that never waits for an acknowledgement.
 *
 * <p>sshd writes small packets with Nagle's algorithm on, so it holds the second one back until the
 * first is acknowledged; and Linux delays acknowledgements by 40 ms. Two such stalls are most of
 * the time a login takes. TCP_QUICKACK is not sticky, so it is armed again after every read.
 */
final class QuickSocket {
  private final Socket socket;
  private final InputStream input;
  private final boolean quickAck;
  private volatile long lastRead = System.nanoTime();

  private QuickSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.quickAck = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
    this.input = new BufferedInputStream(new Acknowledging(socket.getInputStream()), 32 << 10);
    acknowledge();
  }

  /** Connects to the first address of the name that answers. */
  static QuickSocket connect(String who, String address, int port, Duration timeout)
      throws UnreachableException {
    InetAddress[] candidates;
    try {
      candidates = InetAddress.getAllByName(address);
    } catch (UnknownHostException e) {
      throw new UnreachableException(
          Kind.UNKNOWN_NAME,
          who + ": the name " + address + " has no address; check the inventory, DNS or /etc/hosts",
          e);
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    IOException last = new SocketTimeoutException("no address was tried");
    for (InetAddress candidate : candidates) {
      int left = (int) Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
      Socket socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(candidate, port), left);
        return new QuickSocket(socket);
      } catch (IOException e) {
        last = e;
        closeQuietly(socket);
      }
    }
    throw refused(who, address + " port " + port, timeout, last);
  }

  private static UnreachableException refused(
      String who, String where, Duration timeout, IOException last) {
    String reason = last.getMessage() == null ? last.toString() : last.getMessage();
    if (last instanceof SocketTimeoutException) {
      return new UnreachableException(
          Kind.TIMED_OUT,
          "%s: %s did not answer within %d s; is the host up and the port open in its firewall?"
              .formatted(who, where, timeout.toSeconds()),
          last);
    }
    if (last instanceof ConnectException && reason.contains("refused")) {
      return new UnreachableException(
          Kind.REFUSED,
          "%s: %s refused the connection; is sshd running, on that port?".formatted(who, where),
          last);
    }
    return new UnreachableException(
        Kind.NETWORK, "%s: cannot connect to %s: %s".formatted(who, where, reason), last);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It never carried anything.
      return;
    }
  }

  Socket socket() {
    return socket;
  }

  InputStream input() {
    return input;
  }

  /** How long nothing has come in. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastRead);
  }

  private void acknowledge() throws IOException {
    if (quickAck) {
      socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
  }

  private final class Acknowledging extends FilterInputStream {
    Acknowledging(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int n = super.read(bytes, from, length);
      if (n > 0) {
        lastRead = System.nanoTime();
        acknowledge();
      }
      return n;
    }
  }
}
