package dev.hactl.engine.remote;

import dev.hactl.engine.module.Sh;

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
        + (write(text) + "\n" + text.body())
        + environment
        + "H_C=$? "
        + launch(" 2>&5 5>&- 9>&9 &\nH_J=$! H_K=%d\n".formatted(job.first()));
  }

  /**
   * The same for a job that nobody listens to. Its file with the task's name says two things: that
   * the text is there whole, and that the job is meant to go on by itself.
   *
   * @param task what it is called, in one line
   * @param most bytes kept of what it writes
   */
  String detached(String environment, String task, int most) {
    Heredoc text = Heredoc.of(job.text());
    return write(text)
        + " && echo "
        + Sh.quote(task)
        + " >\"$H_D/"
        + job.first()
        + ".task\"\n"
        + text.body()
        + "if [ -s \"$H_D/"
        + job.first()
        + ".task\" ]; then H_L=1\n"
        + environment
        + "H_C=0 "
        + launch(" >/dev/null 2>&1 5>&- 9>&9 &\n")
        + trim(most)
        + "fi\n";
  }

  private String write(Heredoc text) {
    return """
    H_P=
    [ -d "$H_D" ] || (umask 077; mkdir $H_F -m 700 "$H_D")
    read -r l </proc/$$/stat; echo "$l" >"$H_D/owner"
    cat >"$H_D/%d.sh" %s\
    """
        .formatted(job.first(), text.redirect(0));
  }

  private String launch(String streams) {
    return "$H_S $H_E "
        + supervisor.sh()
        + " -c '"
        + launcher()
        + "' \"$H_D/"
        + job.first()
        + ".sh\" </dev/null"
        + streams;
  }

  /**
   * Nobody may look after it for days, and its files lie in memory: what is too much is thrown
   * away, until it ends or its traces are gone.
   */
  private String trim(int most) {
    return """
    D=$H_D $H_S %1$s -c '
    trap : HUP INT
    while sleep 10 && [ -e "$D/%2$d.sh" ] && [ ! -s "$D/%2$d.s" ]; do
    read -r l <"$D/%2$d.pid" && [ -d "/proc/${l%%%% *}" ] || exit
    for x in o e; do
    [ "$(wc -c <"$D/%2$d.$x")" -le %3$d ] || echo "(there was too much output: hactl threw it away up to here)" >"$D/%2$d.$x"
    done
    done' </dev/null >/dev/null 2>&1 5>&- 9>&- &
    """
        .formatted(supervisor.sh(), job.first(), most);
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
