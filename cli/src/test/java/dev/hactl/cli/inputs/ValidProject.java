package dev.hactl.cli.inputs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes a project that hactl must accept: what it refers to is there, and of the right type. */
final class ValidProject {
  private static final List<String> GROUPS =
      List.of("web", "db", "all", "web,db", "web:&east", "all:!db");

  private final Random random;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final List<String> names =
      new ArrayList<>(List.of("port", "service", "people", "vip", "enabled", "size"));
  private int number;

  private ValidProject(Random random) {
    this.random = random;
  }

  static Map<String, String> of(Random random) {
    return new ValidProject(random).make();
  }

  private Map<String, String> make() {
    files.put(Input.INVENTORY, inventory());
    if (chance(3)) {
      files.put("group_vars/all.yml", "extra: [1, 2, 3]\nnested: {a: {b: c}}\n");
    }
    var site = new StringBuilder();
    int plays = 1 + random.nextInt(3);
    for (int i = 0; i < plays; i++) {
      site.append(play());
    }
    files.put(Input.SITE, site.toString());
    return files;
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  @SafeVarargs
  private <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }

  private String inventory() {
    return """
    all:
      vars:
        ansible_connection: local
        port: %d
        service: app
        people: [{name: ann, age: 40}, {name: bob, age: 7}]
        vip: 192.0.2.%d
        enabled: %s
        size: "%s{port * 2}"
      children:
        web: {hosts: {%s: {}, w9: {port: 81}}}
        db: {hosts: {"db[01:0%d]": {}}, vars: {role: storage}}
        east: {hosts: {w9: {}, db01: {}}}
    """
        .formatted(
            1 + random.nextInt(65000),
            random.nextInt(255),
            one("true", "false"),
            "$",
            one("w1", "\"w[1:3]\"", "w-1.example"),
            1 + random.nextInt(8));
  }

  private String play() {
    var text = new StringBuilder();
    text.append("- name: play ").append(number++).append('\n');
    text.append("  hosts: ").append(quoted(GROUPS.get(random.nextInt(GROUPS.size())))).append('\n');
    if (chance(3)) {
      text.append("  become: ").append(one("true", "no")).append('\n');
    }
    if (chance(4)) {
      text.append("  serial: ").append(one("1", "[1, 2]", "50%")).append('\n');
    }
    if (chance(4)) {
      text.append("  gather_facts: false\n");
    }
    if (chance(3)) {
      text.append("  environment: {LANG: C, PORT: \"${port}\"}\n");
    }
    text.append("  vars:\n    local: \"${service}-${port}\"\n    list: [a, \"${local}\", 3]\n");
    if (chance(3)) {
      text.append("  roles: [").append(role()).append("]\n");
    }
    text.append("  handlers:\n    - name: restart\n      command: \"true\"\n      listen: again\n");
    text.append("  tasks:\n");
    int tasks = 1 + random.nextInt(6);
    for (int i = 0; i < tasks; i++) {
      text.append(task(4, 0));
    }
    return text.toString();
  }

  private String role() {
    String name = "role" + number++;
    files.put("roles/" + name + "/tasks/main.yml", task(0, 0) + task(0, 1));
    files.put("roles/" + name + "/defaults/main.yml", "given: here\n");
    files.put("roles/" + name + "/templates/in-role.ftl", template());
    return chance(2) ? name : "{role: " + name + ", given: there, tags: [r]}";
  }

  private String task(int indent, int depth) {
    String pad = " ".repeat(indent);
    if (depth < 3 && chance(6)) {
      var block = new StringBuilder(pad + "- block:\n");
      block.append(task(indent + 4, depth + 1));
      if (chance(2)) {
        block.append(pad).append("  rescue:\n").append(task(indent + 4, depth + 1));
      }
      if (chance(2)) {
        block.append(pad).append("  always:\n").append(task(indent + 4, depth + 1));
      }
      return block.append(keywords(pad + "  ", false)).toString();
    }
    if (depth < 2 && chance(8)) {
      String file = "part" + number++ + ".yml";
      files.put(file, task(0, depth + 1));
      return pad + "- import_tasks: " + file + "\n";
    }
    return pad
        + "- name: task "
        + number++
        + "\n"
        + pad
        + "  "
        + call()
        + "\n"
        + keywords(pad + "  ", true);
  }

  private String call() {
    return switch (random.nextInt(10)) {
      case 0 -> "debug: {msg: " + quoted(text()) + "}";
      case 1 -> "command: echo " + one("hello", "${port}", "${service?upper_case}");
      case 2 -> {
        String name = "t" + number++ + ".ftl";
        files.put("templates/" + name, template());
        yield "template: {src: " + name + ", dest: /tmp/x, mode: \"0644\"}";
      }
      case 3 -> "copy: {dest: /tmp/y, content: " + quoted(text()) + "}";
      case 4 -> "file: {path: \"/tmp/${service}\", state: directory}";
      case 5 -> "assert: {that: [" + condition() + "]}";
      case 6 -> "service: {name: x, state: " + one("started", "stopped") + ", enabled: true}";
      case 7 -> {
        String name = "set" + number++;
        names.add(name);
        yield "set_fact: {" + name + ": " + quoted(text()) + "}";
      }
      case 8 -> "lineinfile: {path: /tmp/z, line: " + quoted(text()) + "}";
      default -> "shell: \"echo ${port}; true\"";
    };
  }

  private String keywords(String pad, boolean task) {
    var text = new StringBuilder();
    if (chance(4)) {
      text.append(pad).append("when: ").append(quoted(condition())).append('\n');
    }
    if (chance(5)) {
      text.append(pad).append("tags: [").append(one("a", "b", "always")).append("]\n");
    }
    if (task && chance(5)) {
      text.append(pad)
          .append("loop: ")
          .append(one("[x, y]", "\"${people}\"", "\"${1..3}\"", "{k: v}"));
      text.append('\n');
    }
    if (task && chance(6)) {
      text.append(pad).append("notify: ").append(one("restart", "again")).append('\n');
    }
    if (chance(6)) {
      text.append(pad).append("vars: {own: \"${vip}\"}\n");
    }
    return text.toString();
  }

  private String condition() {
    return one(
        "port gt 80",
        "enabled",
        "service == 'app'",
        "people?size == 2 && !enabled",
        "(role!'none') == 'storage'",
        "list?seq_contains('a') || false",
        "vip?matches(r'192\\..*')",
        "groups.db?size gte 1");
  }

  private String text() {
    return one(
        "plain",
        "${local}",
        "${service}:${port}",
        "${people[0].name?cap_first}",
        "${(role!'none')?length}",
        "${people?map(p -> p.name)?join(', ')}",
        "<#if enabled>on<#else>off</#if>",
        "<#list people as p>${p.name}<#sep>,</#list>",
        "${b64encode(service)} ${hash('x', 'sha256')}",
        "${inventory_hostname} of ${groups.all?size}",
        "${size}",
        "${hostvars[inventory_hostname].port}");
  }

  private String template() {
    return text() + "\n<#-- about ${nothing} -->\n" + text() + "\n";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
