package dev.hactl.modules.commands;

import dev.hactl.engine.lint.About;
import dev.hactl.engine.lint.Findings;
import dev.hactl.engine.lint.HactlRules;
import dev.hactl.engine.lint.LintRule;
import dev.hactl.engine.lint.RuleBook;
import dev.hactl.engine.lint.WrittenTask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands that never come to an end, destroy something, or are a module's work. */
@HactlRules
public final class CommandRules implements RuleBook {
  private static final Set<String> COMMANDS = Set.of("command", "shell", "script");

  private static final About ALWAYS =
      About.advice(
          "command-always-changes",
          "The task reports a change on every run, and check mode can never say that all is well.",
          "docs/guide.md; docs/modules/command.md",
          "say when it is needed (creates, removes, check), or changed_when: false when it only looks");

  private static final About MODULE =
      About.advice(
          "command-instead-of-module",
          "A command neither foresees nor verifies what it does; the module shows the difference and"
              + " changes nothing twice.",
          "docs/modules/README.md",
          "use the module");

  private static final About DESTROYS =
      About.error(
          "command-destroys",
          "A command that overwrites or discards data asks nobody, and runs again with the playbook.",
          "drbdadm(8), mkfs(8), wipefs(8), pcs(8)",
          "use the module, which refuses where data would be lost, or do it by hand");

  private static final About NO_SHELL =
      About.advice(
          "shell-not-needed",
          "A shell reads meaning into characters that a value may hold.",
          "docs/modules/shell.md",
          "write command: instead of shell:");

  private static final About BASHISM =
      About.warning(
          "shell-not-posix",
          "Texts are read by /bin/sh, which on Debian and with BusyBox is not bash.",
          "dash(1); POSIX, Shell Command Language",
          "write it as POSIX says, or name the shell: executable: /bin/bash");

  /** What begins a command, and the module that does the same. */
  private static final Map<String, String> MODULES =
      Map.ofEntries(
          Map.entry("(systemctl|service|chkconfig|update-rc\\.d)", "service"),
          Map.entry("(apt-get|apt|aptitude|dpkg -i)", "apt"),
          Map.entry("(yum|dnf)", "package"),
          Map.entry("(useradd|usermod|adduser)", "user"),
          Map.entry("(groupadd|groupmod)", "group"),
          Map.entry("sysctl (-w|[a-z.]+=)", "sysctl"),
          Map.entry("(mount|umount)", "mount"),
          Map.entry("(chmod|chown|chgrp|mkdir|ln)", "file"),
          Map.entry("modprobe", "modprobe"),
          Map.entry("(hostnamectl set-hostname|hostname \\S)", "hostname"),
          Map.entry("(pvcreate|vgcreate|lvcreate|lvextend)", "lvm"),
          Map.entry("losetup", "losetup"),
          Map.entry("firewall-cmd", "firewalld"),
          Map.entry("iptables", "iptables"),
          Map.entry("crontab", "cron"),
          Map.entry("exportfs", "nfs_export"),
          Map.entry("docker (run|rm|start|stop)", "docker_container"),
          Map.entry("docker (load|pull|build)", "docker_image"),
          Map.entry("setenforce", "selinux"),
          Map.entry("pcs (resource|constraint|property|stonith)", "pcs_resource and its like"),
          Map.entry("drbdadm (create-md|up|adjust)", "drbd"));

  private static final List<Pattern> DESTROYING =
      List.of(
          Pattern.compile("\\bmkfs(\\.\\w+)?\\s"),
          Pattern.compile("\\bwipefs\\s+(\\S+\\s+)*(-a|--all)"),
          Pattern.compile("\\bdrbdadm\\b.*(--force|--overwrite-data-of-peer|--discard-my-data)"),
          Pattern.compile("\\bdrbdadm\\s+(invalidate|wipe-md|new-current-uuid)"),
          Pattern.compile("\\bpcs\\s+cluster\\s+destroy"),
          Pattern.compile("\\bcibadmin\\b.*(--erase|\\s-E)\\b"),
          Pattern.compile("\\bdd\\s+.*\\bof=/dev/(?!null\\b|stdout\\b)"),
          Pattern.compile("\\brm\\s+(-\\w+\\s+)+/(\\s|$|\\*)"));

