package dev.hactl.engine.remote;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.remote.UnreachableException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;

/** Opens and authenticates one SSH connection; says clearly what stood in the way. */
final class JschLogin {

  /**
   * Algorithms in our order of preference. All of them work on this JDK alone, so JSch need not try
   * each one at every start. Plain curve25519 comes before the hybrid: that costs several times the
   * CPU on every connection, and what travels here is worth protecting for years only rarely.
   */
  private static final String KEX =
      "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,"
          + "ecdh-sha2-nistp521,mlkem768x25519-sha256,diffie-hellman-group-exchange-sha256,"
          + "diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,"
          + "diffie-hellman-group14-sha256";

  private final SshTarget target;
  private final JSch jsch = new JSch();
  private final JschKeys keys;

  JschLogin(SshTarget target) throws UnreachableException {
    this.target = target;
    this.keys = new JschKeys(jsch, target);
  }

  /** Logs in over a fresh TCP connection. */
  Session over(QuickSocket socket) throws UnreachableException {
    Session session = prepare();
    session.setSocketFactory(new Connected(socket));
    return connect(session);
  }

  /** Logs in through a bastion host. */
  Session over(Proxy bastion) throws UnreachableException {
    Session session = prepare();
    session.setProxy(bastion);
    return connect(session);
  }

  private Session prepare() throws UnreachableException {
    try {
      Session session = jsch.getSession(target.user(), target.address(), target.port());
      session.setConfig(options());
      target.keyAlias().ifPresent(session::setHostKeyAlias);
      target
          .password()
          .ifPresent(
              secret -> session.setPassword(secret.reveal().getBytes(StandardCharsets.UTF_8)));
      session.setHostKeyRepository(keys.hostKeys());
      session.setIdentityRepository(keys.identities());
      session.setDaemonThread(true);
      return session;
    } catch (JSchException e) {
      throw new UnreachableException(Kind.CONFIGURATION, target.who() + ": " + e.getMessage(), e);
    }
  }

  private Properties options() {
    Properties options = new Properties();
    options.setProperty("kex", KEX);
    for (String check : new String[] {"Ciphers", "Kexes", "Macs", "Signatures"}) {
      options.setProperty("Check" + check, "");
    }
    options.setProperty("StrictHostKeyChecking", "yes");
    // Each of these saves a round trip: asking what is allowed, and whether a key would do.
    options.setProperty("enable_auth_none", "no");
    options.setProperty("enable_pubkey_auth_query", "no");
    options.setProperty(
        "PreferredAuthentications",
        target.password().isPresent() ? "publickey,password,keyboard-interactive" : "publickey");
    return options;
  }

  private Session connect(Session session) throws UnreachableException {
    try {
      session.connect((int) target.timeout().toMillis());
      return session;
    } catch (JSchUnknownHostKeyException e) {
      throw unknownKey(session.getHostKey(), e);
    } catch (JSchChangedHostKeyException e) {
      throw changedKey(session.getHostKey(), e);
    } catch (JSchRevokedHostKeyException e) {
      throw new UnreachableException(
          Kind.CHANGED_HOST_KEY,
          "%s: the host key of %s is marked @revoked in %s: somebody may be impersonating the host"
              .formatted(target.who(), target.knownName(), files()),
          e);
    } catch (JSchAlgoNegoFailException e) {
      throw new UnreachableException(
          Kind.NO_COMMON_ALGORITHM,
          "%s: %s and hactl have no %s algorithm in common; ours: %s; theirs: %s"
              .formatted(
                  target.who(),
                  target.address(),
                  e.getAlgorithmName(),
                  e.getJSchProposal(),
                  e.getServerProposal()),
          e);
    } catch (JSchException e) {
      throw other(e);
    }
  }

  private UnreachableException unknownKey(HostKey key, JSchException cause) {
    return new UnreachableException(
        Kind.UNKNOWN_HOST_KEY,
        "%s: the host key of %s is not in %s. Its %s fingerprint is %s. If that is right, run again with --accept-new-host-keys"
            .formatted(target.who(), target.knownName(), files(), key.getType(), fingerprint(key)),
        cause);
  }

  private UnreachableException changedKey(HostKey key, JSchException cause) {
    Path file = target.knownHosts().getFirst();
    return new UnreachableException(
        Kind.CHANGED_HOST_KEY,
        "%s: %s shows another host key than %s has: either the host was reinstalled, or somebody is impersonating it. The new %s fingerprint is %s. If it was reinstalled, remove the old key with: ssh-keygen -f %s -R %s (and --accept-new-host-keys then records the new one)"
            .formatted(
                target.who(),
                target.knownName(),
                files(),
                key.getType(),
                fingerprint(key),
                Sh.quote(file.toString()),
                Sh.quote(target.knownName())),
        cause);
  }

  private UnreachableException other(JSchException e) {
    String text = e.getMessage() == null ? e.toString() : e.getMessage();
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (text.startsWith("Auth ")
        || text.startsWith("USERAUTH")
        || text.contains("Too many authentication failures")) {
      return new UnreachableException(
          Kind.LOGIN_REFUSED,
          "%s: login as %s was refused; tried %s"
              .formatted(target.who(), target.where(), keys.tried()),
          e);
    }
    if (root instanceof SocketTimeoutException) {
      return new UnreachableException(
          Kind.TIMED_OUT,
          "%s: %s accepted the connection but did not finish the login within %d s"
              .formatted(target.who(), target.address(), target.timeout().toSeconds()),
          e);
    }
    return new UnreachableException(
        Kind.NETWORK,
        "%s: the SSH handshake with %s broke off: %s"
            .formatted(target.who(), target.where(), plain(root)),
        e);
  }

  private static String plain(Throwable root) {
    String text = root.getMessage() == null ? root.toString() : root.getMessage();
    return text.replaceFirst("^(Session\\.connect: )?([a-z]+\\.)+[A-Za-z]*Exception: ", "")
        .toLowerCase(Locale.ROOT);
  }

  private String fingerprint(HostKey key) {
    return key.getFingerPrint(jsch);
  }

  private String files() {
    return target.knownHosts().stream().map(Path::toString).collect(Collectors.joining(" or "));
  }

  /** Hands JSch a socket that is connected already. */
  private record Connected(QuickSocket socket) implements SocketFactory {
    @Override
    public Socket createSocket(String host, int port) {
      return socket.socket();
    }

    @Override
    public InputStream getInputStream(Socket same) {
      return socket.input();
    }

    @Override
    public OutputStream getOutputStream(Socket same) throws IOException {
      return same.getOutputStream();
    }
  }
}
