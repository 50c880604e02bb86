package dev.hactl.modules.services;

import dev.hactl.engine.module.UnreadableAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A unit as {@code systemctl show} describes it.
 *
 * @param asked the name in the playbook
 * @param id the name systemd uses; differs from {@code asked} for an alias
 * @param load LoadState: loaded, not-found, masked, bad-setting, error
 * @param active ActiveState
 * @param sub SubState
 * @param fileState UnitFileState: enabled, disabled, static, masked, ...; may be empty
 * @param needsReload whether its files changed since systemd read them
 * @param mainPid process id of a running service, 0 when there is none
 * @param started when it last left the inactive state, in microseconds of the host's clock
 * @param activeSince when it last became active, likewise
 * @param restarts how often systemd itself restarted it since it was started (0 before v235)
 * @param result why it ended, {@code success} when nothing went wrong
 * @param oneshot whether it is of type oneshot and does not remain active
 * @param canReload whether it knows how to reload
 * @param fragment its main file
 * @param uptime the host's clock when it was looked at, in microseconds
 * @param initScript whether the init script behind it is enabled; empty for a native unit
 * @param file its file under /etc/systemd/system, when that was asked for and exists
 * @param why what {@code systemctl status} says when it failed
 */
record UnitState(
    String asked,
    String id,
    String load,
    String active,
    String sub,
    String fileState,
    boolean needsReload,
    long mainPid,
    long started,
    long activeSince,
    long restarts,
    String result,
    boolean oneshot,
    boolean canReload,
    String fragment,
    long uptime,
    Optional<Boolean> initScript,
    Optional<UnitFile> file,
    String why)
    implements ServiceState {

  /** A unit that systemd had to restart counts as up once it has held this long. */
  private static final long HELD_MICROS = 5_000_000;

  static UnitState parse(String asked, List<String> lines) {
    int why = lines.indexOf("Why");
    Map<String, String> p = new HashMap<>();
    for (String line : why < 0 ? lines : lines.subList(0, why)) {
      int eq = line.indexOf('=');
      if (eq > 0) {
        p.put(line.substring(0, eq), line.substring(eq + 1));
      }
    }
    String load = p.getOrDefault("LoadState", "");
    if (load.isEmpty()) {
      throw new UnreadableAnswer("systemctl says nothing of " + asked);
    }
    return new UnitState(
        asked,
        p.getOrDefault("Id", asked),
        load,
        p.getOrDefault("ActiveState", "inactive"),
        p.getOrDefault("SubState", ""),
        p.getOrDefault("UnitFileState", ""),
        "yes".equals(p.get("NeedDaemonReload")),
        number(p, "MainPID"),
        number(p, "InactiveExitTimestampMonotonic"),
        number(p, "ActiveEnterTimestampMonotonic"),
        number(p, "NRestarts"),
        p.getOrDefault("Result", ""),
        "oneshot".equals(p.get("Type")) && "no".equals(p.get("RemainAfterExit")),
        !"no".equals(p.get("CanReload")),
        p.getOrDefault("FragmentPath", ""),
        (long) (Double.parseDouble("0" + p.getOrDefault("Uptime", "")) * 1e6),
        Optional.ofNullable(p.get("InitScript")).map("yes"::equals),
        Optional.ofNullable(p.get("File")).map(l -> UnitFile.parse(l, p.getOrDefault("Sum", ""))),
        why < 0 ? "" : String.join("\n", lines.subList(why + 1, lines.size())).strip());
  }

  private static long number(Map<String, String> properties, String name) {
    String text = properties.getOrDefault(name, "");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  boolean exists() {
    return !load.equals("not-found");
  }

  boolean masked() {
    return load.equals("masked") || fileState.startsWith("masked");
  }

  /** Whether it will be started at boot, or is meant to be pulled in by others only. */
  boolean enabled() {
    return initScript.orElse(
        switch (fileState) {
          // enable has nothing to do for these: systemctl(1), is-enabled exits 0
          case "enabled", "alias", "static", "indirect", "generated" -> true;
          default -> false;
        });
  }

  boolean disabled() {
    return initScript
        .map(on -> !on)
        .orElse(
            !fileState.equals("enabled")
                && !fileState.equals("enabled-runtime")
                && !fileState.equals("alias"));
  }

  boolean isUp() {
    boolean active = this.active.equals("active") || this.active.equals("reloading");
    return active && (restarts == 0 || uptime - activeSince >= HELD_MICROS);
  }

  /** Whether something of it runs: starting, running, stopping or waiting to be restarted. */
  boolean running() {
    return !active.equals("inactive") && !active.equals("failed");
  }

  /** Whether it was started again since an earlier look. */
  boolean startedAfter(UnitState earlier) {
    return started != earlier.started || mainPid != earlier.mainPid;
  }

  /** State and sub-state as systemctl prints them. */
  String activity() {
    return sub.isEmpty() ? active : active + " (" + sub + ")";
  }

  /** How it stands, for a message. */
  String said() {
    String ended = result.isEmpty() || result.equals("success") ? "" : ", result " + result;
    return id + " is " + activity() + ended + (why.isEmpty() ? "" : "\n" + why);
  }
}
