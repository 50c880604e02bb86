package dev.hactl.cli;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.IndexedRules;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.Told;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rules that a command line chooses.
 *
 * @param known the ids of all there are
 * @param looking those that are chosen and look for themselves
 * @param byId what all that are chosen say of themselves
 */
record LintRules(Set<String> known, List<LintRule> looking, Map<String, About> byId) {

  /** All rules there are. */
  static LintRules all() {
    List<LintRule> looking =
        IndexedRules.of(Objects.requireNonNull(LintRules.class.getClassLoader()));
    var abouts = new TreeMap<String, About>();
    Told.all().forEach(a -> abouts.put(a.id(), a));
    looking.forEach(r -> abouts.put(r.about().id(), r.about()));
    return new LintRules(Set.copyOf(abouts.keySet()), looking, abouts);
  }

  /** Those that {@code --rules} and {@code --skip} leave. */
  static LintRules chosen(Form.Filled filled) {
    LintRules all = all();
    List<String> only = filled.listed("--rules");
    List<String> skipped = filled.listed("--skip");
    for (List<String> named : List.of(only, skipped)) {
      for (String name : named) {
        if (!all.known().contains(name)) {
          throw filled.refused(
              "there is no rule '" + name + "'" + UsageError.hint(name, all.byId().keySet()));
        }
      }
    }
    var chosen = new LinkedHashMap<>(all.byId());
    chosen.keySet().removeIf(id -> (!only.isEmpty() && !only.contains(id)) || skipped.contains(id));
    return new LintRules(
        all.known(),
        all.looking().stream().filter(r -> chosen.containsKey(r.about().id())).toList(),
        chosen);
  }

  /** What they say of themselves, by id. */
  Collection<About> abouts() {
    return byId.values();
  }
}
