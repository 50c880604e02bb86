package dev.hactl.modules.corosync;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.UnreadableAnswer;
import dev.hactl.modules.nodes.MemberAddresses;
import dev.hactl.modules.nodes.NodeNames;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides about Corosync on all members. Pure. */
final class CorosyncPlan {
  private final CorosyncWish wish;
  private final Members<CorosyncState> seen;
  private final NodeNames names;

  CorosyncPlan(CorosyncWish wish, Members<CorosyncState> seen) {
    this.wish = wish;
    this.seen = seen;
    this.names = NodeNames.of(seen, CorosyncState::node);
  }

  /** The verdict. */
  ClusterDecision<CorosyncState> decide() {
    Optional<ClusterDecision<CorosyncState>> unready = unready();
    if (unready.isPresent()) {
      return unready.get();
    }
    var nodes = new ArrayList<ConfFile.Node>();
    Optional<String> lacking = wish.own().isPresent() ? Optional.empty() : nodes(nodes);
    if (lacking.isPresent()) {
      return new ClusterDecision.Impossible<>(lacking.get());
    }
    String text =
        wish.own()
            .map(c -> c instanceof Content.Inline inline ? inline.text() : "")
            .orElseGet(() -> ConfFile.write(wish, nodes));
    return seen.complete() ? key(text) : alone(text);
  }

  private Optional<ClusterDecision<CorosyncState>> unready() {
    if (seen.observed().isEmpty()) {
      return Optional.of(new ClusterDecision.Impossible<>("no member can be observed"));
    }
    for (var e : seen.observed().entrySet()) {
      if (!e.getValue().tools()) {
        return Optional.of(
            new ClusterDecision.Blocked<>(
                Thing.command("corosync"), "there is no corosync on " + e.getKey()));
      }
      if (!e.getValue().systemd()) {
        return Optional.of(
            new ClusterDecision.Impossible<>(
                "systemd does not run on "
                    + e.getKey()
                    + ", and nothing else is known to start it"));
      }
    }
    return names.alike().map(ClusterDecision.Impossible::new);
  }

  private Optional<String> nodes(List<ConfFile.Node> into) {
    var known = new LinkedHashMap<String, Integer>();
    seen.observed().values().stream()
        .flatMap(s -> s.conf().stream())
        .forEach(conf -> ConfFile.ids(conf).forEach(known::putIfAbsent));
    known.putAll(wish.nodeIds());
    known.keySet().retainAll(names.all());
    var used = new TreeSet<Integer>();
    for (var e : names.byMember().entrySet()) {
      String node = e.getValue();
      Optional<String> own = seen.of(e.getKey()).map(CorosyncState::addresses);
      var addresses = new ArrayList<String>();
      for (MemberAddresses link : wish.links()) {
        MemberAddresses.Found found = link.of(node, own);
        if (found.address().isEmpty()) {
          return Optional.of(found.why());
        }
        addresses.add(found.address().get());
      }
      Integer old = known.get(node);
      int id = old == null || used.contains(old) ? free(used, known.values()) : old;
      used.add(id);
      into.add(new ConfFile.Node(node, id, addresses));
    }
    return wish.links().stream().flatMap(link -> link.strange(names).stream()).findFirst();
  }

  private static int free(Set<Integer> used, Collection<Integer> known) {
    int id = 1;
    while (used.contains(id) || known.contains(id)) {
      id++;
    }
    return id;
  }

  /** With a member out of sight, either nothing is left to do or nothing is done. */
  private ClusterDecision<CorosyncState> alone(String text) {
    boolean quiet =
        seen.everywhere(s ->
            s.conf().filter(c -> MemberAddresses.fits(text, c)).isPresent()
                && s.runs()
                && (s.enabled() || !wish.enabled())
                && ConfFile.differences(ConfFile.settings(s.conf().get()), s.running()).isEmpty()
                && (!keyed(text) || !s.key().isEmpty()));
    return quiet
        ? ClusterDecision.ok(CorosyncState.things())
        : new ClusterDecision.Refused<>(
            "a cluster's membership is changed only when all members can be observed: "
                + seen.unseen());
  }

  private static boolean keyed(String text) {
    Map<String, String> settings = ConfFile.settings(text);
    return !settings.getOrDefault("totem.crypto_cipher", "none").equals("none")
        || !settings.getOrDefault("totem.crypto_hash", "none").equals("none")
        || List.of("on", "yes").contains(settings.getOrDefault("totem.secauth", "off"));
  }

  private boolean serves(CorosyncState state) {
    return state.runs() && !state.lonely();
  }

