package dev.hactl.campaign;

import java.nio.file.Path;
import java.util.List;

/** A machine of {@code lab/up --machines}. */
record LabPower(String name, Path script) implements Machine {

  /** All there are. */
  static List<LabPower> all(Path repository) {
    Path script = repository.resolve("lab/machine");
    return LabNode.run("", script.toString(), "power")
        .lines()
        .map(line -> new LabPower(line.split(" ")[0], script))
        .toList();
  }

  /**
   * Makes them what they were before their first boot. None is there to fence another meanwhile.
   */
  static void bare(List<LabPower> machines) {
    machines.forEach(m -> m.power("off"));
    machines.forEach(m -> m.power("reset"));
    machines.forEach(m -> LabNode.run("", m.script.toString(), "on", m.name, "--no-wait"));
    machines.forEach(m -> m.power("on"));
  }

  private void power(String command) {
    LabNode.run("", script.toString(), command, name);
  }

  @Override
  public boolean debian() {
    return true;
  }

  @Override
  public String sh(String text) {
    return LabNode.run(text, script.toString(), "ssh", name, "exec sh -s");
  }
}
