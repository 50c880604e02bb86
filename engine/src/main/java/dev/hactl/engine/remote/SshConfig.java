package dev.hactl.engine.remote;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.engine.remote.UnreachableException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What ssh_config says about one host.
 *
 * <p>Only OpenSSH itself knows all of ssh_config's rules, so {@code ssh -G} is asked; but starting
 * it costs more than the rest of a login's preparation, so only where a configuration exists that
 * says anything about where and how to connect.
 */
final class SshConfig {
  /** Nothing was said: built-in defaults hold. */
  static final SshConfig NONE = new SshConfig(Map.of());

  private static final Path SYSTEM = Path.of("/etc/ssh/ssh_config");
  private static final Path SYSTEM_PARTS = Path.of("/etc/ssh/ssh_config.d");

  /** The directives that change where hactl connects or what it presents there. */
  private static final Pattern MATTERS =
      Pattern.compile(
          "(?im)^\\s*(hostname|port|user|identit\\w+|certificatefile|addkeystoagent|proxy\\w+"
              + "|userknownhostsfile|globalknownhostsfile|knownhostscommand|hostkeyalias"
              + "|stricthostkeychecking|bindaddress|bindinterface|addressfamily|canonical\\w+"
              + "|pkcs11provider|securitykeyprovider|preferredauthentications|pubkeyauth\\w+"
              + "|include\\s+(?!/etc/(ssh/ssh_config\\.d|crypto-policies)/).*)\\b");

  private final Map<String, List<String>> values;

  private SshConfig(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Resolves the configuration for a host. */
  static SshConfig of(ConnectionSettings settings) throws UnreachableException {
    Optional<Path> ssh = program();
    if (ssh.isEmpty()) {
      if (settings.sshConfig().isPresent()) {
        throw new UnreachableException(
            Kind.CONFIGURATION,
            "%s: %s can only be read by OpenSSH's client, which is not installed here"
                .formatted(settings.host(), settings.sshConfig().get()));
      }
      return NONE;
    }
    if (!matters(settings)) {
      return NONE;
    }
    List<String> command = new ArrayList<>(List.of(ssh.get().toString(), "-G"));
    settings.sshConfig().ifPresent(file -> command.addAll(List.of("-F", file.toString())));
    settings.port().ifPresent(port -> command.addAll(List.of("-p", port.toString())));
    settings.user().ifPresent(user -> command.addAll(List.of("-l", user)));
    command.addAll(List.of("--", settings.address()));
    return parse(run(settings, command));
  }

  /** Where OpenSSH's client is. */
  static Optional<Path> program() {
    String path = System.getenv("PATH");
    for (String directory : (path == null ? "/usr/bin:/bin" : path).split(":")) {
      Path ssh = Path.of(directory.isEmpty() ? "." : directory, "ssh");
      if (Files.isExecutable(ssh)) {
        return Optional.of(ssh);
      }
    }
    return Optional.empty();
  }

  private static boolean matters(ConnectionSettings settings) {
    if (settings.sshConfig().isPresent()) {
      return true;
    }
    List<Path> files = new ArrayList<>(List.of(home().resolve("config"), SYSTEM));
    if (Files.isDirectory(SYSTEM_PARTS)) {
      try (DirectoryStream<Path> parts = Files.newDirectoryStream(SYSTEM_PARTS, "*.conf")) {
        parts.forEach(files::add);
      } catch (IOException e) {
        return true;
      }
    }
    for (Path file : files) {
      try {
        if (Files.isReadable(file)
            && MATTERS.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find()) {
          return true;
        }
      } catch (IOException e) {
        return true;
      }
    }
    return false;
  }

  /** The user's own ssh directory. */
  static Path home() {
    return Path.of(System.getProperty("user.home"), ".ssh");
  }

  private static String run(ConnectionSettings settings, List<String> command)
      throws UnreachableException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status == 0) {
        return said;
      }
      throw new UnreachableException(
          Kind.CONFIGURATION,
          "%s: ssh cannot use its configuration: %s".formatted(settings.host(), said.strip()));
    } catch (IOException e) {
      throw new UnreachableException(
          Kind.CONFIGURATION,
          "%s: cannot run ssh to read its configuration: %s"
              .formatted(settings.host(), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(Kind.NETWORK, settings.host() + ": interrupted", e);
    }
  }

  /** Parses the output of {@code ssh -G}: a keyword in lower case and its value on each line. */
  static SshConfig parse(String output) {
    Map<String, List<String>> values = new HashMap<>();
    for (String line : output.lines().toList()) {
      int space = line.indexOf(' ');
      if (space > 0) {
        values
            .computeIfAbsent(
                line.substring(0, space).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .add(line.substring(space + 1).strip());
      }
    }
    return new SshConfig(values);
  }

  /** Whether anything was resolved at all. */
  boolean isPresent() {
    return !values.isEmpty();
  }

  /** The same without one keyword. */
  SshConfig without(String keyword) {
    Map<String, List<String>> others = new HashMap<>(values);
    others.remove(keyword);
    return new SshConfig(others);
  }

  /** The value of a keyword; empty when unset or {@code none}. */
  Optional<String> get(String keyword) {
    return all(keyword).stream().findFirst();
  }

  /** Every value of a keyword that may be repeated. */
  List<String> all(String keyword) {
    return values.getOrDefault(keyword, List.of()).stream()
        .filter(value -> !value.isEmpty() && !value.equals("none"))
        .toList();
  }

  /** The files of a keyword, with {@code ~} resolved. */
  List<Path> files(String keyword) {
    return all(keyword).stream()
        .flatMap(value -> List.of(value.split(" ")).stream())
        .map(SshConfig::expand)
        .toList();
  }

  private static Path expand(String file) {
    String plain = file.replace("\"", "");
    return plain.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), plain.substring(2))
        : Path.of(plain);
  }

  /** What here only OpenSSH's own client can do; empty when JSch can connect as well. */
  Optional<String> beyondJsch() {
    for (String keyword :
        List.of(
            "proxycommand",
            "pkcs11provider",
            "knownhostscommand",
            "certificatefile",
            "bindaddress",
            "bindinterface")) {
      if (get(keyword).isPresent()) {
        return Optional.of(keyword);
      }
    }
    for (Path key : files("identityfile")) {
      if (key.toString().endsWith("_sk") && Files.exists(key)) {
        return Optional.of("a hardware key (" + key + ")");
      }
    }
    return Optional.empty();
  }
}