  /** Which key all members get, and from where. */
  private ClusterDecision<CorosyncState> key(String text) {
    if (!keyed(text)) {
      return stages(text, Optional.empty(), Optional.empty());
    }
    if (wish.key().isPresent()) {
      byte[] bytes = Base64.getMimeDecoder().decode(wish.key().get().text());
      return stages(text, Optional.of(Content.of(bytes, true, "")), Optional.empty());
    }
    Optional<Map.Entry<String, CorosyncState>> holder =
        seen.observed().entrySet().stream()
            .filter(e -> !e.getValue().key().isEmpty())
            .min(
                Comparator.comparing(
                    (Map.Entry<String, CorosyncState> e) -> !serves(e.getValue())));
    if (holder.isEmpty()) {
      return stages(text, Optional.empty(), Optional.of(seen.names().getFirst()));
    }
    String sum = holder.get().getValue().key();
    if (seen.everywhere(s -> s.key().equals(sum))) {
      return stages(text, Optional.empty(), Optional.empty());
    }
    return new ClusterDecision.Ask<CorosyncState, Content.Inline>(
        holder.get().getKey(),
        Probe.sh("base64 < " + CorosyncWish.KEY, a -> decoded(a.text(), sum)),
        content -> stages(text, Optional.of(content), Optional.empty()));
  }

  private static Content.Inline decoded(String text, String sum) {
    Content.Inline content = Content.of(Base64.getMimeDecoder().decode(text), true, "");
    if (!content.sha256().equals(sum)) {
      throw new UnreadableAnswer("the key changed while it was read");
    }
    return content;
  }

  private ClusterDecision<CorosyncState> stages(
      String text, Optional<Content.Inline> key, Optional<String> generator) {
    SequencedMap<String, String> settings = ConfFile.settings(text);
    var changes = new CorosyncChanges(wish, text, settings);
    boolean rekeys = key.isPresent() || generator.isPresent();
    Function<CorosyncState, Boolean> other =
        s -> key.map(k -> !k.sha256().equals(s.key())).orElse(generator.isPresent());
    Optional<String> refusal = refusal(settings, rekeys, other);
    if (refusal.isPresent()) {
      return new ClusterDecision.Refused<>(refusal.get());
    }
    var stops = new Builder();
    var keys = new Builder();
    var copies = new Builder();
    var files = new Builder();
    var reloads = new Builder();
    var restarts = new Builder();
    var starts = new Builder();
    for (var e : inOrder()) {
      String name = e.getKey();
      CorosyncState state = e.getValue();
      boolean right = state.conf().equals(Optional.of(text));
      Map<String, ConfFile.Difference> apart =
          state.runs() ? ConfFile.differences(settings, state.running()) : Map.of();
      boolean stop = state.lonely() && (!apart.isEmpty() || other.apply(state));
      if (stop) {
        stops.add(name, changes.stopLonely(name));
      }
      if (generator.filter(name::equals).isPresent()) {
        keys.add(name, changes.generate(name));
      } else if (other.apply(state)) {
        copies.add(name, changes.copy(name, key));
      }
      if (!right) {
        files.add(name, changes.write(name, state));
      }
      if (stop || !state.active() || (wish.enabled() && !state.enabled())) {
        starts.add(name, changes.start(name, state));
      } else if (!apart.isEmpty() && Turn.of(apart.keySet()) == Turn.RESTART) {
        restarts.add(name, changes.restart(name, apart));
      } else if (!apart.isEmpty() && reloads.changes.isEmpty()) {
        reloads.add(name, changes.reload(apart));
      }
    }
    var stages = new ArrayList<Stage<CorosyncState>>();
    for (Builder builder : List.of(stops, keys, copies, files, reloads, restarts, starts)) {
      if (!builder.changes.isEmpty()) {
        stages.add(new Stage<>(builder.changes));
      }
    }
    return ClusterDecision.stages(stages, CorosyncState.things());
  }

  /** Members where nothing of weight runs come first. */
  private List<Map.Entry<String, CorosyncState>> inOrder() {
    return seen.observed().entrySet().stream()
        .sorted(Comparator.comparing(e -> e.getValue().primary()))
        .toList();
  }

  private Optional<String> refusal(
      Map<String, String> settings, boolean rekeys, Function<CorosyncState, Boolean> otherKey) {
    var serving = seen.observed().entrySet().stream().filter(e -> serves(e.getValue())).toList();
    for (var e : serving) {
      CorosyncState state = e.getValue();
      if (rekeys && otherKey.apply(state)) {
        return Optional.of(
            "the key of a cluster changes only while Corosync is down on all members, and it runs"
                + " on "
                + names(serving));
      }
      Map<String, ConfFile.Difference> apart = ConfFile.differences(settings, state.running());
      List<String> hard = apart.keySet().stream().filter(k -> Turn.of(k) == Turn.ALL_DOWN).toList();
      if (!hard.isEmpty()) {
        return Optional.of(
            "%s changes only while Corosync is down on all members, and it runs on %s: one after the other, they could not hear each other"
                .formatted(String.join(", ", hard), names(serving)));
      }
    }
    return Optional.empty();
  }

  private static String names(List<Map.Entry<String, CorosyncState>> serving) {
    return serving.stream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
  }

  /** Changes of one stage. */
  private static final class Builder {
    final SequencedMap<String, List<Change<Members<CorosyncState>>>> changes =
        new LinkedHashMap<>();

    void add(String member, Change<Members<CorosyncState>> change) {
      changes.put(member, List.of(change));
    }
  }
}
