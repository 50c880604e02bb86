package dev.hactl.cli.inputs;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts that are small and would take all time or memory, or are as large as nobody writes. */
enum Monster {
  ALIAS_BOMB,
  NESTED_LISTS,
  NESTED_MAPPINGS,
  NESTED_BLOCKS,
  NESTED_BRACKETS,
  NESTED_DIRECTIVES,
  LONG_SUM,
  LONG_LINE,
  MANY_KEYS,
  MANY_TASKS,
  ENDLESS_RANGE,
  ENDLESS_LIST,
  ENDLESS_MACRO,
  GROWING_TEXT,
  SLOW_PATTERN,
  IMPORTS_ITSELF,
  MULTIPLYING_IMPORTS,
  INCLUDES_ITSELF,
  ROLE_OF_ITSELF,
  PLAYBOOK_OF_ITSELF,
  VARIABLE_OF_ITSELF,
  MANY_HOSTS,
  GROUP_OF_ITSELF,
  DEVICE,
  /** 100 MB; seldom, for it takes a second to write. */
  HUGE_SCALAR,
  /** 100 MB of INI; likewise. */
  HUGE_INVENTORY;

  private static final int MEGABYTE = 1_000_000;
  private static final String HOSTS = "all: {hosts: {a: {ansible_connection: local}}}\n";

  /** Whether one is enough. */
  boolean seldom() {
    return this == HUGE_SCALAR || this == HUGE_INVENTORY;
  }

  Input make(Random random) {
    var files = new LinkedHashMap<String, String>();
    files.put(Input.INVENTORY, HOSTS);
    fill(files, 1 + random.nextInt(4));
    String kind = name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String large = this == HUGE_SCALAR ? Input.SITE : Input.INVENTORY;
    return new Input(kind, files, seldom() ? Map.of(large, 100) : Map.of());
  }

  private static String play(String vars, String task) {
    return "- hosts: all\n" + (vars.isEmpty() ? "" : "  vars:\n" + vars) + "  tasks:\n" + task;
  }

  private static String said(String text) {
    return play("", "    - debug: {msg: \"" + text + "\"}\n");
  }

  private static String times(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
  }

