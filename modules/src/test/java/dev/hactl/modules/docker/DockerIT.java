package dev.hactl.modules.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.lab.LabMachine;
import dev.hactl.lab.OnMachine;
import dev.hactl.lab.Proves;
import dev.hactl.lab.WithMachines;
import dev.hactl.modules.contract.CutOff;
import dev.hactl.modules.contract.Playbook;
import dev.hactl.modules.nodes.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Images and containers on two real machines, without a registry. */
@WithMachines
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DockerIT {
  @TempDir static Path images;
  private static HandmadeImage web;
  @TempDir Path folder;
  private Pair pair;
  private LabMachine one;
  private LabMachine two;

  /** A root file system of one program, which Debian links statically. */
  @BeforeAll
  static void makeAnImage(@OnMachine(1) LabMachine machine) throws IOException {
    byte[] busybox = Base64.getMimeDecoder().decode(machine.sh("base64 /bin/busybox"));
    web =
        HandmadeImage.of(
            "web:1.0",
            "\"Env\":[\"FROM_IMAGE=yes\"],\"Entrypoint\":[\"/busybox\"],\"Cmd\":[\"sleep\",\"1000\"]",
            Map.of("busybox", busybox));
    Files.write(images.resolve("web.tar"), web.archive());
    Files.write(images.resolve("web.tar.gz"), web.gzip());
  }

  @BeforeEach
  void know(@OnMachine(1) LabMachine first, @OnMachine(2) LabMachine second) {
    one = first;
    two = second;
    pair = new Pair(folder, first, second);
  }

  private static String load() {
    return """
    - docker_image:
        name: web:1.0
        load_path: %s
        tags: web:stable
    """
        .formatted(images.resolve("web.tar"));
  }

  private static String id(LabMachine machine, String name) {
    return machine.sh("docker image inspect -f '{{.Id}}' " + name);
  }

  private static void done(Playbook.Run run) {
    assertEquals(0, run.exit(), run.story());
  }

  private static void says(Playbook.Run run, int exit, String words) {
    assertEquals(exit, run.exit(), run.story());
    assertTrue(run.story().contains(words), run.story());
  }

  @Test
  @Order(1)
  @Proves("S0-16")
  void anArchiveArrivesOnceUnderItsId() {
    String tasks = "- service: {name: docker, state: started}\n" + load();
    done(pair.check(tasks));
    assertEquals("inactive", one.sh("systemctl is-active docker || :"));
    done(pair.apply(tasks));
    assertEquals(web.id(), id(one, "web:1.0"));
    assertEquals(web.id(), id(two, "web:stable"));
    assertEquals("", one.sh("ls /var/lib/hactl/images"));

    one.sh("docker rmi web:stable > /dev/null");
    two.sh("docker rmi web:stable web:1.0 > /dev/null");
    Playbook.Run again = pair.apply(load());
    says(again, 0, "call the image " + ImageName.shorten(web.id()) + " web:stable");
    says(again, 0, "load the image web:1.0");
  }

  @Test
  @Order(2)
  @Proves("S0-16")
  void whatOneBuildsTheOtherGets() throws IOException {
    Path tree = Files.createDirectories(images.resolve("site/www"));
    Files.writeString(tree.resolve("index.html"), "first\n");
    Files.writeString(images.resolve("site/junk.log"), "one\n");
    Files.writeString(images.resolve("site/.dockerignore"), "*.log\n");
    Files.writeString(
        images.resolve("site/Dockerfile"),
        "FROM web:1.0\nARG GREETING\nLABEL greeting=$GREETING\nCOPY . /site\n");
    String build =
        """
        - docker_image:
            name: site
            path: %s
            args: {GREETING: hello}
        """
            .formatted(images.resolve("site"));
    done(pair.apply(build));
    String first = id(one, "site");
    assertEquals(
        first + " hello",
        two.sh("docker image inspect -f '{{.Id}} {{.Config.Labels.greeting}}' site:latest"));
    Files.writeString(images.resolve("site/junk.log"), "two\n");
    two.sh("docker rmi site > /dev/null");
    // The archive's image is found as it is, in the same message.
    says(pair.apply(load() + build), 0, "copy the image site:latest from node1");
    assertEquals(first + " " + first, id(one, "site") + " " + id(two, "site"));
    assertEquals("", two.sh("ls /var/lib/hactl/images"));
    pair.quiet(load() + build);
  }

  private Playbook.Run onOne(String tasks, String... consents) {
    return pair.applyOn("node1", tasks, consents);
  }

  private static String container(String more) {
    return """
    - docker_container:
        name: main
        image: web:1.0
        network_mode: none
        volumes: ['/srv/www:/www:ro', /data]
        stop_timeout: 0
        env: {PASSWORD: '${contract_secret}', PLAIN: a b}
        %s
    """
        .formatted(more);
  }

  private String look(String format) {
    return one.sh("docker inspect --type container -f '" + format + "' main");
  }

  @Test
  @Order(3)
  void aContainerIsAsItIsWanted() {
    one.sh(
        """
        cat > /usr/local/bin/docker <<'X'
        #!/bin/sh
        echo "$*" >> /run/docker-words
        exec /usr/bin/docker "$@"
        X
        chmod 755 /usr/local/bin/docker
        """);
    Playbook.Run first =
        onOne("- file: {path: /srv/www, state: directory}\n" + container("hostname: a"));
    done(first);
    assertFalse(first.events().toString().contains("Xq7Kw3marker9Zt"));
    String words = one.sh("cat /run/docker-words; rm /usr/local/bin/docker");
    assertTrue(words.contains("create --name main"), words);
    assertFalse(words.contains("Xq7Kw3"), words);
    assertTrue(look("{{json .Config.Env}}").contains("PASSWORD=Xq7Kw3marker9Zt"));

    String started = look("{{.State.StartedAt}}");
    String limited = container("memory: 32M\n    restart_policy: unless-stopped");
    says(onOne(container("hostname: a") + limited), 0, "set restart_policy, memory of");
    assertEquals(
        started + " 33554432 unless-stopped",
        look("{{.State.StartedAt}} {{.HostConfig.Memory}} {{.HostConfig.RestartPolicy.Name}}"));
    Playbook.Run again = onOne(limited);
    assertTrue(again.exit() == 0 && again.quiet(), again.story());
  }

  @Test
  @Order(4)
  void aContainerThatDiffersIsReplacedWithConsent() {
    one.sh("docker exec main /busybox touch /data/kept");
    String before = look("{{.Id}} {{.State.StartedAt}}");
    String other = container("hostname: b");
    says(onOne(other), 9, "stops and replaces the container main (hostname)");
    assertEquals(2, onOne(other.replace(":ro", ":nonsense"), "disruptive").exit());
    assertEquals(before, look("{{.Id}} {{.State.StartedAt}}"));
    done(onOne(other, "disruptive"));
    assertEquals("b running", look("{{.Config.Hostname}} {{.State.Status}}"));
    assertEquals("/data/kept", one.sh("docker exec main /busybox ls /data/kept"));
  }

  @Test
  @Order(5)
  void whatIsInUseStays() {
    pair.refused(
        "- docker_image: {name: 'web:1.0', tags: 'web:stable', state: absent}\n",
        "node1: the container main runs from the image web:1.0");
    String dies = "docker_container: {name: dies, image: 'web:1.0', network_mode: none%s}";
    says(onOne("- " + dies.formatted(", command: 'false'") + "\n"), 2, "exit status 1");
    one.sh("mkdir -p /var/lib/pacemaker/cib");
    one.write(
        "/var/lib/pacemaker/cib/cib.xml",
        """
        <cib><configuration><resources>
          <primitive id="page" class="ocf" provider="heartbeat" type="docker">
            <instance_attributes id="i">
              <nvpair id="n1" name="image" value="site"/><nvpair id="n2" name="name" value="main"/>
            </instance_attributes>
          </primitive>
        </resources></configuration></cib>
        """);
    says(
        onOne("- docker_container: {name: main, state: absent}\n", "disruptive"),
        9,
        "the cluster's resource page starts and stops the container main");
    one.sh("rm /var/lib/pacemaker/cib/cib.xml");
  }

  /** As after a power failure between the removal of the old one and the new one's last name. */
  @Test
  @Order(6)
  void anInterruptedReplacementIsFinished() {
    one.sh(
        """
        docker create --name main.hactl-new --network none -v "$(docker inspect -f \
          '{{range .Mounts}}{{if eq .Destination "/data"}}{{.Name}}{{end}}{{end}}' main):/data" web:1.0 > /dev/null
        docker rm -f main > /dev/null
        """);
    String volume = one.sh("docker volume ls -q");
    done(onOne(container("state: present") + "- docker_container: {name: dies, state: absent}\n"));
    assertEquals("main", one.sh("docker ps -a --format '{{.Names}}'"));
    assertTrue(look("{{json .HostConfig.Binds}}").contains(volume + ":/data"));
    done(pair.apply("- docker_image: {name: site, state: absent}\n"));
    assertEquals("", two.sh("docker images -q site"));
  }

  /** A copy goes by way of the controller, into a file as large as the image. */
  @Test
  @Order(7)
  void aCopyThatIsCutOffIsMadeAgain() {
    two.sh("docker rmi -f web:1.0 web:stable > /dev/null 2>&1 || :");
    String wanted = "- docker_image: {name: 'web:1.0'}\n";
    try (var cut = new CutOff(two, "docker", "rm")) {
      cut.before("docker load", () -> pair.apply(wanted));
      cut.before("rm -f", () -> pair.apply(wanted));
    }
    done(pair.apply(wanted));
    assertEquals(id(one, "web:1.0"), id(two, "web:1.0"));
    assertEquals("", two.sh("ls /var/lib/hactl/images"));
    Playbook.Run again = pair.apply(wanted);
    assertTrue(again.exit() == 0 && again.quiet(), again.story());
  }
}
