package dev.hactl.cli.convert;

import java.util.Map;
import java.util.Optional;

/** What to write instead of modules of Ansible that hactl does not have. */
final class Instead {
  private static final String LOOK = ", changed_when: false, and register it";

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry(
              "replace",
              "lineinfile keeps one line, blockinfile several, template the whole file; or write:"
                  + " command: sed -i 's/OLD/NEW/' FILE, with check: \"! grep -q OLD FILE\""),
          Map.entry(
              "unarchive",
              "bring the archive with copy, then write: command: tar -xf ARCHIVE -C FOLDER, with"
                  + " creates: a file that comes out of it"),
          Map.entry(
              "get_url",
              "keep the file beside the playbook and copy it; or write: command: curl -fsSL -o FILE"
                  + " URL, with creates: FILE"),
          Map.entry(
              "uri",
              "to look, write: command: curl -fsS URL" + LOOK + "; until: waits for an answer"),
          Map.entry("find", "write: command: find FOLDER -name 'PATTERN'" + LOOK),
          Map.entry("slurp", "write: command: cat FILE" + LOOK),
          Map.entry("fetch", "write: command: cat FILE" + LOOK + "; what it prints comes here"),
          Map.entry("raw", "write shell: it needs nothing but sh on the host"),
          Map.entry("ping", "leave it out: every host is reached before anything is changed"),
          Map.entry(
              "wait_for_connection",
              "leave it out: a run reaches its hosts first; to wait for a port write wait_for"),
          Map.entry("assemble", "write template, with <#include> for the parts"),
          Map.entry("ini_file", "write lineinfile for one setting, or template for the whole file"),
          Map.entry(
              "synchronize",
              "write copy with src: a folder; a large one: command: rsync ..., delegated to localhost"),
          Map.entry("git", "write: command: git clone URL FOLDER, with creates: FOLDER/.git"),
          Map.entry("pip", "write: command: pip install NAME, with check: pip show NAME"),
          Map.entry("reboot", "hactl boots no host; do it by hand, one host at a time"),
          Map.entry(
              "add_host", "hactl knows all hosts before it runs: write them into the inventory"),
          Map.entry(
              "group_by",
              "write the groups into the inventory, or when: with the fact on the tasks"),
          Map.entry(
              "parted", "write: command: sfdisk ..., with check: that the partition is there"),
          Map.entry("lvol", "write lvm"),
          Map.entry("lvg", "write lvm"),
          Map.entry("pacemaker_resource", "write pcs_resource"),
          Map.entry("pacemaker_stonith", "write pcs_stonith"),
          Map.entry("pacemaker_cluster", "write pacemaker"),
          Map.entry("tempfile", "write: command: mktemp, and register it"),
          Map.entry("timezone", "write: command: timedatectl set-timezone ZONE, with check:"),
          Map.entry(
              "seboolean",
              "write: command: setsebool -P NAME on, with check: getsebool NAME | grep -q 'on$'"));

  private Instead() {}

  /** The advice for a module, by its short name; empty where there is none. */
  static Optional<String> of(String module) {
    return Optional.ofNullable(WORDS.get(module));
  }
}
