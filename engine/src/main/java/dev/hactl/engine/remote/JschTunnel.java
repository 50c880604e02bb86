package dev.hactl.engine.remote;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A connection to a target through a bastion's session, without a local port. */
final class JschTunnel implements Proxy {
  private final ChannelDirectTCPIP channel;
  private final InputStream input;
  private final OutputStream output;

  JschTunnel(Session bastion, SshTarget target) throws UnreachableException {
    try {
      channel = (ChannelDirectTCPIP) bastion.openChannel("direct-tcpip");
      channel.setHost(target.address());
      channel.setPort(target.port());
      // The streams must exist before the channel does, or first bytes are lost.
      input = channel.getInputStream();
      output = channel.getOutputStream();
      channel.connect((int) target.timeout().toMillis());
    } catch (JSchException | IOException e) {
      throw new UnreachableException(
          UnreachableException.Kind.NETWORK,
          "%s: the jump host %s cannot reach %s port %d: %s"
              .formatted(
                  target.who(), bastion.getHost(), target.address(), target.port(), e.getMessage()),
          e);
    }
  }

  @Override
  public void connect(@Nullable SocketFactory factory, String host, int port, int timeout) {}

  @Override
  public InputStream getInputStream() {
    return input;
  }

  @Override
  public OutputStream getOutputStream() {
    return output;
  }

  @Override
  @SuppressWarnings("NullAway") // JSch asks for null when there is no socket of its own
  public Socket getSocket() {
    return null;
  }

  @Override
  public void close() {
    channel.disconnect();
  }
}
