package dev.hactl.modules.services;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diagnosis;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.Optional;

/** A systemd unit: its file, and whether it runs, is enabled or is masked. */
@HactlModule({"systemd_unit", "systemd", "systemd_service"})
public final class SystemdUnit implements HostModule<Wish, ServiceState> {

  /** Whose units; only the system's are managed. */
  enum Scope {
    SYSTEM,
    USER,
    GLOBAL
  }

  private static final Type.Plain<Content.Inline> TEXT =
      Types.plain("text", "string", v -> Content.of(Types.TEXT.convert().apply(v), v.secret(), ""));

  private static final String BEAT =
      """
      - systemd_unit:
          name: beat
          content: |
            [Unit]
            Description=A beat every hour
            [Service]
            ExecStart=/bin/sleep 3600
            [Install]
            WantedBy=multi-user.target
          state: started
          enabled: true
      """;

  @Override
  public Manual manual() {
    return Manual.state(
            "Manage a systemd unit and its file",
            """
            The file is put into /etc/systemd/system (systemd.unit(5): the administrator's place, \
            which wins over the vendor's), and systemd reads it at once. A running unit is not \
            restarted when its file changes: notify a handler. A unit whose files changed on disk \
            is read again before it is started; with 'daemon_reload: true' also when nothing is \
            started, and only when it is needed. Everything said of 'service' holds here too.\
            """,
            Example.of("A unit of one's own, running", BEAT),
            Example.on(
                "systemctl unmask cron.service; systemctl stop cron.service",
                "A unit that nobody can start",
                "- systemd_unit:\n    name: cron.service\n    enabled: false\n    masked: true\n"),
            Example.of(
                "systemd reads whatever unit files changed",
                "- systemd:\n    daemon_reload: true\n"),
            Example.on(
                "systemctl mask cron.service",
                "A unit that was masked",
                "- systemd:\n    name: cron\n    masked: false\n    enabled: true\n    state: started\n"))
        .returning(
            new Return("name", "the unit"),
            new Return("state", "started or stopped"),
            new Return("enabled", "whether it starts at boot"),
            new Return("status", "systemd's properties of the unit"));
  }

  @Override
  public Form<Wish> form() {
    var form =
        Form.builder()
            .atMostOne("content", "src")
            .atLeastOne("state", "enabled", "masked", "daemon_reload", "content", "src");
    var name =
        form.optional(
            "name",
            UnitName.TYPE,
            "The unit; without a suffix a service is meant. May be left out with daemon_reload.");
    var content = form.optional("content", TEXT, "The text of its file under /etc/systemd/system.");
    var src = form.optional("src", Types.TEMPLATE, "A template for that file.");
    var state =
        form.optional(
            "state",
            Types.oneOf(Wish.State.class),
            "Whether it runs. restarted and reloaded act each time; both start what does not run.");
    var enabled = form.optional("enabled", Types.BOOL, "Whether it is started at boot.");
    var masked = form.optional("masked", Types.BOOL, "Whether nothing at all can start it.");
    var reload =
        form.optional(
            "daemon_reload",
            Types.BOOL,
            false,
            "Let systemd read changed files of the unit even when it is not started.",
            "daemon-reload");
    var force =
        form.optional("force", Types.BOOL, false, "Replace links that are in the way of enabling.");
    var noBlock = form.optional("no_block", Types.BOOL, false, "Do not wait until it runs.");
    var scope =
        form.optional("scope", Types.oneOf(Scope.class), Scope.SYSTEM, "Only 'system' is managed.");
    return form.into(a -> {
      if (a.get(scope) != Scope.SYSTEM) {
        throw new BadValue(
            "only the system's units are managed", "a user's units need a session of that user");
      }
      return Services.checked(
          new Wish(
              a.get(name).orElse(""),
              a.get(state),
              a.get(enabled),
              a.get(masked),
              a.get(content).or(() -> a.get(src).map(SystemdUnit::small)),
              a.get(reload),
              a.get(noBlock),
              a.get(force)));
    });
  }

  private static Content.Inline small(Content content) {
    return switch (content) {
      case Content.Inline inline -> inline;
      case Content.LocalFile file -> throw tooLarge(file);
      case Content.Joined joined -> throw tooLarge(joined);
    };
  }

  private static BadValue tooLarge(Content content) {
    return new BadValue(content.source() + " is too large for a unit file");
  }

  @Override
  public Probe<ServiceState> probe(Wish wish) {
    return Services.probe(wish);
  }

  @Override
  public Decision<ServiceState> plan(Wish wish, ServiceState observed) {
    return Services.plan(wish, observed);
  }

  @Override
  public Value.Dict result(Wish wish, ServiceState observed) {
    return Services.result(wish, observed);
  }

  @Override
  public Optional<Diagnosis> diagnose(Wish wish, ServiceState observed) {
    return Services.diagnose(observed);
  }
}
