package dev.hactl.modules.corosync;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Settle;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The single changes that can be made to Corosync. Pure. */
final class CorosyncChanges {
  private static final Duration FORMING = Duration.ofMinutes(2);
  private static final Thing UNIT = Thing.unit("corosync.service");
  private final CorosyncWish wish;
  private final String text;
  private final Map<String, String> settings;

  CorosyncChanges(CorosyncWish wish, String text, Map<String, String> settings) {
    this.wish = wish;
    this.text = text;
    this.settings = settings;
  }

  private static Predicate<Members<CorosyncState>> on(
      String member, Predicate<CorosyncState> holds) {
    return m -> m.of(member).filter(holds).isPresent();
  }

  /** A key nobody knows, made where it stays; it leaves the host only to the other members. */
  Change<Members<CorosyncState>> generate(String member) {
    String make =
        """
        set -e
        umask 077
        k=KEY
        [ ! -e "$k" ] || exit 0
        mkdir -p "${k%/*}"
        head -c 256 /dev/urandom > "$k.hactl-new"
        [ "$(wc -c < "$k.hactl-new")" -eq 256 ]
        chmod 0400 "$k.hactl-new"
        sync
        mv "$k.hactl-new" "$k"
        """
            .replace("KEY", CorosyncWish.KEY);
    return Change.<Members<CorosyncState>>to(
            "generate " + CorosyncWish.KEY, on(member, s -> !s.key().isEmpty()))
        .diff(Diff.of(CorosyncWish.KEY, new Diff.Property("state", "absent", "256 random bytes")))
        .step(Step.sh(make))
        .touches(Footprint.of(Thing.path(CorosyncWish.KEY)))
        .build();
  }

  /**
   * The same key on another member.
   *
   * @param key empty while it is not made yet
   */
  Change<Members<CorosyncState>> copy(String member, Optional<Content.Inline> key) {
    var change =
        Change.<Members<CorosyncState>>to(
                "put the cluster's key at " + CorosyncWish.KEY,
                on(
                    member,
                    s ->
                        key.map(k -> k.sha256().equals(s.key()))
                            .orElseGet(() -> !s.key().isEmpty())))
            .diff(new Diff.Opaque(CorosyncWish.KEY, "a key is not shown"))
            .touches(Footprint.of(Thing.path(CorosyncWish.KEY)));
    key.ifPresent(k ->
        change.step(
            new Step.Put(
                CorosyncWish.KEY,
                k,
                Optional.of("root"),
                Optional.of("root"),
                Optional.of("0400"),
                false,
                Optional.empty())));
    return change.build();
  }

  Change<Members<CorosyncState>> write(String member, CorosyncState before) {
    boolean secret = wish.secret(text);
    String old = before.conf().orElse("");
    return Change.<Members<CorosyncState>>to(
            (before.conf().isPresent() ? "update " : "write ") + CorosyncWish.CONF,
            on(member, s -> s.conf().equals(Optional.of(text))))
        .diff(
            new Diff.Lines(
                CorosyncWish.CONF,
                wish.own().map(Content::source).orElse(""),
                old,
                text,
                secret || wish.secret(old)))
        .step(
            new Step.Put(
                CorosyncWish.CONF,
                Content.of(text, secret, wish.own().map(Content::source).orElse("")),
                Optional.empty(),
                Optional.empty(),
                Optional.of(secret ? "0600" : "0644"),
                false,
                // Corosync 2 knows no -c.
                Optional.of(
                    "case $(corosync -v) in *\"'1.\"* | *\"'2.\"*) ;; *) corosync -t -c %s ;; esac")))
        .touches(Footprint.of(Thing.path(CorosyncWish.CONF)))
        .build();
  }

