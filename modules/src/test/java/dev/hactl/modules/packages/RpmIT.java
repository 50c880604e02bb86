package dev.hactl.modules.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Step;
import dev.hactl.lab.Deadline;
import dev.hactl.lab.HostKind;
import dev.hactl.lab.LabContainers;
import dev.hactl.lab.LabHost;
import dev.hactl.lab.OnHost;
import dev.hactl.modules.TaskText;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The package family on a real host of the dnf family with the lab's own repository. */
@ExtendWith(LabContainers.class)
class RpmIT {
  private final Dnf dnf = new Dnf();

  @BeforeEach
  void freshHost(@OnHost(value = HostKind.RPM, name = "packages") LabHost host) {
    host.sh(
        """
        printf '[lab]\\nname=lab\\nbaseurl=file:///srv/hactl/rpm\\ngpgcheck=0\\n' \
          > /etc/yum.repos.d/lab.repo
        dnf -qy remove hactl-hello hactl-hello-extra hactl-tick hactl-slow
        dnf -q makecache; rm -f /etc/hactl-tick.conf*
        rm -rf /var/lib/hactl/package-transaction
        """);
  }

  private PackageTask task(String yaml) {
    return TaskText.bind(dnf, yaml);
  }

  private static List<String> what(List<Change<Observed>> changes) {
    return changes.stream().map(Change::what).toList();
  }

  @Test
  void installsUpgradesDowngradesRemoves(
      @OnHost(value = HostKind.RPM, name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    on.apply(dnf, task("{name: hactl-hello-1.0}"));
    assertEquals(
        List.of(), on.changes(dnf, task("{name: [hactl-greeting, /usr/bin/hactl-hello]}")));
    assertEquals(List.of(), on.changes(dnf, task("{name: 'hactl-hello >= 1.0'}")));
    List<Change<Observed>> done =
        on.apply(dnf, task("{name: [hactl-hello, hactl-hello-extra], state: latest}"));
    assertEquals(List.of("install hactl-hello-extra 1.0-1, upgrade hactl-hello 2.0-1"), what(done));
    assertTrue(
        ((Diff.Properties) done.getFirst().diffs().getFirst())
            .properties()
            .contains(new Diff.Property("hactl-hello", "1.0-1", "2.0-1")));
    assertInstanceOf(Decision.Refused.class, on.plan(dnf, task("{name: hactl-hello-1.0-1}")));
    on.apply(dnf, task("{name: hactl-hello-1.0-1.noarch, allow_downgrade: true}"));

    Change<Observed> change =
        on.changes(dnf, task("{name: hactl-hello, state: absent}")).getFirst();
    assertInstanceOf(Impact.Destructive.class, change.impact());
    assertEquals(
        Impact.none(),
        on.apply(dnf, task("{name: [hactl-hello, hactl-hello-extra], state: absent}"))
            .getFirst()
            .impact());
  }

  @Test
  void unknownNamesAndReposAreToldBeforehand(
      @OnHost(value = HostKind.RPM, name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    var blocked =
        assertInstanceOf(
            Decision.Blocked.class, on.plan(dnf, task("{name: [hactl-nosuch, hactl-hello]}")));
    assertTrue(blocked.message().contains("hactl-nosuch"), blocked.message());
    assertInstanceOf(
        Decision.Blocked.class, on.plan(dnf, task("{name: hactl-hello, enablerepo: nosuch}")));
    on.apply(dnf, task("{name: hactl-hello, disablerepo: '*', enablerepo: lab}"));
  }

  @Test
  void withoutCachedListsTheVersionIsNotForeseeable(
      @OnHost(value = HostKind.RPM, name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    host.sh("dnf -q clean all; rm -f /var/cache/dnf/hactl-refreshed");
    List<Change<Observed>> done = on.apply(dnf, task("{name: hactl-hello}"));
    assertTrue(what(done).getFirst().contains("not foreseeable"), what(done).toString());
    assertEquals(
        List.of("refresh the package lists"), what(on.apply(dnf, task("{update_cache: true}"))));
  }

  @Test
  void aLocalArchiveAndYumAndPackage(
      @OnHost(value = HostKind.RPM, name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    var yum = new Yum();
    on.apply(yum, TaskText.bind(yum, "{name: /srv/hactl/rpm/hactl-hello-1.0-1.noarch.rpm}"));
    var any = new AnyPackage();
    on.apply(any, TaskText.bind(any, "{name: hactl-hello, state: latest}"));
    assertEquals("hello 2.0", host.sh("hactl-hello"));
    on.apply(yum, TaskText.bind(yum, "{name: '*', state: latest}"));
  }

  @Test
  void upgradingARunningServiceKeepsConfigurationAndRemovingItIsDisruptive(
      @OnHost(value = HostKind.RPM, name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    on.apply(dnf, task("{name: hactl-tick-1.0}"));
    host.sh("systemctl start hactl-tick; echo INTERVAL=2 >> /etc/hactl-tick.conf");
    on.apply(dnf, task("{name: hactl-tick, state: latest}"));
    assertTrue(host.sh("cat /etc/hactl-tick.conf").contains("INTERVAL=2"));
    assertEquals(
        new Impact.Disruptive("stops hactl-tick.service"),
        on.apply(dnf, task("{name: hactl-tick, state: absent}")).getFirst().impact());
  }

  @Test
  void aHeldLockIsNamedAndItsHolderLeftAlone(
      @OnHost(value = HostKind.RPM, name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    String impatient =
        ((Step.Script)
                on.changes(dnf, task("{name: hactl-hello, lock_timeout: 1}"))
                    .getFirst()
                    .steps()
                    .getFirst())
            .text();
    Change<Observed> patient = on.changes(dnf, task("{name: hactl-hello}")).getFirst();
    host.sh("setsid dnf -qy install hactl-slow >/dev/null 2>&1 </dev/null & :");
    Deadline.in(Duration.ofSeconds(30))
        .await("the scriptlet", () -> on.sh("pgrep -x sleep").status() == 0);
    LabHost.Result refused = on.sh(impatient);
    assertNotEquals(0, refused.status());
    assertTrue(refused.err().contains("stayed locked for 1 seconds by process"), refused::toString);
    patient.steps().forEach(on::run);
    assertEquals(0, on.sh("rpm -q hactl-slow hactl-hello").status());
  }

  @Test
  void aTransactionKilledHalfwayIsFinishedByTheNextRun(
      @OnHost(value = HostKind.RPM, name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    Change<Observed> change = on.changes(dnf, task("{name: [hactl-slow, hactl-hello]}")).getFirst();
    host.write("/root/step", ((Step.Script) change.steps().getFirst()).text());
    host.sh("setsid sh /root/step >/root/step.log 2>&1 </dev/null & echo $! > /root/step.pid");
    Deadline.in(Duration.ofSeconds(30))
        .await("the scriptlet", () -> on.sh("pgrep -x sleep").status() == 0);
    assertTrue(on.observe(dnf.probe(task("{name: bash}"))).note().orElseThrow().running());
    host.sh("kill -KILL -$(cat /root/step.pid); pkill -9 -x sleep || :");
    assertFalse(on.observe(dnf.probe(task("{name: bash}"))).note().orElseThrow().running());
    List<Change<Observed>> done = on.apply(dnf, task("{name: [hactl-slow, hactl-hello]}"));
    assertTrue(
        what(done).getFirst().startsWith("finish an interrupted package transaction"),
        what(done).toString());
  }
}
