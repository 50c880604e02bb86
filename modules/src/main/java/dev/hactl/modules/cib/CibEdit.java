package dev.hactl.modules.cib;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one task wants of a cluster's configuration, as a pure function of that configuration.
 * Applied to its own result it changes nothing. Apply it through {@link WorkingCopy}, which also
 * holds the result against what no edit may touch.
 */
public interface CibEdit {

  /** The edited configuration, or why it cannot or must not be. */
  Edited on(Cib cib);

  /**
   * The operator's own attributes that the task names, so that it may change them.
   *
   * @see OperatorState
   */
  default Set<OperatorState.Attribute> declares(Cib cib) {
    return Set.of();
  }

  /** Values that no output may show. */
  default Set<String> secrets() {
    return Set.of();
  }

  /** Edits that belong together, one after the other; the first that fails decides. */
  static CibEdit all(List<? extends CibEdit> edits) {
    return new Several(List.copyOf(edits));
  }

  /** Several edits as one. */
  record Several(List<CibEdit> edits) implements CibEdit {
    @Override
    public Edited on(Cib cib) {
      Cib current = cib;
      for (CibEdit edit : edits) {
        Edited result = edit.on(current);
        if (!(result instanceof Edited.Done done)) {
          return result;
        }
        current = done.cib();
      }
      return new Edited.Done(current);
    }

    @Override
    public Set<OperatorState.Attribute> declares(Cib cib) {
      var all = new HashSet<OperatorState.Attribute>();
      edits.forEach(e -> all.addAll(e.declares(cib)));
      return all;
    }

    @Override
    public Set<String> secrets() {
      var all = new HashSet<String>();
      edits.forEach(e -> all.addAll(e.secrets()));
      return all;
    }
  }
}
