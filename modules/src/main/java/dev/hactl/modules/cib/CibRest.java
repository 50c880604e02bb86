package dev.hactl.modules.cib;

import dev.hactl.engine.module.Sh;
import java.time.Duration;

/**
 * Waits until a cluster has done what its configuration asks for: its coordinator is idle, and a
 * simulation of the live configuration finds nothing left to do. Both are needed: the coordinator
 * is idle for a moment before it notices a change, and the simulation does not list recurring
 * monitors that are still to be started. ({@code crm_resource --wait} looks every two seconds only,
 * and hangs in some versions before 2.1.7.) What is blocked is not waited for.
 */
final class CibRest {
  /** How long a cluster may take. */
  static final Duration DEADLINE = Duration.ofMinutes(10);

  /** Exit status: it is written, and the cluster has not come to rest. */
  static final int RESTLESS = 78;

  private CibRest() {}

  /**
   * The text around a step's own: it notes first what the cluster would do anyway, which is not
   * waited for, and waits at the end for the rest.
   */
  static String around(Cib cib, String step) {
    return """
    left() {
      crm_simulate --live-check --simulate 2>/dev/null |
        sed -n '/^Transition Summary/,/^Executing/{/^ *\\* /{/(blocked)/!p;};}'
    }
    before=$(left)
    """
        + step
        + """
        end=$(($(date +%%s) + %d))
        while :; do
          left=$(left | grep -vxF -e "${before:-none}")
          case $(crmadmin --status=%s 2>/dev/null) in
          *S_IDLE* | '') busy= ;;
          *) busy=yes ;;
          esac
          [ -n "$left$busy" ] || break
          if [ "$(date +%%s)" -ge $end ]; then
            echo 'the configuration is written, but the cluster has not come to rest within %d s; it would still:' >&2
            printf '%%s\n' "${left:-act on it}" >&2
            exit %d
          fi
          sleep 0.2 2>/dev/null || sleep 1
        done
        """
            .formatted(
                DEADLINE.toSeconds(),
                Sh.quote(cib.coordinator().orElse("")),
                DEADLINE.toSeconds(),
                RESTLESS);
  }
}