  /** What a package started before anybody configured it: it serves nobody. */
  Change<Members<CorosyncState>> stopLonely(String member) {
    return Change.<Members<CorosyncState>>to(
            "stop the cluster of one without resources that runs here",
            on(member, s -> !s.active()))
        .diff(Diff.of("corosync.service", new Diff.Property("state", "alone", "stopped")))
        .step(
            Step.protectedSh(
                """
                systemctl stop pacemaker.service 2> /dev/null
                systemctl stop corosync.service
                """,
                Step.DEADLINE))
        .settle(Settle.within(Duration.ofSeconds(30)))
        .touches(Footprint.of(UNIT, Thing.unit("pacemaker.service")))
        .build();
  }

  /** Every member sees all of them, and says that they are enough. */
  private Predicate<Members<CorosyncState>> whole() {
    Set<String> ids =
        settings.entrySet().stream()
            .filter(e -> e.getKey().matches("nodelist\\.node\\.\\d+\\.nodeid"))
            .map(Map.Entry::getValue)
            .collect(Collectors.toSet());
    return m ->
        m.complete() && m.everywhere(s -> s.runs() && s.quorate() && s.members().equals(ids));
  }

  Change<Members<CorosyncState>> start(String member, CorosyncState before) {
    boolean enable = wish.enabled() && !before.enabled();
    String verb = before.active() && enable ? "enable" : enable ? "enable and start" : "start";
    Predicate<CorosyncState> up = s -> s.runs() && (s.enabled() || !wish.enabled());
    return Change.<Members<CorosyncState>>to(
            verb + " corosync", m -> on(member, up).test(m) && whole().test(m))
        .diff(
            Diff.of(
                "corosync.service",
                new Diff.Property("state", before.active() ? "started" : "stopped", "started"),
                new Diff.Property(
                    "at boot",
                    before.enabled() ? "enabled" : "disabled",
                    before.enabled() || wish.enabled() ? "enabled" : "disabled")))
        .step(
            Step.sh(
                (wish.enabled() ? "systemctl enable corosync.service 2> /dev/null || exit 1\n" : "")
                    + "systemctl start corosync.service\n"))
        .settle(new Settle(FORMING, Duration.ofSeconds(1)))
        .touches(Footprint.of(UNIT))
        .build();
  }

  private Diff shown(Map<String, ConfFile.Difference> apart) {
    return new Diff.Properties(
        "running corosync",
        apart.entrySet().stream()
            .map(e ->
                wish.secret(text) || e.getKey().equals(CorosyncWish.INLINE_KEY)
                    ? new Diff.Property(e.getKey(), Value.REDACTED, Value.REDACTED)
                    : new Diff.Property(e.getKey(), e.getValue().running(), e.getValue().file()))
            .toList());
  }

  private boolean follows(CorosyncState state) {
    return state.runs() && ConfFile.differences(settings, state.running()).isEmpty();
  }

  /** One call makes all running members read their files again, corosync-cfgtool(8). */
  Change<Members<CorosyncState>> reload(Map<String, ConfFile.Difference> apart) {
    return Change.<Members<CorosyncState>>to(
            "reload corosync.conf", m -> m.everywhere(s -> !s.runs() || follows(s)))
        .diff(shown(apart))
        .step(Step.sh("corosync-cfgtool -R\n"))
        .settle(Settle.within(Duration.ofSeconds(30)))
        .touches(Footprint.of(UNIT))
        .build();
  }

  Change<Members<CorosyncState>> restart(String member, Map<String, ConfFile.Difference> apart) {
    String again =
        """
        p=$(systemctl is-active pacemaker.service)
        case $p in active | activating) systemctl stop pacemaker.service || exit 1 ;; esac
        systemctl restart corosync.service || exit 1
        case $p in active | activating) systemctl start pacemaker.service ;; esac
        """;
    return Change.<Members<CorosyncState>>to(
            "restart corosync", m -> on(member, this::follows).test(m) && whole().test(m))
        .diff(shown(apart))
        .impact(new Impact.Disruptive("restarts corosync and with it all resources of " + member))
        .step(Step.protectedSh(again, Duration.ofMinutes(15)))
        .settle(new Settle(FORMING, Duration.ofSeconds(2)))
        .touches(Footprint.of(UNIT, Thing.unit("pacemaker.service")))
        .build();
  }
}
