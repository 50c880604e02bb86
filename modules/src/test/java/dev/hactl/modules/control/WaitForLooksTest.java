package dev.hactl.modules.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.modules.ByHand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The looks of wait_for, run by every shell against sockets and files of this machine. */
class WaitForLooksTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void listeningSocketsAreFoundInTheKernelsList(LocalShell shell) throws IOException {
    for (String address : List.of("127.0.0.1", "0.0.0.0", "127.1.2.3")) {
      try (var server = listen(address)) {
        int port = server.getLocalPort();
        String host = address.equals("0.0.0.0") ? "localhost" : address;
        assertEquals(Sight.AS_SOUGHT, look(shell, "{port: %d, host: %s}".formatted(port, host)));
        Sight other = look(shell, "{port: %d, host: 127.9.9.9}".formatted(port));
        assertEquals(address.equals("0.0.0.0") ? Sight.AS_SOUGHT : Sight.ABSENT, other);
        server.close();
        assertEquals(Sight.ABSENT, look(shell, "{port: %d, host: %s}".formatted(port, host)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void connectionsAreMadeWithWhatTheHostHas(LocalShell shell) throws IOException {
    // A name that is not known to mean this host, so that the kernel's list does not decide.
    try (var server = listen("127.0.0.1")) {
      String yaml = "{port: %d, host: LOCALHOST, connect_timeout: 2}";
      int port = server.getLocalPort();
      assertEquals(Sight.AS_SOUGHT, look(shell, yaml.formatted(port)));
      server.close();
      assertEquals(Sight.ABSENT, look(shell, yaml.formatted(port)));
    }
  }

  @ParameterizedTest
  @CsvSource({"bash", "python3", "perl", "curl"})
  void everyToolConnects(String tool) throws IOException {
    Path only = Files.createDirectory(directory.resolve("only"));
    for (String name : List.of(tool, "timeout", "grep", "cat")) {
      Path real = Path.of("/usr/bin/" + name);
      assertTrue(Files.exists(real), real + " is needed by this test");
      Files.createSymbolicLink(only.resolve(name), real);
    }
    try (var server = listen("127.0.0.1")) {
      int port = server.getLocalPort();
      String yaml = "{port: %d, host: LOCALHOST, connect_timeout: 2}".formatted(port);
      String path = "PATH=" + only + "\n";
      assertEquals(Sight.AS_SOUGHT, look(LocalShell.DASH, yaml, path));
      if (!tool.equals("curl")) {
        speaking(server, "hello\n220 ready");
        String search = yaml.replace("}", ", search_regex: '^220 \\w+'}");
        assertEquals(Sight.AS_SOUGHT, look(LocalShell.DASH, search, path));
      }
      server.close();
      assertEquals(Sight.ABSENT, look(LocalShell.DASH, yaml, path));
    }
    assertEquals(
        Sight.NO_TOOL, look(LocalShell.DASH, "{port: 1, host: 192.0.2.1}", "PATH=/nonexistent\n"));
  }

  @ParameterizedTest
  @EnumSource
  void whatAPortSaysIsSearched(LocalShell shell) throws IOException {
    try (var server = listen("127.0.0.1")) {
      speaking(server, "220 mail.example.org ESMTP\r\n");
      String yaml = "{port: %d, connect_timeout: 1, search_regex: '%s'}";
      int port = server.getLocalPort();
      if (shell == LocalShell.BUSYBOX) {
        assertEquals(Sight.NO_TOOL, look(shell, yaml.formatted(port, "x")));
        return;
      }
      long began = System.nanoTime();
      assertEquals(Sight.AS_SOUGHT, look(shell, yaml.formatted(port, "(?i)esmtp")));
      assertTrue(
          Duration.ofNanos(System.nanoTime() - began).toMillis() < 900,
          "a text that was found ends the look, not the time-out");
      assertEquals(Sight.OTHERWISE, look(shell, yaml.formatted(port, "LMTP")));
      server.close();
      assertEquals(Sight.ABSENT, look(shell, yaml.formatted(port, "LMTP")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void pathsAreSeenAndSearched(LocalShell shell) throws IOException {
    Path file = Files.writeString(directory.resolve("it's a log"), "a\nstate: READY 42\n\tend\n");
    String base = "{path: \"%s\"".formatted(file);
    assertEquals(Sight.AS_SOUGHT, look(shell, base + "}"));
    assertEquals(
        Sight.ABSENT,
        look(shell, "{path: \"%s\", search_regex: x}".formatted(directory.resolve("gone"))));
    for (String found :
        List.of("READY \\d+$", "(?i)ready", "^\\s+e.*?d", "s(?:t|x)ate: (?P<s>\\w+)", "[\\d]{2}")) {
      assertEquals(Sight.AS_SOUGHT, look(shell, base + ", search_regex: '" + found + "'}"), found);
    }
    for (String missing : List.of("ready", "^READY", "\\.", "-v")) {
      assertEquals(Sight.OTHERWISE, look(shell, base + ", search_regex: '" + missing + "'}"));
    }
  }

  private static ServerSocket listen(String address) throws IOException {
    return new ServerSocket(0, 5, InetAddress.getByName(address));
  }

  /** Answers every connection with a text and then keeps it open, as servers do. */
  private static void speaking(ServerSocket server, String text) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              server.accept().getOutputStream().write(text.getBytes());
            }
          } catch (IOException closed) {
            // the test is over
          }
        });
  }

  private static Sight look(LocalShell shell, String yaml) {
    return look(shell, yaml, "");
  }

  private static Sight look(LocalShell shell, String yaml, String before) {
    var module = new WaitFor();
    var wait = (Control.WaitFor<?>) module.steer(ByHand.bind(module, yaml));
    var result = shell.run(before + wait.look().question());
    return (Sight) wait.look().parser().apply(result.answer());
  }
}
