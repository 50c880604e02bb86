package dev.hactl.engine.remote;

import java.util.Set;

/**
 * The text that turns a plain {@code sh} reading its standard input into a supervisor.
 *
 * <p>The supervisor never runs work itself. Each message becomes one background job, whose leader's
 * pid is kept in {@code H_J}; so the supervisor always reads the next order at once. A job leads a
 * session of its own (pid = process group = session). One that holds nothing but texts of hactl's
 * own, which leave nothing running, may stay a child in the supervisor's session, kept in {@code
 * H_P}: that saves two processes, and what belongs to it are the processes of that session that are
 * younger than the supervisor, which notes in {@code H_T} when it began (hundredths of a second
 * since boot, the unit of {@code /proc/PID/stat}) and in {@code H_1} the pid of its first such job;
 * older ones are what a login shell's file left there, maybe in that very hundredth. When its input
 * ends, the controller is gone: it then ends the job unless that is inside a protected step.
 *
 * <p>Marks it and its jobs write (see {@link FrameParser}), n being a fragment's number:
 *
 * <ul>
 *   <li>{@code R pid alone dir}: ready; pid of the supervisor, {@code alone} when it leads a
 *       session, otherwise {@code among}, and its private directory
 *   <li>{@code E n status}: fragment n ended
 *   <li>{@code X n}: on standard error, its end of n
 *   <li>{@code O n}: the output of n is complete, what follows is its standard error
 *   <li>{@code Z n}: the job whose last fragment is n ended early
 *   <li>{@code G n}: output of n was thrown away because there was too much of it
 *   <li>{@code P n pid state wchan comm|command line}: a process of that job
 *   <li>{@code Q n}: all its processes were listed
 * </ul>
 */
final class Supervisor {
  /** Output files live in memory on most hosts; past this size they are emptied. */
  private static final int OUTPUT_LIMIT = 64 << 20;

  /**
   * Shells start background jobs with SIGINT and SIGQUIT ignored, and what a step starts would
   * inherit that: a daemon deaf to Ctrl-C. Only GNU env (8.31, 2019) can undo it; looked up once.
   */
  private static final String DEFAULT_SIGNALS =
      """
      if [ -z "${H_E+x}" ]; then H_E=
      env --default-signal=INT true && H_E='env --default-signal=INT,QUIT'; fi
      """;

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
   * Only the training of the start-up cache sets {@code HACTL_TRAINING}, which keeps the directory
   * and the lock of its logins apart from those of real runs.
   */
  String bootstrap() {
    return """
    unset TMOUT ENV BASH_ENV CDPATH TMPDIR MAILCHECK
    umask 022
    for p in /usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin; do
    case ":$PATH:" in *":$p:"*) ;; *) PATH=${PATH:+$PATH:}$p ;; esac
    done
    export PATH
    exec 5>&2 2>/dev/null 9>&2
    H_J= H_K= H_L= H_W= H_G= H_F=-p H_S= H_P= H_1= H_A=among
    read -r l s </proc/uptime && H_T=${l%%.*}${l#*.} &&
    read -r l </proc/$$/stat && set -- ${l##*") "} && [ "$4" = $$ ] && H_A=alone
    command -v setsid >/dev/null && H_S=setsid
    if [ -z "$HACTL_TRAINING" ] && [ -O /run ] && [ -w /run ]; then H_D=/run/hactl/%1$s/%2$s
    else H_F=
    for p in "$HACTL_TRAINING" "$XDG_RUNTIME_DIR" /dev/shm /tmp; do [ -n "$p" ] && [ -d "$p" ] && [ -w "$p" ] && break; done
    H_D=$p/.hactl-%1$s-%2$s
    fi
    h_mine() { [ -n "$H_J" ] && read -r a b c d e </proc/$H_J/stat && [ "$d" = $$ ] && [ "$c" != Z ]; }
    h_old() { [ "$1" -lt "$H_T" ] || { [ "$1" = "$H_T" ] && [ "$2" -lt "$H_1" ]; }; }
    h_kill() {
    h_mine || return
    [ -n "$H_P" ] || { kill -"$1" -"$H_J"; return; }
    s=$1
    for f in $(grep -l ") [A-Za-z] [0-9]* [0-9]* $H_P " /proc/[0-9]*/stat); do
    read -r l <"$f" && set -- ${l##*") "} || continue
    p=${f#/proc/}; p=${p%%/stat}
    [ "$p" = $$ ] || h_old "${20}" "$p" || kill -"$s" "$p"
    done
    }
    h_free() {
    [ -z "$H_K" ] && return
    : >"$H_D/$H_K.gone"; s=; read -r s k <"$H_D/$H_K.now"
    [ "$s" != PROTECTED ]
    }
    h_end() {
    [ -n "$H_G" ] && : >"$H_G/dying"
    trap '' HUP TERM
    trap - EXIT
    h_free || exit 0
    if h_kill TERM; then sleep 1; h_kill KILL; fi
    [ -z "$H_L" ] || { rm -f "$H_D/$H_K.sh"; set -- "$H_D"/*.sh; [ -e "$1" ] || H_L=; }
    [ -z "$H_L" ] && [ -d "$H_D" ] && rm -rf "$H_D" && [ -n "$H_F" ] && rmdir "${H_D%%/*}"
    exit 0
    }
    trap h_end EXIT
    trap 'exit 0' HUP TERM
    %3$s
    """
        .formatted(run.run(), token, mark("R $$ $H_A $H_D"));
  }

