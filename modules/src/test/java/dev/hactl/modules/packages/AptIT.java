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
import dev.hactl.lab.LabContainers;
import dev.hactl.lab.LabHost;
import dev.hactl.lab.OnHost;
import dev.hactl.modules.TaskText;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The package family on a real Debian host with the lab's own repository. */
@ExtendWith(LabContainers.class)
class AptIT {
  private static final String POLICY = "/usr/sbin/policy-rc.d";
  private final Apt apt = new Apt();

  @BeforeEach
  void freshHost(@OnHost(name = "packages") LabHost host) {
    host.sh(
        """
        echo 'deb [trusted=yes] file:/srv/hactl/apt ./' > /etc/apt/sources.list.d/lab.list
        touch /etc/hactl-broken.ok; dpkg --configure -a
        apt-get -q update
        apt-get -qy purge hactl-hello hactl-hello-extra hactl-tick hactl-slow hactl-broken
        rm -f /etc/hactl-broken.ok /usr/sbin/policy-rc.d*; rm -rf /var/lib/hactl/package-transaction
        """);
  }

  private PackageTask task(String yaml) {
    return TaskText.bind(apt, yaml);
  }

  @Test
  void installsWithDependenciesAndShowsThem(@OnHost(name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    List<Change<Observed>> done = on.apply(apt, task("{name: hactl-hello-extra}"));
    assertEquals(
        List.of("install hactl-hello 2.0, hactl-hello-extra 1.0"),
        done.stream().map(Change::what).toList());
    assertEquals(
        List.of(
            Diff.of(
                "packages",
                new Diff.Property("hactl-hello (not named)", "absent", "2.0"),
                new Diff.Property("hactl-hello-extra", "absent", "1.0"))),
        done.getFirst().diffs());
    assertFalse(on.sh("test -e /var/lib/hactl/package-transaction").status() == 0);
  }

  @Test
  void aProvidedNameCountsAsInstalledAndIsNeverRemovedByThatName(
      @OnHost(name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    on.apply(apt, task("{name: hactl-greeting}"));
    assertInstanceOf(
        Decision.Impossible.class, on.plan(apt, task("{name: hactl-greeting, state: absent}")));
  }

  @Test
  void upgradesDowngradesAndPins(@OnHost(name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    on.apply(apt, task("{name: hactl-hello=1.0}"));
    assertEquals(List.of(), on.changes(apt, task("{name: hactl-hello}")));
    List<Change<Observed>> done = on.apply(apt, task("{name: hactl-hello, state: latest}"));
    assertEquals("upgrade hactl-hello 2.0", done.getFirst().what());
    assertInstanceOf(Decision.Refused.class, on.plan(apt, task("{name: 'hactl-hello=1.*'}")));
    on.apply(apt, task("{name: 'hactl-hello=1.*', allow_downgrade: true}"));
    assertEquals("hello 1.0", host.sh("hactl-hello"));
    host.sh("apt-mark hold hactl-hello");
    assertInstanceOf(
        Decision.Refused.class, on.plan(apt, task("{name: hactl-hello, state: latest}")));
    assertEquals(List.of(), on.changes(apt, task("{name: hactl-hello}")), "held is installed");
    host.sh("apt-mark unhold hactl-hello");
  }

  @Test
  void removingWhatOthersNeedAsksForConsent(@OnHost(name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    host.sh("apt-get -qy install hactl-hello-extra");
    Change<Observed> change =
        on.changes(apt, task("{name: hactl-hello, state: absent}")).getFirst();
    assertEquals(
        new Impact.Destructive(
            "remove-packages:hactl-hello-extra",
            "removes packages that are not named: hactl-hello-extra"),
        change.impact());
    List<Change<Observed>> both =
        on.apply(apt, task("{name: [hactl-hello, hactl-hello-extra], state: absent}"));
    assertEquals(Impact.none(), both.getFirst().impact());
  }

  @Test
  void anUnknownNameIsFoundBeforehandAndMayComeWithARepository(
      @OnHost(name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    var blocked =
        assertInstanceOf(
            Decision.Blocked.class, on.plan(apt, task("{name: [hactl-hello, hactl-nosuch]}")));
    assertEquals(PackagePlan.LISTS, blocked.missing());
    assertTrue(blocked.message().contains("hactl-nosuch"), blocked.message());
  }

  @Test
  void outdatedListsAreRefreshedFirst(@OnHost(name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    host.sh("rm -rf /var/lib/apt/lists/*; touch -d '3 days ago' /var/lib/apt/lists");
    List<Change<Observed>> done =
        on.apply(apt, task("{name: hactl-hello, cache_valid_time: 3600}"));
    assertEquals(
        List.of(
            "refresh the package lists",
            "install hactl-hello (hactl-hello is not in the present lists)"),
        done.stream().map(Change::what).toList());
    host.sh("sleep 0.1; touch /etc/apt/sources.list.d/lab.list");
    assertEquals(
        List.of("refresh the package lists"),
        on.apply(apt, task("{update_cache: true}")).stream().map(Change::what).toList());
    assertEquals(List.of(), on.changes(apt, task("{name: hactl-hello, update_cache: true}")));
  }

  @Test
  void installsALocalArchive(@OnHost(name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    assertInstanceOf(Decision.Blocked.class, on.plan(apt, task("{deb: /tmp/none_1.0_all.deb}")));
    on.apply(apt, task("{deb: /srv/hactl/apt/hactl-hello_1.0_all.deb}"));
    on.apply(apt, task("{name: /srv/hactl/apt/hactl-hello_2.0_all.deb}"));
    assertEquals(
        List.of(),
        on.changes(apt, task("{deb: /srv/hactl/apt/hactl-hello_1.0_all.deb}")),
        "a newer version counts");
  }

  @Test
  void servicesAreNeitherStartedNorRestartedAndConfigurationIsKept(
      @OnHost(name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    host.write(POLICY, "#!/bin/sh\n# somebody else's\nexit 0\n");
    host.sh("chmod 0750 " + POLICY);
    String before = host.sh("stat -c '%a %Y %i' " + POLICY);
    assertEquals(Impact.none(), on.apply(apt, task("{name: hactl-tick=1.0}")).getFirst().impact());
    assertNotEquals(0, on.sh("systemctl is-active -q hactl-tick").status());
    assertEquals(before, host.sh("stat -c '%a %Y %i' " + POLICY), "put back as it was");

    host.sh("systemctl start hactl-tick; echo INTERVAL=2 >> /etc/hactl-tick.conf");
    String pid = host.sh("systemctl show -p MainPID hactl-tick");
    List<Change<Observed>> done = on.apply(apt, task("{name: hactl-tick, state: latest}"));
    assertTrue(done.getFirst().what().contains("hactl-tick.service runs on"), done.toString());
    assertEquals(pid, host.sh("systemctl show -p MainPID hactl-tick"), "not restarted");
    assertTrue(host.sh("cat /etc/hactl-tick.conf").contains("INTERVAL=2"));

    List<Change<Observed>> gone =
        on.apply(apt, task("{name: hactl-tick, state: absent, purge: true}"));
    assertEquals(new Impact.Disruptive("stops hactl-tick.service"), gone.getFirst().impact());
    assertNotEquals(0, on.sh("systemctl is-active -q hactl-tick").status());
    assertNotEquals(0, on.sh("test -e /etc/hactl-tick.conf").status());
    assertEquals(before, host.sh("stat -c '%a %Y %i' " + POLICY));
  }

  @Test
  void aFailedPostinstLeavesAnUnfinishedPackageThatIsFinishedNextTime(
      @OnHost(name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    Change<Observed> change = on.changes(apt, task("{name: hactl-broken}")).getFirst();
    LabHost.Result result = on.sh(((Step.Script) change.steps().getFirst()).text());
    assertNotEquals(0, result.status());
    assertTrue(result.err().contains("hactl-broken"), result::err);
    assertNotEquals(0, on.sh("test -e " + POLICY).status(), "policy gone after a failure too");

    assertEquals(
        List.of(),
        on.changes(apt, task("{name: bash}")),
        "what others left does not concern a task that has nothing to do");
    host.sh("touch /etc/hactl-broken.ok");
    List<Change<Observed>> done = on.apply(apt, task("{name: hactl-broken}"));
    assertEquals("finish an interrupted package transaction: hactl-broken", done.getFirst().what());
  }

  @Test
  void anUnfinishedPackageCanBeRemoved(@OnHost(name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    on.sh("apt-get -qy install hactl-broken");
    on.apply(apt, task("{name: hactl-broken, state: absent}"));
  }

  @Test
  void waitsForALockAndNeverEndsItsHolder(@OnHost(name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    Change<Observed> change = on.changes(apt, task("{name: hactl-hello}")).getFirst();
    String impatient =
        ((Step.Script)
                on.changes(apt, task("{name: hactl-hello, lock_timeout: 1}"))
                    .getFirst()
                    .steps()
                    .getFirst())
            .text();
    host.sh(
        "setsid apt-get -qy install hactl-slow >/tmp/slow.log 2>&1 </dev/null & "
            + "until test -e /var/lib/dpkg/info/hactl-slow.list; do sleep 0.1; done");
    LabHost.Result refused = on.sh(impatient);
    assertNotEquals(0, refused.status());
    assertTrue(refused.err().contains("stayed locked for 1 seconds"), refused::toString);
    change.steps().forEach(on::run);
    assertEquals("ii", host.sh("dpkg-query -W -f '${db:Status-Abbrev}' hactl-slow"));
    assertEquals("ii", host.sh("dpkg-query -W -f '${db:Status-Abbrev}' hactl-hello"));
  }

  @Test
  void aTransactionKilledHalfwayIsFinishedByTheNextRun(@OnHost(name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    host.write(POLICY, "#!/bin/sh\nexit 0\n");
    Change<Observed> change = on.changes(apt, task("{name: [hactl-slow, hactl-hello]}")).getFirst();
    host.write("/root/step", ((Step.Script) change.steps().getFirst()).text());
    host.sh("setsid sh /root/step >/root/step.log 2>&1 </dev/null & echo $! > /root/step.pid");
    Deadline.in(Duration.ofSeconds(30))
        .await("the postinst", () -> on.sh("pgrep -f [h]actl-slow.postinst").status() == 0);
    assertTrue(on.observe(apt.probe(task("{name: bash}"))).note().orElseThrow().running());
    host.sh("kill -KILL -$(cat /root/step.pid); pkill -9 -f [h]actl-slow.postinst || :");
    assertTrue(host.sh("cat " + POLICY).contains("hactl"), "left behind");
    Note left = on.observe(apt.probe(task("{name: bash}"))).note().orElseThrow();
    assertFalse(left.running());
    assertEquals(List.of("hactl-hello", "hactl-slow"), left.packages().stream().sorted().toList());

    List<Change<Observed>> done = on.apply(apt, task("{name: [hactl-slow, hactl-hello]}"));
    assertTrue(
        done.getFirst().what().startsWith("finish an interrupted package transaction"),
        done.getFirst().what());
    assertEquals("#!/bin/sh\nexit 0", host.sh("cat " + POLICY));
    assertNotEquals(0, on.sh("test -e " + POLICY + ".hactl-saved").status());
  }

  @Test
  void theStepRunsInEveryShell(@OnHost(name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    for (String shell : List.of("dash", "bash --posix", "mksh", "busybox sh")) {
      host.sh("apt-get -qy purge hactl-hello");
      Change<Observed> change = on.changes(apt, task("{name: hactl-hello}")).getFirst();
      host.write("/root/step", ((Step.Script) change.steps().getFirst()).text());
      host.sh(shell + " /root/step");
      assertEquals("hello 2.0", host.sh("hactl-hello"), shell);
      assertNotEquals(0, on.sh("test -e " + POLICY).status(), shell);
    }
  }

  @Test
  void upgradesTheWholeHost(@OnHost(name = "packages") LabHost host) {
    var on = new OnLabHost(host);
    host.sh("apt-get -qy install hactl-hello=1.0");
    on.apply(apt, task("{upgrade: safe}"));
    assertEquals("hello 2.0", host.sh("hactl-hello"));
  }
}