  /** What bash has and POSIX has not. */
  private static final Map<String, Pattern> BASH =
      Map.of(
          "[[ ]]", Pattern.compile("(^|[\\s;&|(!])\\[\\[\\s"),
          "<( )", Pattern.compile("\\s[<>]\\([^)]"),
          "<<<", Pattern.compile("<<<"),
          "&>", Pattern.compile("(^|\\s)&>"),
          "source", Pattern.compile("(^|[;&|]\\s*)source\\s", Pattern.MULTILINE),
          "function NAME", Pattern.compile("(^|[;&|]\\s*)function\\s+\\w", Pattern.MULTILINE),
          "an array", Pattern.compile("(^|[\\s;])\\w+=\\([^)]*\\)", Pattern.MULTILINE),
          "set -o pipefail", Pattern.compile("\\bset\\s+-\\w*o\\s+pipefail"),
          "pushd", Pattern.compile("(^|[;&|]\\s*)(pushd|popd)\\b", Pattern.MULTILINE));

  private static final Pattern SHELL_CHARACTERS = Pattern.compile("[|&;<>()$`*?\\[\\]{}~\\n#!]");
  private static final Pattern BUILT_IN =
      Pattern.compile(
          "\\s*(\\w+=|(cd|umask|ulimit|export|set|exec|eval|type|trap|command|\\.)\\b).*");

  @Override
  public List<LintRule> rules() {
    return List.of(
        LintRule.written(ALWAYS, CommandRules::always),
        LintRule.written(MODULE, CommandRules::module),
        LintRule.written(DESTROYS, CommandRules::destroys),
        LintRule.written(NO_SHELL, CommandRules::needless),
        LintRule.written(BASHISM, CommandRules::bashism));
  }

  /** The command as one text. */
  private static Optional<String> text(WrittenTask task) {
    return Set.of("command", "shell").contains(task.module()) ? task.text("cmd") : Optional.empty();
  }

  private static boolean conditional(WrittenTask task) {
    return List.of("creates", "removes", "check").stream().anyMatch(p -> task.node(p).isPresent());
  }

  private static void always(WrittenTask task, Findings found) {
    if (COMMANDS.contains(task.module())
        && !conditional(task)
        && !task.handler()
        && task.changedWhen().isEmpty()) {
      found.at(task.place(), "this counts as a change on every run");
    }
  }

  private static void module(WrittenTask task, Findings found) {
    boolean looksOnly = task.changedWhen().stream().anyMatch(c -> c.text().equals("false"));
    text(task)
        .filter(t -> !looksOnly)
        .ifPresent(text ->
            MODULES.forEach((words, module) -> {
              if (Pattern.compile("\\s*" + words + "(\\s.*|$)", Pattern.DOTALL)
                  .matcher(text)
                  .matches()) {
                found.at(
                    task.place("cmd"),
                    "this is the work of the module " + module,
                    "use " + module + ", which changes nothing twice; 'hactl doc' describes it");
              }
            }));
  }

  private static void destroys(WrittenTask task, Findings found) {
    text(task)
        .ifPresent(text -> {
          for (Pattern pattern : DESTROYING) {
            Matcher m = pattern.matcher(text);
            if (m.find()) {
              found.at(task.place("cmd"), "'" + m.group().strip() + "' destroys what is there");
              return;
            }
          }
        });
  }

  private static void needless(WrittenTask task, Findings found) {
    text(task)
        .filter(t -> task.module().equals("shell") && task.node("executable").isEmpty())
        .map(t -> t.replaceAll("\\$\\{[^}]*\\}", "x").strip())
        .filter(t -> !SHELL_CHARACTERS.matcher(t).find() && !BUILT_IN.matcher(t).matches())
        .ifPresent(t -> found.at(task.place(), "nothing in this text needs a shell"));
  }

  private static void bashism(WrittenTask task, Findings found) {
    if (task.module().equals("shell") && task.node("executable").isEmpty()) {
      text(task)
          .flatMap(CommandRules::notPosix)
          .ifPresent(what -> found.at(task.place("cmd"), "sh does not know " + what));
    }
  }

  /** Something that bash knows and sh need not, as the message calls it. */
  public static Optional<String> notPosix(String text) {
    String code =
        text.lines()
            .filter(l -> !l.strip().startsWith("#"))
            .map(l -> l.replaceAll("'[^']*'", "''"))
            .reduce("", (a, b) -> a + b + "\n");
    return BASH.entrySet().stream()
        .filter(e -> e.getValue().matcher(code).find())
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }
}
