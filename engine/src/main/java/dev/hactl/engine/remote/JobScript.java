package dev.hactl.engine.remote;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The script of one message's job: its fragments in sequence, each followed by its marks.
 *
 * <p>The job's shell leads a session of its own and outlives SIGTERM, so that it can still report
 * what a killed fragment had written.
 */
final class JobScript {
  /** Frees what an emitted step wrote; what it left running may still hold the files open. */
  private static final String EMPTY = "[ -e \"$D/$1.o\" ] && : >\"$D/$1.o\"; : >\"$D/$1.e\"\n";

  private final Supervisor supervisor;
  private final Message message;
  private final int first;
  private final boolean locking;

  /**
   * @param first number of the first fragment, unique in the shell's life
   * @param locking whether the job gets the lock's descriptor and directory
   */
  JobScript(Supervisor supervisor, Message message, int first, boolean locking) {
    this.locking = locking;
    this.supervisor = supervisor;
    this.message = message;
    this.first = first;
  }

  boolean isProtected() {
    return message.fragments().stream().anyMatch(f -> f.policy() == Policy.PROTECTED);
  }

  boolean onlyProbes() {
    return message.fragments().stream().allMatch(f -> f.policy() == Policy.PROBE);
  }

  boolean mayStartDaemons() {
    return message.fragments().stream().anyMatch(Fragment::mayStartDaemons);
  }

  /** Index of the last fragment that must not be cut short; -1 when there is none. */
  int lastProtected() {
    int last = -1;
    for (int i = 0; i < message.fragments().size(); i++) {
      last = message.fragments().get(i).policy() == Policy.PROTECTED ? i : last;
    }
    return last;
  }

  boolean isLocking() {
    return locking;
  }

  /** Number of the first fragment; it names the job's files. */
  int first() {
    return first;
  }

  /** Number of the last fragment. */
  int last() {
    return first + message.fragments().size() - 1;
  }

  /** Whether every text is hactl's own and nothing of it may stay or needs a descriptor. */
  boolean leavesNothing() {
    return !locking
        && !supervisor.terminal()
        && !isProtected()
        && !mayStartDaemons()
        && message.fragments().stream().allMatch(Fragment::trusted);
  }

  /** For a shell of its own, which reads it from descriptor 3. */
  String text() {
    return "exec 3<&-\nD=$H_D F=$H_F X=; unset H_D H_F\n" + body(Fragment::functions);
  }

  /** For a child of the supervisor, which has the {@link #functions} already. */
  String child() {
    return "D=$H_D F=$H_F X=\n" + body(f -> "");
  }

  /** What the fragments build on. */
  Set<String> functions() {
    var all = new LinkedHashSet<String>();
    message.fragments().forEach(f -> all.add(f.functions()));
    return all;
  }

  private String body(Function<Fragment, String> functions) {
    StringBuilder text = new StringBuilder();
    text.append("trap 'X=1' TERM; trap : HUP INT\n");
    text.append("trap '").append(supervisor.mark("Z " + last())).append("' EXIT\n");
    if (isProtected()) {
      text.append("read -r l </proc/$$/stat; echo \"$l\" >\"$D/").append(first).append(".pid\"\n");
    }
    if (hasFiles()) {
      text.append("[ -d \"$D\" ] || (umask 077; mkdir $F -m 700 \"$D\") || { ");
      text.append(supervisor.refusal(first, "$D")).append("; exit; }\n");
      text.append("emit() {\n[ -s \"$D/$1.o\" ] && head -c \"$2\" \"$D/$1.o\"\n");
      text.append("if [ -s \"$D/$1.e\" ]; then ").append(supervisor.mark("O $1"));
      text.append("; head -c \"$2\" \"$D/$1.e\"; fi\n").append(supervisor.mark("E $1 $R"));
      text.append('\n').append(isProtected() ? "" : EMPTY).append("}\n");
    }
    List<Fragment> fragments = message.fragments();
    for (int i = 0; i < fragments.size(); i++) {
      append(text, fragments.get(i), functions.apply(fragments.get(i)), first + i);
      if (i < fragments.size() - 1) {
        text.append("[ -z \"$X\" ] || exit\n");
        if (message.stopOnFailure()) {
          text.append("[ $R = 0 ] || exit\n");
        }
      }
    }
    return text.append("trap - EXIT\n").toString();
  }

