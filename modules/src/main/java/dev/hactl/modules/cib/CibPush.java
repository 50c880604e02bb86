package dev.hactl.modules.cib;

import dev.hactl.engine.module.Answer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a patch to the cluster, from any of its nodes.
 *
 * <p>Pacemaker refuses a patch whose source version is not the current one (exit status 103 when
 * the cluster is ahead, 1 when it is behind). Every change of the status raises {@code
 * num_updates}; the text then stamps the patch anew and tries again. When {@code epoch} or {@code
 * admin_epoch} moved, somebody changed the configuration: nothing is written, and the plan has to
 * be made again.
 */
public final class CibPush {
  /** Exit status: the configuration was changed meanwhile. */
  public static final int MOVED = 75;

  /** Exit status: Pacemaker did not take the patch; standard error says why. */
  public static final int REFUSED = 76;

  /** Exit status: the status changed faster than the patch could be stamped. */
  public static final int BUSY = 77;

  private static final int TRIES = 50;
  private static final Pattern VERSION = Pattern.compile("(\\w+) (\\d+)\\.(\\d+)\\.(\\d+)");

  private CibPush() {}

  /** How a push ended. */
  public sealed interface Outcome {
    /** The configuration is now of this version, or of a later one. */
    record Pushed(CibVersion now) implements Outcome {}

    /** Somebody else changed the configuration first. */
    record Moved(CibVersion now) implements Outcome {}

    /** Nothing was written. */
    record Failed(String why) implements Outcome {}
  }

  /**
   * The text that pushes. cibadmin prints the whole document when it does not like it; of what it
   * says, lines of XML are left out, for they may hold passwords. The text prints one line, {@code
   * pushed} or {@code moved} and the version that it saw; its exit status is 0 or one of the
   * constants of this class.
   */
  public static String script(CibPatch patch) {
    CibVersion source = patch.source();
    return CibTools.document(
            "patch",
            "sed \"1,4s/<source \\(.*\\) num_updates=\\\"[0-9]*\\\"/<source \\1 num_updates=\\\"$updates\\\"/\"",
            patch.text())
        + """
        attribute() { value=${cib#* $1=\\"}; value=${value%%%%\\"*}; }
        look() {
          cib=$(cibadmin --query --no-children 2>/dev/null)
          case $cib in *'<cib '*) ;; *) return 1 ;; esac
          attribute admin_epoch; admin=$value
          attribute epoch; epoch=$value
          attribute num_updates; now=$value
        }
        explain() { printf '%%s\\n' "$why" | sed '/[<>]/d; /="/d' >&2; }
        updates=%d tries=0
        while :; do
          why=$(patch | cibadmin --patch --xml-pipe 2>&1 >/dev/null)
          status=$?
          if ! look; then
            [ $status -eq 0 ] && echo 'pushed' && exit 0
            explain
            exit %d
          fi
          if [ $status -eq 0 ]; then
            echo "pushed $admin.$epoch.$now"
            exit 0
          fi
          if [ "$admin.$epoch" != %s ]; then
            echo "moved $admin.$epoch.$now"
            exit %d
          fi
          if [ "$now" = "$updates" ]; then
            explain
            exit %d
          fi
          tries=$((tries + 1))
          [ $tries -lt %d ] || exit %d
          updates=$now
        done
        """
            .formatted(
                source.updates(),
                REFUSED,
                source.adminEpoch() + "." + source.epoch(),
                MOVED,
                REFUSED,
                TRIES,
                BUSY);
  }

  /**
   * What the text's answer means.
   *
   * @param answer exit status and standard output
   * @param error standard error
   */
  public static Outcome read(Answer answer, String error, CibPatch patch) {
    Optional<CibVersion> version = version(answer.text());
    return switch (answer.status()) {
      case 0 -> new Outcome.Pushed(version.orElse(patch.source().next()));
      case MOVED -> new Outcome.Moved(version.orElse(patch.source().next()));
      case BUSY ->
          new Outcome.Failed(
              "the cluster's status changed faster than its configuration could be written");
      default ->
          new Outcome.Failed(
              error.isBlank()
                  ? "cibadmin failed with exit status " + answer.status()
                  : String.join("; ", error.strip().lines().toList()));
    };
  }

  private static Optional<CibVersion> version(String out) {
    List<String> lines = out.lines().toList();
    Matcher m = VERSION.matcher(lines.isEmpty() ? "" : lines.getLast());
    return m.matches()
        ? Optional.of(
            new CibVersion(
                Long.parseLong(m.group(2)), Long.parseLong(m.group(3)), Long.parseLong(m.group(4))))
        : Optional.empty();
  }
}
