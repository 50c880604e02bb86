package dev.hactl.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is already on an unfinished command line: values by what the help calls them. */
final class Written {
  private final Map<String, List<String>> values = new HashMap<>();
  private int operands;

  void add(String label, String value) {
    values.computeIfAbsent(label, _ -> new ArrayList<>()).add(value);
  }

  void operand() {
    operands++;
  }

  int operands() {
    return operands;
  }

  List<String> all(String label) {
    return values.getOrDefault(label, List.of());
  }
}