  /**
   * Whether there are files for what fragments say: for both streams of a step, and for the
   * standard error of a probe that stands beside steps or at a terminal. One stream then carries
   * all in order, in few packets. Probes alone need no directory on the host.
   */
  boolean hasFiles() {
    return supervisor.terminal() || !onlyProbes();
  }

  private void append(StringBuilder text, Fragment fragment, String functions, int number) {
    boolean probe = fragment.policy() == Policy.PROBE;
    String redirect = "";
    if (!probe) {
      redirect = " >>\"$D/" + number + ".o\" 2>>\"$D/" + number + ".e\"";
    } else if (hasFiles()) {
      redirect = " 2>>\"$D/" + number + ".e\"";
    }
    if (isProtected()) {
      // Written before looking whether the controller is gone, which does it the other way round:
      // so either it sees a protected step running or this job sees that nobody waits for it.
      text.append("echo ").append(fragment.policy()).append(' ').append(number);
      text.append(" >\"$D/").append(first).append(".now\"\n");
      text.append(stopIfGone("rm -f \"$D/" + first + ".now\"; "));
      text.append("[ ! -e \"$D/" + first + ".stop\" ] || exit\n");
      redirect += " 9>&-";
    }
    String prelude = (probe ? "LC_ALL=C; export LC_ALL; " : "") + "\n" + functions;
    appendCommand(text, fragment, redirect, prelude);
    text.append("R=$?\n");
    if (isProtected()) {
      text.append("echo $R >\"$D/").append(number).append(".s\"\n").append(stopIfGone(""));
    }
    if (!hasFiles()) {
      text.append(supervisor.mark("E " + number + " $R")).append('\n');
      text.append(supervisor.mark("X " + number)).append(" >&2\n");
    } else {
      text.append("emit ").append(number).append(' ');
      text.append(fragment.outputCap() + 1L).append('\n');
    }
  }

  private String stopIfGone(String before) {
    return "[ ! -e \"$D/" + first + ".gone\" ] || { " + before + "trap - EXIT; exit; }\n";
  }

  private void appendCommand(
      StringBuilder text, Fragment fragment, String redirect, String prelude) {
    String head = "";
    String bodies = "";
    String input = "";
    if (fragment.stdin().isPresent()) {
      Bytes bytes = fragment.stdin().get();
      if (Heredoc.carries(bytes)) {
        Heredoc stdin = Heredoc.of(bytes.text());
        input = " " + stdin.redirect(0);
        bodies = stdin.body();
      } else {
        Heredoc stdin = Heredoc.base64(bytes);
        head = "base64 -d " + stdin.redirect(0) + " | ";
        bodies = stdin.body();
      }
    }
    if (fragment.trusted()) {
      // The bodies of here-documents belong after the line that holds the closing parenthesis.
      text.append(bodies.isEmpty() || head.isEmpty() ? "" : head.trim() + "\n" + bodies);
      text.append("(").append(prelude).append(fragment.text());
      text.append("\n)").append(input).append(redirect).append('\n');
      text.append(head.isEmpty() ? bodies : "");
    } else {
      Heredoc script = Heredoc.of("exec 3<&-; " + prelude + fragment.text());
      text.append(head).append(supervisor.sh()).append(" /dev/fd/3 ").append(script.redirect(3));
      text.append(input).append(redirect).append('\n');
      text.append(head.isEmpty() ? script.body() + bodies : bodies + script.body());
    }
  }
}
