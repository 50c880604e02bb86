package dev.hactl.engine.remote;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.engine.remote.UnreachableException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts settings and ssh_config together; what the settings say wins. */
final class SshTargets {
  private static final List<String> DEFAULT_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");
  private static final Path GLOBAL_KNOWN_HOSTS = Path.of("/etc/ssh/ssh_known_hosts");
  private static final int MAX_JUMPS = 5;

  private SshTargets() {}

  static SshTarget of(ConnectionSettings settings, SshConfig config) throws UnreachableException {
    Optional<SshTarget> jump = Optional.empty();
    Optional<String> jumps = config.get("proxyjump");
    if (jumps.isPresent()) {
      jump = Optional.of(jump(settings, jumps.get(), MAX_JUMPS));
    }
    List<Path> keys =
        settings.privateKey().map(List::of).orElseGet(() -> config.files("identityfile"));
    if (keys.isEmpty()) {
      keys = DEFAULT_KEYS.stream().map(SshConfig.home()::resolve).toList();
    }
    boolean explicit =
        settings.privateKey().isPresent()
            || config.get("identitiesonly").filter("yes"::equals).isPresent();
    return new SshTarget(
        settings.host(),
        config.get("hostname").orElse(settings.address()),
        settings.port().orElse(number(config.get("port"), 22)),
        settings.user().or(() -> config.get("user")).orElse(System.getProperty("user.name")),
        config.get("hostkeyalias"),
        settings.password(),
        keys,
        explicit,
        agent(config),
        knownHosts(settings, config),
        settings.acceptNewHostKeys()
            || config.get("stricthostkeychecking").filter("accept-new"::equals).isPresent(),
        settings.connectTimeout(),
        jump);
  }

  private static int number(Optional<String> text, int otherwise) {
    return text.filter(t -> t.matches("[0-9]{1,5}")).map(Integer::parseInt).orElse(otherwise);
  }

  private static Optional<Path> agent(SshConfig config) {
    Optional<String> named = config.get("identityagent").filter(a -> !a.equals("SSH_AUTH_SOCK"));
    return named
        .or(() -> Optional.ofNullable(System.getenv("SSH_AUTH_SOCK")))
        .filter(socket -> !socket.isEmpty())
        .map(Path::of)
        .filter(Files::exists);
  }

  private static List<Path> knownHosts(ConnectionSettings settings, SshConfig config) {
    if (settings.knownHosts().isPresent()) {
      return List.of(settings.knownHosts().get());
    }
    if (config.isPresent()) {
      List<Path> user = config.files("userknownhostsfile");
      List<Path> global = config.files("globalknownhostsfile");
      List<Path> all = new ArrayList<>(user);
      all.addAll(global);
      if (!all.isEmpty()) {
        return List.copyOf(all);
      }
    }
    return List.of(SshConfig.home().resolve("known_hosts"), GLOBAL_KNOWN_HOSTS);
  }

  /** The last hop of a list such as {@code ops@a,b:2222}, reached through the hops before it. */
  private static SshTarget jump(ConnectionSettings end, String hops, int left)
      throws UnreachableException {
    if (left == 0) {
      throw new UnreachableException(
          Kind.CONFIGURATION, end.host() + ": ProxyJump goes round in circles: " + hops);
    }
    int comma = hops.lastIndexOf(',');
    String hop = hops.substring(comma + 1).strip().replaceFirst("^ssh://", "");
    int at = hop.lastIndexOf('@');
    String address = hop.substring(at + 1);
    Optional<Integer> port = Optional.empty();
    int colon = address.lastIndexOf(':');
    int bracket = address.lastIndexOf(']');
    boolean single = colon > 0 && address.indexOf(':') == colon;
    if (single || (bracket >= 0 && colon > bracket)) {
      port = Optional.of(number(Optional.of(address.substring(colon + 1)), 22));
      address = address.substring(0, colon);
    }
    address = address.replaceAll("^\\[|\\]$", "");
    ConnectionSettings settings =
        new ConnectionSettings(
            end.host() + " (jump host " + address + ")",
            ConnectionSettings.Kind.SSH,
            address,
            port,
            at < 0 ? Optional.empty() : Optional.of(hop.substring(0, at)),
            Optional.empty(),
            end.privateKey(),
            end.sshConfig(),
            end.knownHosts(),
            end.acceptNewHostKeys(),
            end.connectTimeout());
    SshConfig config = SshConfig.of(settings);
    Optional<String> before =
        comma >= 0 ? Optional.of(hops.substring(0, comma)) : config.get("proxyjump");
    SshTarget target = of(settings, config.without("proxyjump"));
    if (before.isEmpty()) {
      return target;
    }
    return target.through(jump(end, before.get(), left - 1));
  }
}
