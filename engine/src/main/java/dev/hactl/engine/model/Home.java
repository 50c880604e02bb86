package dev.hactl.engine.model;

import dev.hactl.engine.source.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a task stands, which says where the files it names are looked for and which variables it
 * sees.
 *
 * @param folder the folder of its playbook
 * @param role the role it belongs to
 * @param depth how many files led to that role; the next one is the role's own
 * @param trail the files that led to it, the playbook first and its own last
 */
public record Home(Path folder, Optional<Role> role, int depth, List<Stop> trail) {

  /** Outside of all roles. */
  Home(Path folder, List<Stop> trail) {
    this(folder, Optional.empty(), 0, trail);
  }

  /**
   * A file on the way to a task.
   *
   * @param file the file
   * @param shown its name in messages
   * @param from the line that names it; empty for the playbook that is run
   */
  public record Stop(Path file, String shown, Optional<Place> from) {}

  /** The line that brought the task's file in; empty for what the playbook itself holds. */
  public Optional<Place> importedAt() {
    return trail.getLast().from();
  }

  /** The file the task stands in. */
  Path file() {
    return trail.getLast().file();
  }

  /** Whether a file is being read already, so that reading it again would never end. */
  boolean holds(Path file) {
    return trail.stream().anyMatch(s -> s.file().equals(file));
  }

  /** The way to a file once more, for the message about an import that never ends. */
  String way(String again) {
    return trail.stream().map(Stop::shown).collect(Collectors.joining(" > ")) + " > " + again;
  }

  /** One file further. */
  Home in(Path file, String shown, Place from) {
    return new Home(folder, role, depth, longer(new Stop(file, shown, Optional.of(from))));
  }

  /** The same inside a role. */
  Home of(Role inner) {
    return new Home(folder, Optional.of(inner), trail.size(), trail);
  }

  /**
   * Whether a task that stands here belongs to the same use of a role as another one: stands in the
   * role where it was used there, or in what that use imports.
   */
  public boolean within(Home other) {
    int use = other.depth + 1;
    return other.role.isPresent()
        && trail.size() >= use
        && trail.subList(0, use).equals(other.trail.subList(0, use));
  }

  private List<Stop> longer(Stop stop) {
    var longer = new ArrayList<>(trail);
    longer.add(stop);
    return List.copyOf(longer);
  }
}
