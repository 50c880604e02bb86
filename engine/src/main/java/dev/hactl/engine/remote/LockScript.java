package dev.hactl.engine.remote;

import dev.hactl.engine.module.Sh;
import dev.hactl.engine.remote.HostLock.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a host is locked through a supervisor, whose descriptor 9 stays open on the lock's file.
 *
 * <p>Beside the lock lie {@code holder}: boot id, the supervisor's pid, start time and private
 * directory, then the record; {@code beat}: when the holder's controller was last heard of, by the
 * host's clock; and {@code dying}, written by a supervisor whose controller went away.
 */
final class LockScript {
  private static final int HELD = 75;

  /** Seconds to wait for the remains of a dead run. */
  private static final int REMAINS = 10;

  /** Seconds in which a host notices that the controller of our own last run was killed. */
  private static final int OWN = 2;

  /** Seconds after which a silent controller counts as dead; living ones speak every 20. */
  private static final int SILENT = 120;

  /**
   * Run by the supervisor itself: only so the open file outlives the attempt. A special built-in
   * whose redirection fails would end the shell.
   */
  private static final String OPEN =
      """
      if [ -n "$H_F" ]; then H_G=/run/hactl; (umask 077; mkdir -p -m 700 "$H_G")
      else H_G=${H_D%/*}/.hactl-lock-$(id -u); (umask 077; mkdir -m 700 "$H_G"); fi
      [ -d "$H_G" ] && [ ! -h "$H_G" ] && [ -O "$H_G" ] && true >>"$H_G/lock" && command exec 9>>"$H_G/lock"
      """;

  private static final String CLOSE = "exec 9>/dev/null\n";

  /**
   * Ends a supervisor whose controller is silent, and its job unless that is inside a protected
   * step or meant to go on by itself: a child that leads a session of its own, or all that is in
   * the session which the supervisor leads. It cannot be asked to do so itself: some shells handle
   * no signal while they wait for input.
   */
  static final String END_SILENT =
      """
      end_silent() {
      keep= own=
      for f in "$2"/*.now; do
      [ -e "$f" ] || continue
      if [ -e "${f%.now}.task" ]; then
      read -r l <"${f%.now}.pid" && set -- "$1" "$2" ${l##*") "} && own="$own $6"
      continue
      fi
      : >"${f%.now}.gone"; read -r s k <"$f" && [ "$s" = PROTECTED ] && keep=1
      done
      jobs=
      for f in /proc/[0-9]*/stat; do
      read -r l <"$f" || continue
      j=${l%% *}; set -- "$1" "$2" ${l##*") "}
      case " $own " in *" $6 "*) continue ;; esac
      [ "$4" = "$1" ] && [ "$5" = "$j" ] && jobs="$jobs -$j"
      [ "$6" = "$1" ] && [ "$j" != "$1" ] && jobs="$jobs $j"
      done
      kill -KILL "$1"
      [ -n "$jobs" ] && [ -z "$keep" ] || return 0
      kill -TERM $jobs; sleep 1; kill -KILL $jobs; return 0
      }
      """;

  private final SupervisedShell shell;
  private final LockRecord record;

  LockScript(SupervisedShell shell, LockRecord record) {
    this.shell = shell;
    this.record = record;
  }

  /** One attempt; the holder's handle is the caller's business. */
  Result acquire(HostLock.Handle handle) {
    Outcome outcome = shell.sendLocking(OPEN, attempt());
    if (outcome instanceof Outcome.Finished f && f.succeeded()) {
      List<String> said = f.out().text().lines().toList();
      return new Result.Acquired(
          handle,
          Optional.of(field(said, 0)).filter(t -> t.matches("-?[0-9]+")).map(LockScript::seconds),
          field(said, 1).equals("remains"));
    }
    shell.control(CLOSE);
    return switch (outcome) {
      case Outcome.Finished f when f.status() == HELD -> held(f.out().text().lines().toList());
      case Outcome.Finished f -> new Result.Failed(f.err().text().strip());
      case Outcome.TimedOut t -> new Result.Failed("asking for the lock hangs: " + t.doing());
      case Outcome.Lost lost -> new Result.Failed(lost.why());
      case Outcome.Cancelled _, Outcome.NotRun _ -> new Result.Failed("cancelled");
    };
  }

