package dev.hactl.modules.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.IndexedModules;
import dev.hactl.lab.LabMachine;
import dev.hactl.modules.contract.Playbook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Two machines that are one cluster of the inventory, and playbooks for them. */
public final class Pair {
  private final Path folder;
  private final LabMachine one;
  private final LabMachine two;
  private int playbooks;

  /** The two, and where playbooks are written. */
  public Pair(Path folder, LabMachine one, LabMachine two) {
    this.folder = folder;
    this.one = one;
    this.two = two;
  }

  /** Tasks on both. */
  public Playbook.Run apply(String tasks, String... consents) {
    return on("all", tasks).apply(Set.of(consents));
  }

  /** Tasks on some of the cluster's members. */
  public Playbook.Run applyOn(String hosts, String tasks, String... consents) {
    return on(hosts, tasks).apply(Set.of(consents));
  }

  /** What would be done on both. */
  public Playbook.Run check(String tasks) {
    return on("all", tasks).check(Set.of());
  }

  private Playbook on(String hosts, String tasks) {
    try {
      Path own = Files.createDirectory(folder.resolve("pair" + ++playbooks));
      Playbook playbook =
          Playbook.of(
              own,
              IndexedModules.of(getClass().getClassLoader()),
              tasks,
              "pair:\n  cluster: pair\n  hosts:\n" + one.inventoryEntry(4) + two.inventoryEntry(4));
      // A member that is off must not end the play before the module can speak.
      Files.writeString(
          own.resolve("site.yml"),
          "- hosts: "
              + hosts
              + "\n  gather_facts: false\n  needs: any\n  tasks:\n"
              + tasks.indent(4));
      return playbook;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tasks end well and change something; a second time nothing is left. */
  public void converges(String tasks, String... consents) {
    Playbook.Run first = apply(tasks, consents);
    assertEquals(0, first.exit(), first.story());
    assertTrue(!first.quiet(), first.story());
    quiet(tasks);
  }

  /** Nothing is left to do. */
  public void quiet(String tasks) {
    Playbook.Run again = apply(tasks);
    assertTrue(again.exit() == 0 && again.quiet(), again.story());
  }

  /** The tasks end with exit code 9 and say the fact. */
  public void refused(String tasks, String fact, String... consents) {
    Playbook.Run run = apply(tasks, consents);
    assertEquals(9, run.exit(), run.story());
    assertTrue(run.story().contains(fact), run.story());
  }
}
