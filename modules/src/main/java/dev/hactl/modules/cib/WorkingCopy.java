package dev.hactl.modules.cib;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration on which the edits of several tasks are tried one after the other before anything
 * is written. It never changes: {@link #apply} says what the next copy is.
 *
 * @param base as it was read
 * @param current as the tasks so far want it
 * @param secrets values that no output may show
 */
public record WorkingCopy(Cib base, Cib current, Set<String> secrets) {

  /** Copies the set. */
  public WorkingCopy {
    secrets = Set.copyOf(secrets);
  }

  /** A copy that no task has edited yet. */
  public static WorkingCopy of(Cib base) {
    return new WorkingCopy(base, base, Set.of());
  }

  /**
   * What a task's edit comes to on this copy; an edit that touches the operator's state is refused.
   */
  public Edited apply(CibEdit edit) {
    Edited result = edit.on(current);
    if (!(result instanceof Edited.Done done)) {
      return result;
    }
    if (done.cib().equals(current)) {
      return result;
    }
    Optional<String> violated = OperatorState.violated(current, done.cib(), edit.declares(current));
    return violated.<Edited>map(Edited.Refused::new).orElse(result);
  }

  /** The copy after an edit that was done. */
  public WorkingCopy after(CibEdit edit, Edited.Done done) {
    var all = new HashSet<>(secrets);
    all.addAll(edit.secrets());
    return new WorkingCopy(base, done.cib(), all);
  }

  /** What would be written: the edits and the record of what they created. */
  public Cib candidate() {
    return Ownership.recorded(base, current);
  }

  /** Whether there is anything to write. */
  public boolean isChanged() {
    return !base.configuresSameAs(current);
  }

  /** The objects that differ between what was read and what would be written. */
  public List<ObjectChange> diff() {
    return CibDiff.between(base, candidate(), secrets);
  }

  /** What a task's edit alone changes on this copy. */
  public List<ObjectChange> diff(CibEdit edit, Edited.Done done) {
    var all = new HashSet<>(secrets);
    all.addAll(edit.secrets());
    return CibDiff.between(current, done.cib(), all);
  }

  /** What is pushed. */
  public CibPatch patch() {
    return CibPatch.between(base, candidate());
  }
}