  /**
   * Writes the files.
   *
   * @param size 1 to 4
   */
  private void fill(Map<String, String> files, int size) {
    switch (this) {
      case ALIAS_BOMB -> {
        String bomb =
            "    a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
                + times(
                    8 + size,
                    i ->
                        "    a"
                            + (i + 1)
                            + ": &a"
                            + (i + 1)
                            + " ["
                            + ("*a" + i + ", ").repeat(9)
                            + "]\n");
        site(files, play(bomb, "    - debug: {msg: \"${a3}\"}\n"));
      }
      case NESTED_LISTS ->
          site(
              files,
              play("    a: " + "[".repeat(2500 * size) + "]".repeat(2500 * size) + "\n", task()));
      case NESTED_MAPPINGS ->
          site(
              files,
              play("    a:\n" + times(2500 * size, i -> " ".repeat(6 + i) + "k:\n"), task()));
      case NESTED_BLOCKS ->
          site(
              files,
              play(
                  "",
                  times(50 * size, i -> "  ".repeat(2 + i) + "- block:\n")
                      + "  ".repeat(2 + 50 * size)
                      + "- debug: {msg: x}\n"));
      case NESTED_BRACKETS ->
          site(files, said("${" + "(".repeat(2500 * size) + "1" + ")".repeat(2500 * size) + "}"));
      case NESTED_DIRECTIVES ->
          site(files, said("<#if true>".repeat(2500 * size) + "x" + "</#if>".repeat(2500 * size)));
      case LONG_SUM -> site(files, said("${1" + " + 1".repeat(5000 * size) + "}"));
      case LONG_LINE -> site(files, said("x{% if ".repeat(100_000 * size)));
      case MANY_KEYS ->
          site(files, play(times(100_000 * size, i -> "    a" + i + ": 1\n"), task()));
      case MANY_TASKS -> site(files, play("", task().repeat(3000 * size)));
      case ENDLESS_RANGE ->
          site(files, play("", "    - {debug: {msg: x}, loop: \"${1..1000000000}\"}\n"));
      case ENDLESS_LIST -> site(files, said("<#list 1.. as i>${i}</#list>"));
      case ENDLESS_MACRO -> site(files, said("<#macro m>x<@m/></#macro><@m/>"));
      case GROWING_TEXT ->
          site(
              files,
              play(
                  "    v0: xxxxxxxxxx\n"
                      + times(
                          8 + size,
                          i -> "    v" + (i + 1) + ": \"" + ("${v" + i + "}").repeat(10) + "\"\n"),
                  "    - debug: {msg: \"${v" + (8 + size) + "}\"}\n"));
      case SLOW_PATTERN ->
          site(
              files,
              said("${regex_search('" + "a".repeat(20 + 10 * size) + "', '(a+)+b')!'none'}"));
      case IMPORTS_ITSELF -> {
        site(files, play("", "    - import_tasks: one.yml\n"));
        files.put("one.yml", "- import_tasks: two.yml\n");
        files.put("two.yml", "- import_tasks: one.yml\n- import_tasks: two.yml\n");
      }
      case MULTIPLYING_IMPORTS -> {
        site(files, play("", "    - import_tasks: f0.yml\n"));
        for (int i = 0; i < 10 * size; i++) {
          files.put("f" + i + ".yml", ("- import_tasks: f" + (i + 1) + ".yml\n").repeat(4));
        }
        files.put("f" + 10 * size + ".yml", "- debug: {msg: x}\n");
      }
      case INCLUDES_ITSELF -> {
        site(files, play("", "    - template: {src: a.ftl, dest: /tmp/x, mode: \"0644\"}\n"));
        files.put("templates/a.ftl", "a<#include 'b.ftl'>");
        files.put("templates/b.ftl", "b<#include 'a.ftl'>");
      }
      case ROLE_OF_ITSELF -> {
        site(files, "- hosts: all\n  roles: [one]\n");
        files.put("roles/one/meta/main.yml", "dependencies: [two]\n");
        files.put("roles/two/meta/main.yml", "dependencies: [one]\n");
        files.put("roles/one/tasks/main.yml", "- import_role: {name: two}\n");
        files.put("roles/two/tasks/main.yml", "- import_role: {name: one}\n");
      }
      case PLAYBOOK_OF_ITSELF ->
          site(files, ("- import_playbook: " + Input.SITE + "\n").repeat(size));
      case VARIABLE_OF_ITSELF ->
          site(
              files,
              play(
                  "    a: \"${b}\"\n    b: \"${a}\"\n    c: \"${c}\"\n",
                  "    - debug: {msg: \"${a}${c}\"}\n"));
      case MANY_HOSTS -> {
        site(files, said("x"));
        files.put(
            Input.INVENTORY,
            "all: {hosts: {\"a[1:" + "9".repeat(2 * size) + "]\": {ansible_connection: local}}}\n");
      }
      case GROUP_OF_ITSELF -> {
        site(files, said("x"));
        files.put(
            Input.INVENTORY, "[a:children]\nb\n[b:children]\na\n[c]\nh ansible_connection=local\n");
      }
      case DEVICE -> site(files, said("${file('/dev/zero')}"));
      case HUGE_SCALAR -> site(files, "x".repeat(MEGABYTE));
      case HUGE_INVENTORY -> {
        site(files, said("x"));
        files.put(Input.INVENTORY, "[g]\nh1 a=b\n".repeat(MEGABYTE / 11));
      }
    }
  }

  private static String task() {
    return "    - debug: {msg: \"${inventory_hostname}\"}\n";
  }

  private static void site(Map<String, String> files, String text) {
    files.put(Input.SITE, text);
  }
}
