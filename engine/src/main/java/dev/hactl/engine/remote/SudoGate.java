package dev.hactl.engine.remote;

import dev.hactl.engine.remote.UnreachableException.Kind;
import dev.hactl.engine.value.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * Gets a command through sudo: answers its prompt once and recognises why it refuses. What is read
 * before the command reports itself belongs to sudo; what comes later goes to the command's sink.
 */
final class SudoGate implements Transport.Sink {
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*\\$?");

  /** PAM waits some seconds after a wrong password. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int KEPT = 8192;

  private final String host;
  private final Identity.Become who;
  private final String prompt = "hactl" + Tokens.next();
  private final String arrival = "hactl" + Tokens.next();

  /** A line of its own, because sudo quotes the command it refuses; the prompt ends no line. */
  private final Pattern arrived = Pattern.compile("(?m)(^|" + prompt + ")" + arrival + "\r?\n");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final StringBuilder said = new StringBuilder();
  private Optional<Transport.Sink> behind = Optional.empty();
  private Optional<String> ended = Optional.empty();
  private int status = -1;

  private SudoGate(String host, Identity.Become who) {
    this.host = host;
    this.who = who;
  }

  /** A command that sudo let through and that waits for input. */
  record Passed(Transport.Link link, boolean terminal, SudoGate gate) {
    /** Names where the command's output goes; call it before writing to the command. */
    void to(Transport.Sink sink) {
      gate.handOver(sink);
    }
  }

  /**
   * Starts a command as another user; asks for a terminal when sudo does not let it pass without.
   *
   * @param command what to run, as sh text without single quotes
   */
  static Passed pass(String host, Transport transport, Identity.Become who, String command)
      throws UnreachableException {
    if (!USER.matcher(who.user()).matches()) {
      throw new UnreachableException(
          Kind.CONFIGURATION, "%s: \"%s\" is no user name for sudo".formatted(host, who.user()));
    }
    try {
      return new SudoGate(host, who).pass(transport, command, false);
    } catch (UnreachableException refused) {
      if (refused.kind() != Kind.BECOME_REFUSED) {
        throw refused;
      }
      try {
        // The message for a missing terminal is translated on some hosts, so any refusal without
        // a prompt is tried again with one.
        return new SudoGate(host, who).pass(transport, command, true);
      } catch (UnreachableException again) {
        if (again.kind() != Kind.BECOME_REFUSED) {
          throw again;
        }
        refused.addSuppressed(again);
        throw refused;
      }
    }
  }

  private Passed pass(Transport transport, String command, boolean terminal)
      throws UnreachableException {
    // Any login shell parses this line: words, and one string in single quotes.
    String line =
        "exec sudo -k -S -p %s -u %s -- /bin/sh -c '%secho %s; %s'"
            .formatted(
                prompt,
                who.user(),
                terminal ? "stty raw -echo 2>/dev/null; " : "",
                arrival,
                command);
    Transport.Link link = transport.open(line, terminal, this);
    try {
      answer(link);
      return new Passed(link, terminal, this);
    } catch (UnreachableException e) {
      link.close();
      throw e;
    }
  }

  private void answer(Transport.Link link) throws UnreachableException {
    boolean answered = false;
    long left = PATIENCE.toNanos();
    lock.lock();
    try {
      while (true) {
        if (arrived.matcher(said).find()) {
          return;
        }
        if (prompts() > (answered ? 1 : 0)) {
          if (answered) {
            throw failure(Kind.BECOME_PASSWORD, "sudo does not accept the password");
          }
          Secret secret = who.password().orElseThrow(this::noPassword);
          link.write((secret.reveal() + "\n").getBytes(StandardCharsets.UTF_8));
          answered = true;
        } else if (ended.isPresent()) {
          throw ending(answered);
        } else if (left <= 0) {
          throw failure(
              Kind.BECOME_REFUSED, "sudo did not answer within " + PATIENCE.toSeconds() + " s");
        } else {
          left = changed.awaitNanos(left);
        }
      }
    } catch (IOException e) {
      throw failure(Kind.NETWORK, "the connection broke while sudo was asking");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(Kind.NETWORK, "interrupted while waiting for sudo");
    } finally {
      lock.unlock();
    }
  }

  private UnreachableException noPassword() {
    return failure(
        Kind.BECOME_PASSWORD,
        "sudo asks for a password and none was given (ansible_become_password, or -K)");
  }

  private UnreachableException ending(boolean answered) {
    String words = said.toString().replace(prompt, "").strip();
    if (answered) {
      return failure(Kind.BECOME_PASSWORD, "sudo does not accept the password: " + lastLine(words));
    }
    if (status == 127 && words.contains("sudo") && words.contains("not found")) {
      return failure(Kind.BECOME_REFUSED, "sudo is not installed there");
    }
    return failure(
        Kind.BECOME_REFUSED,
        words.isEmpty() ? "sudo refused: " + ended.orElse("") : "sudo refused: " + lastLine(words));
  }

  private static String lastLine(String words) {
    return words.lines().filter(line -> !line.isBlank()).reduce("", (_, line) -> line).strip();
  }

  private UnreachableException failure(Kind kind, String what) {
    return new UnreachableException(
        kind, "%s: cannot become %s: %s".formatted(host, who.user(), what));
  }

  private int prompts() {
    int count = 0;
    for (int at = said.indexOf(prompt); at >= 0; at = said.indexOf(prompt, at + 1)) {
      count++;
    }
    return count;
  }

  private void handOver(Transport.Sink sink) {
    lock.lock();
    try {
      behind = Optional.of(sink);
      ended.ifPresent(why -> sink.closed(status, why));
    } finally {
      lock.unlock();
    }
  }

  private Optional<Transport.Sink> listen(byte[] bytes, int from, int length) {
    lock.lock();
    try {
      if (behind.isEmpty() && said.length() < KEPT) {
        said.append(new String(bytes, from, length, StandardCharsets.UTF_8));
        changed.signalAll();
      }
      return behind;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void out(byte[] bytes, int from, int length) {
    listen(bytes, from, length).ifPresent(sink -> sink.out(bytes, from, length));
  }

  @Override
  public void err(byte[] bytes, int from, int length) {
    listen(bytes, from, length).ifPresent(sink -> sink.err(bytes, from, length));
  }

  @Override
  public void closed(int exitStatus, String why) {
    Optional<Transport.Sink> sink;
    lock.lock();
    try {
      status = exitStatus;
      ended = Optional.of(why);
      sink = behind;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    sink.ifPresent(s -> s.closed(exitStatus, why));
  }
}
