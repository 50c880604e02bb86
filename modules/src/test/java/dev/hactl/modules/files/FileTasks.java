package dev.hactl.modules.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.modules.ByHand;
import dev.hactl.modules.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of the file modules in a directory of their own on this machine. */
abstract class FileTasks {
  @TempDir Path dir;

  <P, S> List<String> apply(OnThisMachine host, HostModule<P, S> module, String yaml) {
    return shortened(host.apply(module, task(yaml)));
  }

  <P, S> List<String> decide(OnThisMachine host, HostModule<P, S> module, String yaml) {
    return shortened(Verdict.of(host.decide(module, ByHand.bind(module, task(yaml)))));
  }

  List<String> shortened(List<String> lines) {
    return lines.stream().map(l -> l.replace(dir.toString(), "DIR")).toList();
  }

  String task(String yaml) {
    return yaml.replace("DIR", dir.toString());
  }

  String sh(String text) {
    LocalShell.Result result = LocalShell.DASH.run("set -e; " + task(text));
    assertEquals(0, result.status(), result.err());
    return result.out();
  }

  String stat(String name) {
    return sh("stat -c '%U %G %a' 'DIR/" + name + "'").strip();
  }

  String read(String name) throws IOException {
    return Files.readString(dir.resolve(name));
  }

  void write(String name, String content) throws IOException {
    Files.writeString(dir.resolve(name), content);
  }
}
