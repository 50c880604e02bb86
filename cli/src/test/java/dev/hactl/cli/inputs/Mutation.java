package dev.hactl.cli.inputs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Spoils a project: characters, lines, indentation, words of the language at wrong places. */
final class Mutation {
  private static final List<String> WORDS =
      List.of(
          "${",
          "}",
          "<#if x>",
          "</#if>",
          "<#list",
          "{{ port }}",
          "{% if a %}",
          "!vault",
          "&a",
          "*a",
          "*b",
          "<<: *a",
          "? [x]",
          "|",
          ">",
          "- ",
          ": ",
          "'",
          "\"",
          "\t",
          "\u0000",
          "\u00e9",
          "\ud83d\ude00",
          "\r",
          "%YAML 1.1",
          "---",
          "...",
          "!!binary aGk=",
          "!!python/object:os",
          "1e999999999",
          "0x",
          "0777",
          "~",
          "null",
          ".inf",
          "${1..}",
          "${0..1000000000}",
          "${port?eval}",
          "${'a'?matches('(a*)*b')}",
          "${.now}",
          "${self}",
          "<#include 'x'>",
          "<#macro m><@m/></#macro><@m/>",
          "<#assign x = x>",
          "hosts:",
          "block:",
          "loop:",
          "when:",
          "serial: -1",
          "tags: {}",
          "import_tasks: site.yml",
          "import_playbook: site.yml",
          "$ANSIBLE_VAULT;1.1;AES256\n6162",
          "${file('/dev/zero')}",
          "${env('PATH')}",
          "${template('site.yml')}",
          "-2147483648",
          "99999999999999999999",
          "[[[[",
          "}}}}",
          "#");

  private final Random random;

  Mutation(Random random) {
    this.random = random;
  }

  /** The project with one to five mistakes in it. */
  Map<String, String> of(Map<String, String> project) {
    var spoiled = new LinkedHashMap<>(project);
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      List<String> paths = List.copyOf(spoiled.keySet());
      String path = paths.get(random.nextInt(paths.size()));
      String text = spoiled.get(path);
      if (text != null) {
        spoiled.put(path, spoil(text, spoiled));
      }
    }
    return spoiled;
  }

  private String spoil(String text, Map<String, String> all) {
    int at = random.nextInt(text.length() + 1);
    return switch (random.nextInt(9)) {
      case 0 -> text.substring(0, at) + word() + text.substring(at);
      case 1 -> text.substring(0, at);
      case 2 ->
          text.substring(0, at)
              + text.substring(Math.min(text.length(), at + 1 + random.nextInt(8)));
      case 3 -> lines(text, Edit.DROP);
      case 4 -> lines(text, Edit.TWICE);
      case 5 -> lines(text, Edit.INDENT);
      case 6 -> lines(text, Edit.SWAP);
      case 7 -> {
        List<String> texts = List.copyOf(all.values());
        yield text.substring(0, at) + texts.get(random.nextInt(texts.size()));
      }
      default -> replaced(text);
    };
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private enum Edit {
    DROP,
    TWICE,
    INDENT,
    SWAP
  }

  private String lines(String text, Edit edit) {
    var lines = new ArrayList<>(text.lines().toList());
    if (lines.isEmpty()) {
      return word();
    }
    int at = random.nextInt(lines.size());
    switch (edit) {
      case DROP -> lines.remove(at);
      case TWICE -> lines.add(at, lines.get(at));
      case INDENT -> lines.set(at, " ".repeat(random.nextInt(5)) + lines.get(at).stripLeading());
      case SWAP -> lines.add(lines.remove(at));
    }
    return String.join("\n", lines) + "\n";
  }

  /** Another value for a key. */
  private String replaced(String text) {
    var colons = new ArrayList<Integer>();
    for (int i = text.indexOf(": "); i >= 0; i = text.indexOf(": ", i + 1)) {
      colons.add(i + 2);
    }
    if (colons.isEmpty()) {
      return text + word();
    }
    int from = colons.get(random.nextInt(colons.size()));
    int end = text.indexOf('\n', from);
    return text.substring(0, from) + word() + (end < 0 ? "" : text.substring(end));
  }
}
