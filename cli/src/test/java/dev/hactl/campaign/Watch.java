package dev.hactl.campaign;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Catches a step of a run at work and stops its processes there, so that the controller can be hit
 * with certainty inside the step. Whether a step is at work is told by its output: some process has
 * the step's own file as standard output.
 */
final class Watch {
  /** How long one look lasts; after each it is asked whether the run is still on. */
  private static final int LOOK_SECONDS = 2;

  private Watch() {}

  /**
   * A step at work.
   *
   * @param group its process group
   * @param what its processes
   */
  record Caught(Machine machine, int group, String what) {
    /** Lets the processes go on, those that are still there. */
    void go() {
      machine.sh("kill -s CONT -- -" + group + " 2>/dev/null; exit 0");
    }

    /** Lets them work for a while, then stops them again. */
    void work(Duration time) {
      machine.sh(
          "kill -s CONT -- -%1$d; sleep %2$s; kill -s STOP -- -%1$d 2>/dev/null; exit 0"
              .formatted(group, time.toMillis() / 1000.0));
    }
  }

  /**
   * Waits for a step.
   *
   * @param nth how many steps of the run on this machine to let pass, this one included
   * @param program shell patterns, one of which the command lines of the step must match
   * @param running whether the run is still on
   * @return empty when no such step came
   */
  static Optional<Caught> step(Machine machine, int nth, String program, BooleanSupplier running) {
    String seen = "";
    while (true) {
      boolean on = running.getAsBoolean();
      String said = machine.sh(script(nth, program, seen));
      if (said.startsWith("caught ")) {
        String[] words = said.split(" ", 3);
        return Optional.of(new Caught(machine, Integer.parseInt(words[1]), atWork(words[2])));
      }
      if (!on) {
        return Optional.empty();
      }
      seen = said;
    }
  }

  /** The processes without the shells that wait for them, where there are others. */
  private static String atWork(String processes) {
    List<String> all =
        Arrays.stream(processes.replaceAll("\\s+", " ").split(" ?@@ "))
            .filter(p -> !p.isBlank())
            .toList();
    List<String> others = all.stream().filter(p -> !p.matches("(/bin/)?sh (-c|/).*")).toList();
    return String.join("; ", others.isEmpty() ? List.of("sh") : others);
  }

  private static String script(int nth, String program, String seen) {
    return """
    seen='%4$s ' end=$(($(date +%%s) + %3$d))
    set -- $seen; n=$#
    wanted() {
      what=
      for q in /proc/[0-9]*; do
        read -r line < $q/stat && set -- "$1" ${line##*") "} && [ "$4" = "$1" ] || continue
        what="$what @@ $(head -c 1000 $q/cmdline | tr '\\0\\n' '  ')"
      done 2>/dev/null
      case $what in %2$s) return 0 ;; esac
      return 1
    }
    while [ "$(date +%%s)" -lt $end ]; do
      for o in /run/hactl/*/*/*.o; do
        [ -e "$o" ] || continue
        case $seen in *" $o "*) ;; *) seen="$seen$o " n=$((n + 1)) ;; esac
        [ $n -ge %1$d ] || continue
        for p in /proc/[0-9]*; do
          [ "$p/fd/1" -ef "$o" ] && read -r line < $p/stat || continue
          set -- ${line##*") "}; group=$3
          [ %5$s ] || wanted $group || continue
          kill -s STOP -- -$group
          if [ "$p/fd/1" -ef "$o" ] && wanted $group; then
            echo "caught $group $what"
            exit 0
          fi
          kill -s CONT -- -$group
        done 2>/dev/null
      done
      sleep 0.005
    done
    echo "$seen"
    """
        .formatted(nth, program, LOOK_SECONDS, seen, program.equals("*") ? "1" : "");
  }
}
