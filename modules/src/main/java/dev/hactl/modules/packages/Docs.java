package dev.hactl.modules.packages;

import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.LinkedHashMap;

/** What the package modules share besides their parameters. */
final class Docs {
  private Docs() {}

  static final String COMMON =
      "One transaction per task, simulated first: the plan shows every package that comes, changes"
          + " or goes, and removing one that is not named needs consent. A name counts as"
          + " installed when a package of that name or one that provides it is fully installed."
          + " Lists younger than cache_valid_time (one hour when not given) and than every source"
          + " count as fresh, so that a second run finds nothing to do; check mode never"
          + " refreshes them and predicts from what is cached. Locks are waited for. A"
          + " transaction that was cut short is finished first.";

  /** Prepares an example on a host that has no package source but a local directory. */
  static final String LOCAL_SOURCE =
      "echo 'deb [trusted=yes] file:/srv/hactl/apt ./' > /etc/apt/sources.list.d/local.list"
          + " && apt-get -q update";

  static final Return PACKAGES =
      new Return("packages", "The installed version of each named package.");

  // newer versions take apt-cache or dnf
  private static final Duration SLOW = Duration.ofSeconds(60);

  static Manual rpm(String own, String other) {
    return Manual.state(
            "Install, upgrade and remove packages with " + own,
            COMMON
                + " Where the host has no "
                + own
                + ", "
                + other
                + " is used. rpm starts no service by itself, but scripts of packages may restart"
                + " running ones on upgrade: such an upgrade is disruptive. Sources: "
                + own
                + "(8), rpm(8).",
            Example.of(
                "A package is gone",
                "- " + own + ":\n    name: no-such-package-here\n    state: absent\n"))
        .returning(PACKAGES);
  }

  static Probe<Observed> probe(PackageTask task) {
    Query query = task.query();
    Probe<Observed> probe = Probe.of(PackageCollector.INSTANCE, query, a -> Observed.of(query, a));
    return query.lookups().isEmpty() ? probe.within(Duration.ofSeconds(30)) : probe.within(SLOW);
  }

  static Value.Dict result(PackageTask task, Observed observed) {
    var matching = new Matching(observed);
    var versions = new LinkedHashMap<String, Value>();
    task.wanted()
        .forEach(w ->
            matching.satisfying(w).ifPresent(p -> versions.put(p.name(), Value.text(p.version()))));
    var result = new LinkedHashMap<String, Value>();
    result.put("packages", new Value.Dict(versions));
    task.refresh()
        .ifPresent(v -> result.put("cache_updated", Value.bool(observed.lists().younger(v))));
    return new Value.Dict(result);
  }
}
