package dev.hactl.engine.remote;

/** How a supervisor starts a job that must not end before it is done, whatever becomes of us. */
final class ProtectedStart {
  private final Supervisor supervisor;
  private final JobScript job;

  ProtectedStart(Supervisor supervisor, JobScript job) {
    this.supervisor = supervisor;
    this.job = job;
  }

  /**
   * The text must be there whole even if we vanish right now, so it goes to a file; and the job
   * keeps the lock's descriptor.
   *
   * @param before what the supervisor does first
   * @param environment assignments for the job
   */
  String text(String before, String environment) {
    Heredoc text = Heredoc.of(job.text());
    return before
        + """
        H_P=
        [ -d "$H_D" ] || (umask 077; mkdir $H_F -m 700 "$H_D")
        read -r l </proc/$$/stat; echo "$l" >"$H_D/owner"
        cat >"$H_D/%1$d.sh" %2$s
        %3$s\
        %4$sH_C=$? $H_S $H_E %5$s -c '%6$s' "$H_D/%1$d.sh" </dev/null 2>&5 5>&- 9>&9 &
        H_J=$! H_K=%1$d
        """
            .formatted(
                job.first(),
                text.redirect(0),
                text.body(),
                environment,
                supervisor.sh(),
                launcher());
  }

  /**
   * Runs the job where the end of the login session does not reach it: logind may kill what a
   * session leaves behind, so it moves to a scope of its own where systemd allows that. A text that
   * could not be written whole is not begun.
   */
  private String launcher() {
    return """
    trap : HUP INT TERM; trap "%1$s" EXIT
    c=$H_C; unset H_C
    [ $c = 0 ] || { %3$s; exit; }
    if [ -n "$H_F" ] && [ -d /run/systemd/system ] && command -v systemd-run >/dev/null
    then systemd-run --scope -q -- %2$s "$0"; fi
    [ -e "${0%%%%.sh}.pid" ] || %2$s "$0"
    """
        .formatted(
            supervisor.mark("Z " + job.last()).replace("\"", "\\\""),
            supervisor.sh(),
            supervisor.refusal(job.first(), "$H_D"));
  }
}
