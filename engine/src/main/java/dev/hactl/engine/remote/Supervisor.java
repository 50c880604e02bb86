package dev.hactl.engine.remote;

/**
 * The text that turns a plain {@code sh} reading its standard input into a supervisor.
 *
 * <p>The supervisor never runs work itself. Each message becomes one background job in a session of
 * its own, whose leader's pid (= process group = session) is kept in {@code H_J}; so the supervisor
 * always reads the next order at once. When its input ends, the controller is gone: it then ends
 * the job unless that is inside a protected step.
 *
 * <p>Marks it and its jobs write (see {@link FrameParser}), n being a fragment's number:
 *
 * <ul>
 *   <li>{@code R pid dir}: ready; pid of the supervisor and its private directory
 *   <li>{@code E n status}: fragment n ended
 *   <li>{@code X n}: on standard error, its end of n
 *   <li>{@code O n}: the output of n is complete, what follows is its standard error
 *   <li>{@code Z n}: the job whose last fragment is n ended early
 *   <li>{@code P n pid state wchan comm|command line}: a process of that job
 *   <li>{@code Q n}: all its processes were listed
 * </ul>
 */
final class Supervisor {
  private final String marker;
  private final RunInfo run;
  private final String token;
  private final String sh;
  private final boolean terminal;

  /**
   * @param token random letters that name the private directory; unguessable, because it may lie in
   *     a directory everybody can write to
   * @param sh the words that start a POSIX shell
   * @param terminal whether both streams of the channel are one
   */
  Supervisor(String marker, RunInfo run, String token, String sh, boolean terminal) {
    this.marker = marker;
    this.run = run;
    this.token = token;
    this.sh = sh;
    this.terminal = terminal;
  }

  String marker() {
    return marker;
  }

  String sh() {
    return sh;
  }

  boolean terminal() {
    return terminal;
  }

  /** A command that writes a mark in one piece. */
  String mark(String words) {
    return "echo \"\n" + marker + " " + words + "\"";
  }

  /**
   * The first text the shell reads. Anything it or a login shell printed before the ready mark is
   * noise. {@code /run} belongs to root alone; elsewhere the directory's name cannot be guessed.
   */
  String bootstrap() {
    return """
    unset TMOUT ENV BASH_ENV CDPATH TMPDIR MAILCHECK
    umask 022
    for p in /usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin; do
    case ":$PATH:" in *":$p:"*) ;; *) PATH=${PATH:+$PATH:}$p ;; esac
    done
    export PATH
    exec 5>&2 2>/dev/null
    H_J= H_K= H_F=-p H_S=
    command -v setsid >/dev/null && H_S=setsid
    if [ -O /run ] && [ -w /run ]; then H_D=/run/hactl/%1$s/%2$s
    else H_F=
    for p in "$XDG_RUNTIME_DIR" /dev/shm /tmp; do [ -n "$p" ] && [ -d "$p" ] && [ -w "$p" ] && break; done
    H_D=$p/.hactl-%1$s-%2$s
    fi
    h_mine() { [ -n "$H_J" ] && read -r a b c d e </proc/$H_J/stat && [ "$d" = $$ ]; }
    h_kill() { h_mine && kill -"$1" -- -"$H_J"; }
    h_end() {
    trap '' HUP TERM
    trap - EXIT
    if h_mine; then
    s=I
    if [ -n "$H_K" ]; then : >"$H_D/gone"; read -r s <"$H_D/now"; fi
    if [ "$s" = PROTECTED ]; then exit 0; fi
    h_kill TERM; h_mine && sleep 1; h_kill KILL
    fi
    [ -d "$H_D" ] && rm -rf "$H_D"
    exit 0
    }
    trap h_end EXIT
    trap 'exit 0' HUP TERM
    %3$s
    """
        .formatted(run.run(), token, mark("R $$ $H_D"));
  }

  /** Starts a job. */
  String start(JobScript job, boolean reapFirst) {
    Heredoc text = Heredoc.of(job.text());
    String lock = job.isProtected() ? "" : " 9>&-";
    return (reapFirst ? "[ -n \"$H_J\" ] && wait $H_J\n" : "")
        + "H_D=$H_D H_F=$H_F $H_S "
        + sh
        + " /dev/fd/3 "
        + text.redirect(3)
        + " </dev/null 2>&5 5>&-"
        + lock
        + " &\n"
        + text.body()
        + "H_J=$! H_K="
        + (job.isProtected() ? "1" : "")
        + "\n";
  }

  /** Signals the whole process group of the running job. */
  String kill(String signal) {
    return "h_kill " + signal + "\n";
  }

  /**
   * Lists the processes of the running job except its leader and, when asked to, kills each. Reads
   * no command line of a process in uninterruptible sleep, because that read can hang as well.
   */
  String list(int fragment, boolean kill) {
    return """
    ( for f in /proc/[0-9]*/stat; do
    read -r l <"$f" || continue
    set -- ${l##*) }
    p=${f#/proc/}; p=${p%%/stat}
    [ "$4" = "$H_J" ] && [ "$p" != "$H_J" ] && [ "$1" != Z ] || continue
    c=${l#*(}; c=${c%%)*}; w=; read -r w </proc/$p/wchan
    %1$s
    a=; [ "$1" = D ] || a=$(head -c 300 /proc/$p/cmdline | tr '\\0\\n' '  ')
    %2$s
    done
    %3$s
    ) </dev/null 2>/dev/null &
    """
        .formatted(
            kill ? "kill -KILL $p" : "",
            mark("P " + fragment + " $p $1 ${w:--} $c|$a"),
            mark("Q " + fragment));
  }

  /** Ends the supervisor in good order. */
  static String exit() {
    return "exit 0\n";
  }
}
