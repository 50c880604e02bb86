package dev.hactl.engine.run;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.plan.ProbeBatch;
import dev.hactl.engine.plan.ProbeKey;
import dev.hactl.engine.remote.Detached;
import dev.hactl.engine.remote.Detaching;
import dev.hactl.engine.remote.Fragment;
import dev.hactl.engine.remote.Identity;
import dev.hactl.engine.remote.Message;
import dev.hactl.engine.remote.Outcome;
import dev.hactl.engine.remote.Remote;
import dev.hactl.engine.remote.RemoteHost;
import dev.hactl.engine.remote.RunInfo;
import dev.hactl.engine.remote.Shell;
import dev.hactl.engine.remote.UnreachableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One host's connection, and what was observed through it. */
final class HostLink implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  final Observations seen;
  private final String name;
  private final ConnectionSettings settings;
  private final RunInfo info;
  private final Consumer<String> note;
  private final AtomicBoolean degraded = new AtomicBoolean();
  private final Set<Identity> used = ConcurrentHashMap.newKeySet();
  private @Nullable RemoteHost remote;
  private @Nullable String lost;

  /** Whether the connection is to be made anew before it is used. */
  private boolean stale;

  /**
   * A host not connected yet.
   *
   * @param shared counts changes on all hosts of the run
   * @param note tells the operator what happened to the connection
   */
  HostLink(
      String name,
      ConnectionSettings settings,
      RunInfo info,
      AtomicLong shared,
      Consumer<String> note) {
    this.name = name;
    this.settings = settings;
    this.info = info;
    this.seen = new Observations(shared);
    this.note = note;
  }

  String name() {
    return name;
  }

  /** Connects once; later calls return the same connection or the same failure. */
  synchronized RemoteHost connect() throws HostLost {
    if (lost != null) {
      throw new HostLost(lost, this);
    }
    try {
      RemoteHost connected = remote;
      if (connected == null) {
        connected = Remote.connect(settings, info);
        remote = connected;
      } else if (stale) {
        connected.renew();
        stale = false;
      }
      return connected;
    } catch (UnreachableException e) {
      throw lost(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Runs a message as somebody. A protected step survives the loss of the link: it was waited for
   * over a new connection then, and what comes after it in the message goes on there.
   */
  List<Outcome> send(Identity who, Message message) throws HostLost {
    Shell shell = now(who);
    used.add(who);
    List<Outcome> outcomes = shell.send(message);
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Lost gone) {
        throw lost("the connection to " + name + " was lost: " + gone.why());
      }
    }
    tellDegraded();
    return now(who).equals(shell) ? outcomes : goneOn(who, message, outcomes);
  }

  /** Starts a step that goes on by itself, as somebody. */
  Detaching detach(Identity who, Fragment step, String task) throws HostLost {
    used.add(who);
    try {
      Detaching begun = connect().detach(who, step, task);
      if (begun instanceof Detaching.Failed(Outcome.Lost gone)) {
        throw lost("the connection to " + name + " was lost: " + gone.why());
      }
      return begun;
    } catch (UnreachableException e) {
      throw lost(String.valueOf(e.getMessage()));
    }
  }

  /** Waits for such a step; what it changed meanwhile is not known. */
  Outcome join(Identity who, Detached step, Duration patience) throws HostLost {
    try {
      Outcome outcome = connect().attach(who, step, patience);
      if (outcome instanceof Outcome.Lost gone && connect().shell(who).lost().isPresent()) {
        throw lost("the connection to " + name + " was lost: " + gone.why());
      }
      return outcome;
    } catch (UnreachableException e) {
      throw lost(String.valueOf(e.getMessage()));
    } finally {
      changing();
    }
  }

  /** Something that no signal ends is still there: said once. */
  private void tellDegraded() throws HostLost {
    if (connect().degraded() && degraded.compareAndSet(false, true)) {
      note.accept(
          "the host is degraded: what could not be ended is still there; look for its cause before"
              + " relying on this host");
    }
  }

  /** As whom messages were sent so far. */
  Set<Identity> users() {
    return Set.copyOf(used);
  }

  private Shell now(Identity who) throws HostLost {
    try {
      return connect().shell(who);
    } catch (UnreachableException e) {
      throw lost(String.valueOf(e.getMessage()));
    }
  }

  /** After a protected step that was waited for over a new connection: the rest of its message. */
  private List<Outcome> goneOn(Identity who, Message message, List<Outcome> outcomes)
      throws HostLost {
    int ran = (int) outcomes.stream().filter(o -> !(o instanceof Outcome.NotRun)).count();
    note.accept(
        "the connection was lost inside '"
            + message.fragments().get(ran - 1).id()
            + "', which must not be cut short: connected again and waited for its end");
    boolean stops =
        message.stopOnFailure()
            && !(outcomes.get(ran - 1) instanceof Outcome.Finished last && last.succeeded());
    if (stops || ran == outcomes.size()) {
      return outcomes;
    }
    var all = new ArrayList<>(outcomes.subList(0, ran));
    List<Fragment> rest = message.fragments().subList(ran, message.fragments().size());
    all.addAll(send(who, new Message(rest, message.stopOnFailure())));
    return all;
  }

  private synchronized HostLost lost(String why) {
    lost = why;
    return new HostLost(why, this);
  }

  /**
   * A connection that was lost is made anew when it is needed next. One that never was is not: such
   * a host was not looked at before the first change, and is not locked.
   */
  synchronized void forgive() {
    if (lost != null && remote != null) {
      lost = null;
      stale = true;
      changing(); // nobody knows what happened there meanwhile
    }
  }

  /** Whether there ever was a connection. */
  synchronized boolean known() {
    return remote != null;
  }

  /** Logs in anew, with the new groups of the user; the host stays locked. */
  synchronized void reset() throws HostLost {
    if (remote == null || lost != null) {
      return;
    }
    stale = true;
    changing();
    connect();
  }

  /** Asks probes in one message and keeps the answers. */
  void ask(Identity who, Collection<? extends Probe<?>> probes) throws HostLost {
    var keys = new LinkedHashMap<ProbeKey, Duration>();
    for (Probe<?> probe : probes) {
      if (!probe.needless()) {
        keys.merge(ProbeKey.of(probe), probe.deadline(), (a, b) -> a.compareTo(b) > 0 ? a : b);
      }
    }
    if (keys.isEmpty()) {
      return;
    }
    var batch = ProbeBatch.of(keys.keySet(), nonce());
    Duration deadline = keys.values().stream().max(Duration::compareTo).orElse(Probe.DEADLINE);
    var fragment = Fragment.probe("probe", batch.script()).withDeadline(deadline);
    Observations.Moment before = seen.now();
    Outcome outcome = send(who, Message.of(fragment)).getFirst();
    seen.remember(who, batch, outcome, before);
  }

  /** Something on the host is being changed. */
  void changing() {
    seen.age();
  }

  /** Random letters and digits. */
  static String nonce() {
    byte[] bytes = new byte[13];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Ends what is running and may be interrupted. */
  void cancel() {
    RemoteHost connected;
    synchronized (this) {
      connected = remote;
    }
    if (connected == null) {
      return;
    }
    for (Identity who : new HashSet<>(used)) {
      try {
        connected.shell(who).cancel();
      } catch (UnreachableException e) {
        // nothing runs where no shell is
      }
    }
  }

  /** Messages sent and answered. */
  synchronized long roundTrips() {
    return remote == null ? 0 : remote.roundTrips();
  }

  @Override
  public synchronized void close() {
    if (remote != null) {
      remote.close();
    }
  }
}