  /**
   * Starts a job.
   *
   * @param alone whether the supervisor has said that it leads a session
   * @param defined the functions that it has; those that the job adds are added
   */
  String start(JobScript job, boolean alone, Set<String> defined) {
    if (!alone || !job.leavesNothing()) {
      return leader(job);
    }
    Set<String> missing = job.functions();
    missing.removeAll(defined);
    defined.addAll(missing);
    return String.join("", missing) + child(job);
  }

  /** A job in the supervisor's session. */
  private static String child(JobScript job) {
    return "H_P=$$\n(\n" + job.child() + ") </dev/null 2>&5 5>&- 9>&- &\nH_J=$! H_1=${H_1:-$!}\n";
  }

  /** A job whose shell is the supervisor's child and leads a session of its own. */
  private String leader(JobScript job) {
    String lock = job.isLocking() ? "H_G=$H_G " : "";
    String environment = lock + "H_D=$H_D H_F=$H_F ";
    String before = job.mayStartDaemons() ? DEFAULT_SIGNALS : "";
    if (job.isProtected()) {
      return new ProtectedStart(this, job).text(before, environment);
    }
    Heredoc text = Heredoc.of(job.text());
    return before
        + "H_P=\n"
        + environment
        + (job.mayStartDaemons() ? "$H_S $H_E " : "$H_S ")
        + sh
        + " /dev/fd/3 "
        + text.redirect(3)
        + " </dev/null 2>&5 5>&- "
        + (job.isLocking() ? "9>&9 " : "9>&- ")
        + "&\n"
        + text.body()
        + "H_J=$!\n";
  }

  /**
   * Starts a job that nobody listens to; what it says stays in its files.
   *
   * @param task what it is called, in one line
   */
  String detach(JobScript job, String task) {
    return DEFAULT_SIGNALS
        + new ProtectedStart(this, job).detached("H_D=$H_D H_F=$H_F ", task, OUTPUT_LIMIT);
  }

  /** Commands that end a job's first fragment because there is no room for it on the host. */
  String refusal(int first, String directory) {
    return mark("O " + first)
        + "; echo \"cannot write below "
        + directory
        + ": is its file system full?\"; "
        + mark("E " + first + " 1")
        + "; "
        + mark("X " + first)
        + " >&2";
  }

  /** Waits for the shell of a job that has reported its end, so that no zombie stays. */
  String reap() {
    return "[ -n \"$H_J\" ] && wait $H_J\n";
  }

  /** Takes note that the results of a protected job have arrived. */
  String acknowledge(int number) {
    return "rm -f \"$H_D/" + number + ".sh\"; H_K=\n";
  }

  /** Has no job any more: the last one cannot be ended. */
  static final String FORGET = "H_J=\n";

  /** Lets a protected job go on by itself; it reports to its files only. */
  String leave(int number) {
    return ": >\"$H_D/" + number + ".gone\"; H_J= H_K= H_L=1\n";
  }

  /**
   * Looks after a job that takes long: reports its end if its shell was killed, and empties output
   * files that grow without limit.
   */
  String look(int last, int current) {
    return """
    if h_mine; then
    [ -e "$H_D/%2$d.o" ] && ( for x in o e; do
    n=$(wc -c <"$H_D/%2$d.$x") && [ "$n" -gt %3$d ] && : >"$H_D/%2$d.$x" && %4$s
    done ) </dev/null &
    else %1$s; fi
    """
        .formatted(mark("Z " + last), current, OUTPUT_LIMIT, mark("G " + current));
  }

  /** Lets a job that holds a protected step end before its next fragment; it reports as ever. */
  String stopSoon(int number) {
    return ": >\"$H_D/" + number + ".stop\"\n";
  }

  /**
   * Signals the whole process group of the running job, unless that has entered a protected step in
   * the meantime.
   */
  String kill(String signal) {
    return "h_free && h_kill " + signal + "\n";
  }

  /**
   * Lists the processes of the running job except its leader and, when asked to, kills each unless
   * the job has entered a protected step. Reads no command line of a process in uninterruptible
   * sleep, because that read can hang as well.
   */
  String list(int fragment, boolean kill) {
    return """
    ( %4$s
    read -r me l </proc/self/stat
    for f in $(grep -l ") [A-Za-z] [0-9]* [0-9]* ${H_P:-$H_J} " /proc/[0-9]*/stat); do
    read -r l <"$f" || continue
    set -- ${l##*") "}
    p=${f#/proc/}; p=${p%%/stat}
    case $p in "$H_J" | $$ | "$me") continue ;; esac
    [ "$1" != Z ] || continue
    [ -z "$H_P" ] || ! h_old "${20}" "$p" || continue
    c=${l#*"("}; c=${c%%")"*}; w=; read -r w </proc/$p/wchan
    %1$s
    a=; [ "$1" = D ] || a=$(head -c 300 /proc/$p/cmdline | tr '\\0\\n' '  ')
    %2$s
    done
    %3$s
    ) </dev/null 2>/dev/null &
    """
        .formatted(
            kill ? "[ -z \"$y\" ] || kill -KILL $p" : "",
            mark("P " + fragment + " $p $1 ${w:--} $c|$a"),
            mark("Q " + fragment),
            kill ? "y=; h_free && y=1" : "");
  }

  /** Ends the supervisor in good order. */
  static String exit() {
    return "exit 0\n";
  }
}
