package dev.hactl.engine.remote;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.UserInfo;
import dev.hactl.engine.remote.UnreachableException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Vector;

/** Our keys, and the hosts' keys we trust. */
final class JschKeys {
  private final SshTarget target;
  private final List<String> tried = new ArrayList<>();
  private final List<Identity> identities = new ArrayList<>();
  private final HostKeyRepository hostKeys;

  JschKeys(JSch jsch, SshTarget target) throws UnreachableException {
    this.target = target;
    this.hostKeys = readHostKeys(jsch);
    boolean locked = readKeys(jsch);
    // Asking the agent costs time, so a key file that is named and readable does without.
    if (target.agent().isPresent() && (!target.keysExplicit() || locked)) {
      addAgentKeys(target.agent().get());
    }
  }

  /** Reads the key files; says whether a named one is protected by a passphrase. */
  private boolean readKeys(JSch jsch) throws UnreachableException {
    boolean locked = false;
    for (Path key : target.keys()) {
      if (!Files.exists(key)) {
        if (target.keysExplicit() && target.keys().size() == 1) {
          throw badKey(key, "does not exist");
        }
        continue;
      }
      try {
        jsch.addIdentity(key.toString());
      } catch (JSchException e) {
        if (target.keysExplicit()) {
          throw badKey(key, Files.isReadable(key) ? "is no usable private key" : "is not readable");
        }
        continue;
      }
      Identity identity = jsch.getIdentityRepository().getIdentities().lastElement();
      if (!identity.isEncrypted()) {
        identities.add(identity);
        tried.add("key " + key);
      } else if (!target.keysExplicit() || target.agent().isPresent()) {
        locked = true;
      } else {
        throw badKey(key, "is protected by a passphrase; add it to an ssh agent (ssh-add)");
      }
    }
    return locked;
  }

  private UnreachableException badKey(Path key, String problem) {
    return new UnreachableException(
        Kind.BAD_KEY, "%s: the private key %s %s".formatted(target.who(), key, problem));
  }

  private void addAgentKeys(Path socket) {
    try {
      List<Identity> offered =
          new AgentIdentityRepository(new SSHAgentConnector(socket)).getIdentities();
      // What the agent holds was unlocked on purpose: it goes first, as with OpenSSH.
      identities.addAll(0, offered);
      tried.addFirst("the agent (" + offered.size() + (offered.size() == 1 ? " key)" : " keys)"));
    } catch (AgentProxyException e) {
      tried.add("the agent at " + socket + " (it does not answer)");
    }
  }

  /** What a login tries, for its error message. */
  String tried() {
    List<String> all = new ArrayList<>(tried);
    if (target.password().isPresent()) {
      all.add("the password");
    }
    return all.isEmpty()
        ? "nothing: no key file, no agent and no password was found"
        : String.join(", ", all);
  }

  IdentityRepository identities() {
    return new IdentityRepository() {
      @Override
      public String getName() {
        return "hactl";
      }

      @Override
      public int getStatus() {
        return RUNNING;
      }

      @Override
      @SuppressWarnings("JdkObsolete") // JSch's interface asks for it
      public Vector<Identity> getIdentities() {
        return new Vector<>(identities);
      }

      @Override
      public boolean add(byte[] identity) {
        return false;
      }

      @Override
      public boolean remove(byte[] blob) {
        return false;
      }

      @Override
      public void removeAll() {
        identities.clear();
      }
    };
  }

  HostKeyRepository hostKeys() {
    return hostKeys;
  }

  private HostKeyRepository readHostKeys(JSch jsch) throws UnreachableException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (Path file : target.knownHosts()) {
        if (Files.isReadable(file)) {
          all.write(Files.readAllBytes(file));
          all.write('\n');
        }
      }
      jsch.setKnownHosts(new ByteArrayInputStream(all.toByteArray()));
    } catch (IOException | JSchException e) {
      throw new UnreachableException(
          Kind.CONFIGURATION,
          "%s: cannot read known_hosts: %s".formatted(target.who(), e.getMessage()),
          e);
    }
    HostKeyRepository known = jsch.getHostKeyRepository();
    return target.acceptNewHostKeys() ? new AcceptingNew(known) : known;
  }

  /** Records the key of a host that has none on record; a changed key is still refused. */
  private final class AcceptingNew implements HostKeyRepository {
    private final HostKeyRepository known;

    AcceptingNew(HostKeyRepository known) {
      this.known = known;
    }

    @Override
    public int check(String host, byte[] key) {
      int result = known.check(host, key);
      if (result != NOT_INCLUDED) {
        return result;
      }
      try {
        HostKey fresh = new HostKey(host, key);
        record(host + " " + fresh.getType() + " " + fresh.getKey() + "\n");
        known.add(fresh, null);
        return OK;
      } catch (JSchException | IOException e) {
        // Not recorded means not accepted, else every run would accept anything.
        return NOT_INCLUDED;
      }
    }

    private void record(String line) throws IOException {
      Path file = target.knownHosts().getFirst();
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null && !Files.isDirectory(parent)) {
        Files.createDirectories(
            parent,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      boolean openLine = false;
      if (Files.exists(file) && Files.size(file) > 0) {
        byte[] old = Files.readAllBytes(file);
        openLine = old[old.length - 1] != '\n';
      }
      Files.writeString(
          file,
          (openLine ? "\n" : "") + line,
          StandardCharsets.US_ASCII,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }

    @Override
    public void add(HostKey key, UserInfo ui) {
      known.add(key, ui);
    }

    @Override
    public void remove(String host, String type) {
      known.remove(host, type);
    }

    @Override
    public void remove(String host, String type, byte[] key) {
      known.remove(host, type, key);
    }

    @Override
    public String getKnownHostsRepositoryID() {
      return target.knownHosts().getFirst().toString();
    }

    @Override
    public HostKey[] getHostKey() {
      return known.getHostKey();
    }

    @Override
    public HostKey[] getHostKey(String host, String type) {
      return known.getHostKey(host, type);
    }
  }
}
