package dev.hactl.modules.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.lab.HostKind;
import dev.hactl.lab.LabContainers;
import dev.hactl.lab.LabHost;
import dev.hactl.lab.OnHost;
import dev.hactl.modules.TaskText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Repositories on real hosts. */
@ExtendWith(LabContainers.class)
class RepositoriesIT {
  private static final String LINE = "deb [trusted=yes] file:/srv/hactl/apt ./";

  @Test
  void anAptSourceComesWithItsListsAndGoesAgain(@OnHost(name = "packages") LabHost host) {
    host.sh("rm -rf /etc/apt/sources.list.d/* /var/lib/apt/lists/*; dpkg --purge hactl-hello");
    var on = new OnLabHost(host);
    var apt = new Apt();
    var module = new AptRepository();
    PackageTask hello = TaskText.bind(apt, "{name: hactl-hello}");
    var blocked = assertInstanceOf(Decision.Blocked.class, on.plan(apt, hello));

    var present = TaskText.bind(module, "{repo: '" + LINE + "', filename: lab}");
    List<Change<AptSources>> done = on.apply(module, present);
    assertEquals(
        List.of(
            "add package source "
                + LINE
                + " (warning: apt asks no signature of a trusted=yes source)",
            "fetch the package lists of " + LINE),
        done.stream().map(Change::what).toList());
    assertTrue(done.getFirst().footprint().mayBring(blocked.missing()));
    on.apply(apt, hello);

    host.sh("rm -rf /var/lib/apt/lists/*");
    assertEquals(
        List.of("fetch the package lists of " + LINE),
        on.apply(module, present).stream().map(Change::what).toList(),
        "killed between the file and the lists");
    host.sh("sed -i 's/^deb/# deb/; 1i # kept' /etc/apt/sources.list.d/lab.list");
    on.apply(module, present);
    assertEquals("# kept\n" + LINE, host.sh("cat /etc/apt/sources.list.d/lab.list"));
    host.sh("sed -i 1d /etc/apt/sources.list.d/lab.list");
    on.apply(module, TaskText.bind(module, "{repo: '" + LINE + "', state: absent}"));
    assertNotEquals(0, on.sh("test -e /etc/apt/sources.list.d/lab.list").status());

    host.sh(
        "printf 'Types: deb\\nURIs: file:/srv/hactl/apt\\nSuites: ./\\nTrusted: yes\\n'"
            + " > /etc/apt/sources.list.d/lab.sources; apt-get -q update");
    assertEquals(List.of(), on.changes(module, present));
    assertInstanceOf(
        Decision.Impossible.class,
        on.plan(module, TaskText.bind(module, "{repo: '" + LINE + "', state: absent}")));
    host.sh("rm /etc/apt/sources.list.d/lab.sources");
  }

  @Test
  void listPrefixesAreApts(@OnHost(name = "packages") LabHost host) {
    // What apt-get would call the files, without fetching any.
    for (String line :
        List.of(
            "deb http://user:pw@192.0.2.1:8080/a_b/debian~x bookworm main",
            "deb https://192.0.2.1/deb+ian/ bookworm/updates main contrib",
            "deb [trusted=yes] file:/srv/hactl/apt ./")) {
      host.sh("echo '" + line + "' > /root/one.list");
      String target =
          host.sh(
              "apt-get --print-uris update -o Dir::Etc::sourcelist=/root/one.list"
                  + " -o Dir::Etc::sourceparts=- | head -n 1 | cut -d' ' -f2");
      String prefix = AptSource.of(line).listPrefix();
      assertTrue(target.startsWith(prefix), target + " does not begin with " + prefix);
    }
  }

  @Test
  void aYumRepositoryKeepsItsNeighbours(
      @OnHost(value = HostKind.RPM, name = "packages") LabHost host) {
    host.sh("rm -f /etc/yum.repos.d/*; dnf -q clean all");
    host.write(
        "/etc/yum.repos.d/all.repo", "# ours\n[other]\nname=o\nenabled=0\nbaseurl=file:///o\n");
    var on = new OnLabHost(host);
    var module = new YumRepository();
    String lab =
        "name: lab, file: all, description: Lab, baseurl: 'file:///srv/hactl/rpm', gpgcheck: no";
    List<Change<YumRepository.Seen>> done =
        on.apply(module, TaskText.bind(module, "{" + lab + "}"));
    assertTrue(done.getFirst().what().contains("gpgcheck=0"), done.getFirst().what());
    var dnf = new Dnf();
    on.apply(dnf, TaskText.bind(dnf, "{name: hactl-hello, update_cache: true}"));
    on.apply(module, TaskText.bind(module, "{" + lab + ", priority: 5, mode: '0640'}"));
    assertEquals("640", host.sh("stat -c %a /etc/yum.repos.d/all.repo"));
    on.apply(module, TaskText.bind(module, "{name: lab, file: all, state: absent}"));
    assertEquals(
        "# ours\n[other]\nname=o\nenabled=0\nbaseurl=file:///o",
        host.sh("cat /etc/yum.repos.d/all.repo"));
    on.apply(module, TaskText.bind(module, "{name: other, file: all, state: absent}"));
    assertNotEquals(0, on.sh("test -e /etc/yum.repos.d/all.repo").status());
  }
}
