package dev.hactl.modules.packages;

import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Wraps commands of a package tool so that they are silent, wait for locks and can be repaired. */
final class Transaction {
  /** How long a transaction may take. */
  static final Duration DEADLINE = Duration.ofMinutes(30);

  private Transaction() {}

  /**
   * A step that is never ended early.
   *
   * @param tool the host's tool
   * @param commands shell text; {@code h_tool} before each command of the tool
   * @param packages what it is about, noted on the host
   * @param removed packages whose services may be stopped because they go away
   */
  static Step step(
      Tool tool, Options options, String commands, List<String> packages, List<String> removed) {
    var text = new StringBuilder();
    text.append(frame(tool, options, packages));
    if (tool.dpkg()) {
      text.append(policy(options, removed));
    }
    text.append(commands).append("exit 0\n");
    return Step.protectedSh(text.toString(), DEADLINE);
  }

  private static String policy(Options options, List<String> removed) {
    String stops =
        removed.stream().distinct().map(p -> "'stop " + p + "'").collect(Collectors.joining("|"));
    // What is being removed may be stopped; an upgrade must neither stop nor restart what runs.
    String exception =
        stops.isEmpty()
            ? ""
            : """
            case "$2 $DPKG_MAINTSCRIPT_PACKAGE" in
              %s) [ ! -x %s ] || exec %s "$@"; exit 0 ;;
            esac
            """
                .formatted(stops, Note.SAVED_POLICY, Note.SAVED_POLICY);
    return """
    cat > "$h_policy.hactl-new" <<'H_POLICY'
    #!/bin/sh
    %s
    %sexit %d
    H_POLICY
    chmod 0755 "$h_policy.hactl-new"
    if [ -e "$h_policy" ] || [ -h "$h_policy" ]; then mv -f "$h_policy" "$h_saved"; fi
    mv -f "$h_policy.hactl-new" "$h_policy"
    """
        .formatted(Note.POLICY_MARK, exception, options.policy());
  }

  /**
   * Waits for a transaction of hactl that still runs, puts back what an interrupted one left, notes
   * this one, and sees to it that everything is put back at the end.
   */
  private static String frame(Tool tool, Options options, List<String> packages) {
    return """
    umask 022
    h_note=%1$s h_policy=%2$s h_saved=%3$s h_limit=%5$d h_family=%7$s
    # Messages in one language, everything else in the host's: scripts of packages look at it.
    if [ -n "${LC_ALL:-}" ]; then LANG=$LC_ALL; export LANG; unset LC_ALL; fi
    unset LANGUAGE
    LC_MESSAGES=C DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical
    APT_LISTCHANGES_FRONTEND=none APT_LISTBUGS_FRONTEND=none NEEDRESTART_SUSPEND=1 UCF_FORCE_CONFFOLD=1
    export LC_MESSAGES DEBIAN_FRONTEND DEBIAN_PRIORITY
    export APT_LISTCHANGES_FRONTEND APT_LISTBUGS_FRONTEND NEEDRESTART_SUSPEND UCF_FORCE_CONFFOLD
    h_end=$(( $(date +%%s) + h_limit ))
    h_in_time() { [ "$(date +%%s)" -lt "$h_end" ]; }
    h_restore() {
      h_line=
      [ ! -r "$h_policy" ] || { IFS= read -r h_line; IFS= read -r h_line; } < "$h_policy" || :
      if { [ ! -e "$h_policy" ] && [ ! -h "$h_policy" ]; } || [ "$h_line" = '%4$s' ]; then
        if [ -e "$h_saved" ] || [ -h "$h_saved" ]; then
          mv -f "$h_saved" "$h_policy"
        else
          rm -f "$h_policy"
        fi
      else
        rm -f "$h_saved"
      fi
      rm -f "$h_policy.hactl-new"
    }
    h_alive() {
      h_pid= h_boot=
      [ -r "$h_note/process" ] || return 1
      read -r h_pid h_boot < "$h_note/process" || :
      [ -n "$h_pid" ] && [ "$h_boot" = "$h_now" ] && [ -d "/proc/$h_pid" ]
    }
    # Runs a package tool; a lock that somebody else holds is waited for, its holder never ended.
    h_tool() {
      while :; do
        h_status=0
        if [ "$h_family" = rpm ]; then h_locks; fi
        "$@" </dev/null 2>"$h_note/errors" || h_status=$?
        if [ "$h_status" -ne 0 ] && grep -E -q \\
          'Could not get lock|Unable to (acquire|lock)|locked by another process' "$h_note/errors"
        then
          if h_in_time; then sleep 1; continue; fi
          printf 'the package database stayed locked for %%s seconds:\\n' "$h_limit" >&2
        fi
        cat "$h_note/errors" >&2
        [ "$h_status" -eq 0 ] || return "$h_status"
        return 0
      done
    }
    # dnf and yum wait for each other without end; their pid files tell for whom.
    h_locks() {
      for h_f in /var/run/yum.pid /run/dnf.pid /var/cache/dnf/*_lock.pid /var/lib/dnf/*_lock.pid; do
        while h_pid=; [ -r "$h_f" ] && { read -r h_pid < "$h_f" || :; } && [ -n "$h_pid" ] \
          && [ -d "/proc/$h_pid" ]; do
          if ! h_in_time; then
            printf 'the package database stayed locked for %%s seconds by process %%s\\n' \\
              "$h_limit" "$h_pid" >&2
            exit 1
          fi
          sleep 1
        done
      done
    }
    h_now=
    [ ! -r /proc/sys/kernel/random/boot_id ] || read -r h_now < /proc/sys/kernel/random/boot_id || :
    while h_alive; do
      if ! h_in_time; then
        printf 'another package transaction of hactl still runs: process %%s\\n' "$h_pid" >&2
        exit 1
      fi
      sleep 1
    done
    set -e
    mkdir -p /var/lib/hactl
    h_restore
    rm -rf "$h_note"
    mkdir "$h_note"
    %6$s > "$h_note/packages"
    printf '%%s %%s\\n' "$$" "$h_now" > "$h_note/process"
    trap 'h_status=$?; trap - EXIT; h_restore; rm -rf "$h_note"; exit "$h_status"' EXIT
    trap : HUP INT TERM
    """
        .formatted(
            Note.DIRECTORY,
            Note.POLICY,
            Note.SAVED_POLICY,
            Note.POLICY_MARK,
            options.lockSeconds(),
            packages.isEmpty() ? ":" : "printf '%s\\n' " + Sh.words(packages),
            tool.dpkg() ? "apt" : "rpm");
  }
}
