package dev.hactl.engine.source;

import dev.hactl.engine.vault.Keyring;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;

/** Collects every problem of a load, so that all of them are reported at once. Not thread-safe. */
public final class Problems {
  private final LinkedHashSet<Problem> found = new LinkedHashSet<>();
  private final Keyring keyring;
  private boolean vaulted;

  /** None yet, of a load that has no vault password. */
  public Problems() {
    this(Keyring.EMPTY);
  }

  /** None yet, of a load whose encrypted texts are opened with these passwords. */
  public Problems(Keyring keyring) {
    this.keyring = keyring;
  }

  /** The passwords of the load, for what it reads. */
  public Keyring keyring() {
    return keyring;
  }

  /** Notes that values of the load are encrypted by themselves. */
  public void sawVaulted() {
    vaulted = true;
  }

  /** Whether values of the load are encrypted by themselves. */
  public boolean vaulted() {
    return vaulted;
  }

  /** Notes a problem; the same one twice counts once. */
  public void add(Problem problem) {
    found.add(problem);
  }

  /** Notes several. */
  public void addAll(Iterable<Problem> problems) {
    problems.forEach(found::add);
  }

  /** Notes an error. */
  public void error(Place place, String message) {
    add(Problem.error(place, message));
  }

  /** Notes an error that says what to do. */
  public void error(Place place, String message, String advice) {
    add(Problem.error(place, message, advice));
  }

  /** All of them: files in the order they were met, the places in each from top to bottom. */
  public List<Problem> all() {
    var files = new HashMap<SourceFile, Integer>();
    found.forEach(p -> files.putIfAbsent(p.place().file(), files.size()));
    return found.stream()
        .sorted(
            Comparator.comparing((Problem p) -> files.getOrDefault(p.place().file(), 0))
                .thenComparingInt(p -> p.place().line())
                .thenComparingInt(p -> p.place().column()))
        .toList();
  }

  /** Those that only warn. */
  public List<Problem> warnings() {
    return all().stream().filter(p -> p.severity() == Problem.Severity.WARNING).toList();
  }

  /** Whether exactly this was noted already. */
  public boolean contains(Problem problem) {
    return found.contains(problem);
  }

  /** Whether the same was said of the same place, whatever the advice. */
  public boolean says(Problem problem) {
    return found.stream()
        .anyMatch(p ->
            p.place().equals(problem.place())
                && p.message().equals(problem.message())
                && p.severity() == problem.severity());
  }

  /** Whether anything keeps the run from starting. */
  public boolean hasErrors() {
    return found.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
  }

  /**
   * Ends a load.
   *
   * @throws SourceException with all problems when one of them is an error
   */
  public void throwIfErrors() {
    if (hasErrors()) {
      throw new SourceException(all());
    }
  }
}
