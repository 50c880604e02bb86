package dev.hactl.modules.contract;

import java.util.List;
import java.util.Map;

/**
 * A real host, or a cluster of one, that the contract test holds modules against: it can be looked
 * at, put back to how it was, and its {@link Spy} notes what is started on it and cuts it off.
 */
interface ContractHost extends AutoCloseable {
  /** The inventory of a playbook for it. */
  String inventory();

  /** What notes its programs. */
  Spy spy();

  /** Where an example is cut off. */
  Cuts cuts();

  /** Runs a text as root, beside hactl. */
  RootShell.Result run(String text);

  /** Looks at everything, once nothing of a run is left. */
  Fingerprint look();

  /** What differs from the fresh host, by name, so that two ways to a state can be compared. */
  Map<String, String> state();

  /** Whether its state is all that a task may look at, so that nobody has to ask again. */
  boolean seesAll();

  /** Puts it back to how it was when it was fresh. */
  void restore();

  /** Where nothing of a secret may stand after a run: what hactl and the host note of runs. */
  List<String> notes();

  /**
   * What is wrong with how often it was written.
   *
   * @param changed how many tasks said that they changed something
   */
  default List<String> miscounted(Fingerprint before, Fingerprint after, long changed) {
    return List.of();
  }

  /** Lets go of it. */
  @Override
  void close();
}
