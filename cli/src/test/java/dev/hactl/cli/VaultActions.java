package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A project with secrets, where {@code hactl vault} is at work. */
abstract class VaultActions extends VaultRuns {
  static final String WITH_DEV = " --vault-password-file DIR/dev";

  final Map<String, String> environment = new HashMap<>();

  /** Runs an action in the project; {@code DIR} is its folder. */
  CommandLineRun vault(String words) {
    return vaultTyping("", words);
  }

  /** The same while somebody types this. */
  CommandLineRun vaultTyping(String input, String words) {
    var all = new ArrayList<>(List.of("vault"));
    Stream.of(words.split(" ")).map(w -> w.replace("DIR", folder.toString())).forEach(all::add);
    return CommandLineRun.in(environment, input, all.toArray(String[]::new));
  }

  static void says(ExitCode code, String out, String err, CommandLineRun run) {
    assertEquals(err, run.err());
    assertEquals(out, run.out());
    assertEquals(code, run.code());
  }

  /** What an error says after the file's name. */
  void refuses(String name, String what, CommandLineRun run) {
    says(ExitCode.INVALID_INPUT, "", folder.resolve(name) + what + "\n", run);
  }
}
