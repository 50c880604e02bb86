package dev.hactl.engine.remote;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts local commands in a session of their own, where the terminal's Ctrl-C does not reach. */
final class SessionLeader {
  private SessionLeader() {}

  static List<String> words(List<String> command) {
    List<String> words = new ArrayList<>();
    for (String setsid : List.of("/usr/bin/setsid", "/bin/setsid")) {
      if (words.isEmpty() && Files.isExecutable(Path.of(setsid))) {
        words.add(setsid);
      }
    }
    words.addAll(command);
    return words;
  }
}
