package dev.hactl.modules.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.lab.LabMachine;
import java.util.function.Supplier;

/** Runs that lose the connection to a machine inside a step: the fifth law of the contract. */
public final class CutOff implements AutoCloseable {
  private static final String FOLDER = "/opt/contract-spy";

  private final LabMachine machine;
  private final Spy spy;

  /**
   * Gets a machine ready.
   *
   * @param programs those before which runs are cut off
   */
  public CutOff(LabMachine machine, String... programs) {
    this.machine = machine;
    this.spy = Spy.onSshd(machine::sh, FOLDER, programs);
  }

  /** A run that is cut off before the first program of a step that begins with these words. */
  public void before(String words, Supplier<Playbook.Run> run) {
    spy.cut(Cut.before(1, words));
    Playbook.Run ended = run.get();
    boolean reached = spy.wasCut();
    spy.stop();
    assertTrue(
        reached,
        () -> "'" + words + "' was not started on " + machine.name() + ":\n" + ended.story());
  }

  @Override
  public void close() {
    spy.remove(FOLDER);
  }
}