  private Fragment attempt() {
    String text =
        """
        g=$H_G; unset H_G
        command -v flock >/dev/null || { echo 'flock (util-linux or BusyBox) is missing' >&2; exit 1; }
        [ -w "$g/lock" ] || { echo "cannot write $g/lock" >&2; exit 1; }
        exec 8>&2 2>/dev/null
        read -r boot </proc/sys/kernel/random/boot_id
        born() { read -r l <"/proc/$1/stat" && set -- ${l##*") "} && echo "${20}"; }
        age() { t=0; read -r t <"$g/beat"; echo $(($(date +%%s) - t)); }
        """
            + END_SILENT.replace("%", "%%")
            + """
            i=0
            until flock -n 9; do
            b= p= s= d= r= u= c=
            { read -r b; read -r p; read -r s; read -r d; read -r r; read -r u; read -r c; } <"$g/holder"
            alive=0; [ -n "$s" ] && [ "$(born "$p")" = "$s" ] && [ "$b" = "$boot" ] && alive=1
            limit=%1$d
            if [ $alive = 1 ] && [ ! -e "$g/dying" ]; then
            limit=0; [ "$u" = %2$s ] && [ "$c" = %3$s ] && limit=%4$d
            [ "$r" = %8$s ] && limit=0
            [ "$(age)" -gt %5$d ] && end_silent "$p" "$d" && continue
            fi
            if [ $i -ge $limit ]; then echo $alive; age; cat "$g/holder"; exit %6$d; fi
            i=$((i + 1)); sleep 1
            done
            free=
            if [ -s "$g/holder" ]; then free=0
            elif [ -e "$g/holder" ]; then free=$(($(date +%%s) - $(stat -c %%Y "$g/holder"))); fi
            remains=
            for d in "$g"/*/*/ "${D%%/*}"/.hactl-*-*/; do [ ! -e "$d/owner" ] || [ "$d" = "$D/" ] || remains=remains; done
            printf '%%s\\n' "$free" "$remains"
            rm -f "$g/dying"
            date +%%s >"$g/beat"
            { echo "$boot"; echo $PPID; born $PPID; echo "$D"; printf '%%s\\n' %7$s; } >"$g/holder"
            """;
    String reason = line(record.reason());
    return Fragment.probe(
            "lock the host",
            text.formatted(
                REMAINS,
                Sh.quote(line(record.user())),
                Sh.quote(line(record.controller())),
                OWN,
                SILENT,
                HELD,
                Sh.words(
                    List.of(
                        line(record.run()),
                        line(record.user()),
                        line(record.controller()),
                        reason,
                        String.valueOf(record.since().toEpochMilli()))),
                Sh.quote(line(record.run()))))
        .withDeadline(Duration.ofSeconds(REMAINS + 20L));
  }

  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  /** What the attempt printed: whether the holder's shell lives, its silence, the holder's file. */
  private static Result held(List<String> lines) {
    boolean orphaned = lines.isEmpty() || lines.getFirst().equals("0");
    return new Result.HeldBy(
        new LockRecord(
            field(lines, 6),
            field(lines, 7),
            field(lines, 8),
            field(lines, 9),
            Instant.ofEpochMilli(number(field(lines, 10)))),
        Duration.ofSeconds(number(field(lines, 1))),
        orphaned);
  }

  private static String field(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "unknown";
  }

  /** Clocks that were set back in between count as no time at all. */
  private static Duration seconds(String text) {
    return Duration.ofSeconds(number(text));
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : 0;
  }

  /** Tells the host that the controller lives; a shell without the lock does nothing. */
  static void beat(SupervisedShell shell) {
    shell.control("[ -z \"$H_G\" ] || date +%s >\"$H_G/beat\"\n");
  }

  /**
   * Keeps the host locked until a process has ended that does not hold the lock itself, because it
   * works as somebody else.
   *
   * @param process its pid and its start time, as /proc tells them
   */
  static void keep(SupervisedShell shell, String process) {
    if (process.matches("[0-9]+ [0-9]+")) {
      shell.control(
          """
          H_W=1; ( $H_S sh -c 'trap : HUP INT TERM
          while read -r l <"/proc/$0/stat" && b=$1 && set -- ${l##*") "} && [ "${20}" = "$b" ] && [ "$1" != Z ]
          do set -- "$b"; sleep 1; done' %s </dev/null >/dev/null 2>&1 5>&- & )
          """
              .formatted(process));
    }
  }

  /** Gives the lock back and returns when the host has it. */
  static void releaseNow(SupervisedShell shell) {
    shell.control(CLOSE);
    shell.send(Message.of(Fragment.probe("give the lock back", ":")));
  }

  /** Gives the lock back; a step that goes on by itself still has it, and says whose it is. */
  static void release(SupervisedShell shell) {
    shell.control(
        """
        [ -z "$H_L" ] || { set -- "$H_D"/*.sh; [ -e "$1" ] || H_L=; }
        [ -z "$H_G" ] || [ -n "$H_L$H_W" ] || : >"$H_G/holder"
        """
            + CLOSE);
  }
}
