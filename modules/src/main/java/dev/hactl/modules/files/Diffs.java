package dev.hactl.modules.files;

import dev.hactl.engine.module.Diff;
import java.util.List;
import java.util.stream.Collectors;

/** Words for differences. */
final class Diffs {
  private Diffs() {}

  /** {@code owner and mode}. */
  static String names(List<Diff.Property> properties) {
    List<String> names = properties.stream().map(Diff.Property::name).toList();
    return names.size() < 2
        ? String.join("", names)
        : names.stream().limit(names.size() - 1L).collect(Collectors.joining(", "))
            + " and "
            + names.getLast();
  }
}
