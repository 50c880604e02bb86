package dev.hactl.modules.packages;

import java.util.List;

/** Which tools may serve a choice. */
final class Tools {
  private Tools() {}

  static List<Tool> of(Choice choice) {
    return switch (choice) {
      case AUTO -> List.of(Tool.APT, Tool.DNF, Tool.YUM);
      case APT -> List.of(Tool.APT);
      case DNF, YUM -> List.of(Tool.DNF, Tool.YUM);
    };
  }
}
