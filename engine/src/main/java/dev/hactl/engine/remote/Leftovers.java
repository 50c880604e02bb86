package dev.hactl.engine.remote;

import dev.hactl.engine.module.Sh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The steps that go on, or went on, without anybody listening. Each left a script, what it wrote
 * and in the end its status in the private directory of the shell that started it.
 */
final class Leftovers {
  /** {@code RUN/TOKEN} of root's directories, {@code .hactl-RUN-TOKEN} of others. */
  private static final Pattern RUN =
      Pattern.compile(".*/(?:\\.hactl-)?([A-Za-z0-9-]+)[/-][0-9a-f]+");

  /** Whether the process whose /proc/PID/stat a file holds is still the same one and alive. */
  private static final String SAME =
      """
      same() {
      read -r l <"$1" || return 1
      q=${l%% *}; set -- ${l##*") "}; b=${20}
      read -r l </proc/$q/stat || return 1
      set -- ${l##*") "}; [ "${20}" = "$b" ] && [ "$1" != Z ]
      }
      """;

  private Leftovers() {}

  /** All leftovers of one identity. */
  static List<Detached> list(Shell shell) {
    Fragment probe =
        Fragment.probe(
            "look for detached steps",
            """
            exec 2>/dev/null
            %s
            for d in /run/hactl/*/* "$XDG_RUNTIME_DIR"/.hactl-*-* /dev/shm/.hactl-*-* /tmp/.hactl-*-*; do
            [ -d "$d" ] && [ ! -h "$d" ] && [ -O "$d" ] || continue
            for f in "$d"/*.sh; do
            n=${f##*/}; n=${n%%.sh}
            s=; read -r s k <"$d/$n.now" && [ "$s" = PROTECTED ] || continue
            t=; [ ! -e "$d/$n.task" ] || read -r t <"$d/$n.task"
            [ -n "$t" ] || [ -e "$d/$n.gone" ] || ! same "$d/owner" || continue
            same "$d/$n.pid" && r=1 || r=0
            echo "$r $n $d"; echo "$t"
            done
            done
            """
                .formatted(SAME));
    List<Detached> found = new ArrayList<>();
    if (shell.send(Message.of(probe)).getFirst() instanceof Outcome.Finished finished) {
      List<String> lines = finished.out().text().lines().toList();
      for (int i = 0; i + 1 < lines.size(); i += 2) {
        String[] words = lines.get(i).split(" ", 3);
        Matcher run = RUN.matcher(words[2]);
        if (run.matches()) {
          Optional<String> task = Optional.of(lines.get(i + 1)).filter(t -> !t.isEmpty());
          found.add(new Detached(run.group(1), words[1], words[2], words[0].equals("1"), task));
        }
      }
    }
    return List.copyOf(found);
  }

  /** Tells a step that nobody listens to its old shell any more, and ends that shell. */
  static Fragment orphan(String directory, String number) {
    String d = Sh.quote(directory);
    return Fragment.step(
            "end the lost shell",
            "[ -d %1$s ] || exit 0\n: >%1$s/%2$s.gone\n%3$sif same %1$s/owner; then kill -KILL $q; fi\n"
                .formatted(d, number, SAME))
        .asTrusted()
        .withDeadline(Duration.ofSeconds(10));
  }

  /** Ends a shell whose link is lost, and what it runs unless that is protected. */
  static Fragment endLost(String directory) {
    return Fragment.step(
            "end the lost shell",
            "d=%s\n[ -d \"$d\" ] || exit 0\n%s%sif same \"$d/owner\"; then end_silent \"$q\" \"$d\"; fi 2>/dev/null\nexit 0\n"
                .formatted(Sh.quote(directory), SAME, LockScript.END_SILENT))
        .asTrusted()
        .withDeadline(Duration.ofSeconds(10));
  }

  /** Waits for a step, takes its outcome and removes its traces. */
  static Outcome await(Shell shell, Detached step, Duration patience) {
    String head =
        "exec 2>/dev/null\nd=%s n=%s\nread -r s k <\"$d/$n.now\" || exit 0\n"
            .formatted(Sh.quote(step.directory()), step.id());
    Fragment wait =
        Fragment.probe(
                "wait for the detached step",
                head
                    + SAME
                    + """
                    while [ ! -s "$d/$k.s" ] && same "$d/$n.pid"; do sleep 1; done
                    [ -s "$d/$k.s" ] && read -r r <"$d/$k.s" && echo $r
                    """)
            .withDeadline(patience);
    Outcome waited = shell.send(Message.of(wait)).getFirst();
    if (waited instanceof Outcome.TimedOut) {
      return new Outcome.TimedOut(
          "the protected step still runs", Bytes.EMPTY, Bytes.EMPTY, /* abandoned= */ true);
    }
    if (waited instanceof Outcome.Cancelled) {
      return new Outcome.Cancelled(/* leftRunning= */ true);
    }
    if (!(waited instanceof Outcome.Finished finished)) {
      return waited;
    }
    Optional<Integer> status = status(finished.out().text().strip());
    Fragment take =
        Fragment.probe("take its output", head + "cat \"$d/$k.o\"")
            .withOutputCap(Fragment.STEP_CAP);
    Fragment takeErrors =
        Fragment.probe("take its errors", head + "cat \"$d/$k.e\"")
            .withOutputCap(Fragment.STEP_CAP);
    Fragment clean =
        Fragment.step(
                "remove its traces",
                head
                    + SAME
                    + """
                    rm -f "$d/$n".* "$d/$k".*
                    set -- "$d"/*.sh
                    [ -e "$1" ] || same "$d/owner" || { rm -rf "$d"; rmdir "${d%/*}"; }
                    exit 0
                    """)
            .asTrusted();
    List<Outcome> taken = shell.send(new Message(List.of(take, takeErrors, clean), false));
    if (status.isEmpty()) {
      return new Outcome.Lost("the protected step was killed on the host, or never started");
    }
    if (taken.get(0) instanceof Outcome.Finished out
        && taken.get(1) instanceof Outcome.Finished err) {
      return new Outcome.Finished(
          status.get(),
          Signals.ofStatus(status.get()),
          out.out(),
          err.out(),
          out.truncated() || err.truncated());
    }
    return taken.get(0);
  }

  private static Optional<Integer> status(String text) {
    return text.matches("[0-9]{1,5}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }
}
