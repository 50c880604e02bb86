package dev.hactl.modules.docker;

import static dev.hactl.modules.docker.SeenDocker.id;
import static dev.hactl.modules.docker.SeenDocker.image;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import dev.hactl.modules.text.Tainted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of containers, as tables of what was seen. */
class ContainerPlanTest {
  private static final ImageInfo WEB = image('a', Map.of("of", "image"), "web:1.0");
  private static final String ANONYMOUS = "f".repeat(64);

  private static ContainerInfo container(String status) {
    return new ContainerInfo(
        "c1",
        "main",
        id('a'),
        "web:1.0",
        List.of("/busybox", "sleep", "9"),
        List.of("A=b", "FROM_IMAGE=yes"),
        Map.of("of", "image"),
        "h",
        "",
        "",
        new ContainerInfo.Host(
            List.of("/srv/www:/www:rw,z"),
            Map.of("/data", ANONYMOUS),
            List.of("127.0.0.1:8080:80/tcp", "9:9/udp"),
            "default",
            "no",
            0,
            0,
            false),
        new ContainerInfo.Status(status, "t1", 0, "", false));
  }

  private static DockerSeen seen(Optional<ContainerInfo> main, ImageInfo... images) {
    return seen(main, Optional.empty(), images);
  }

  private static DockerSeen seen(
      Optional<ContainerInfo> main, Optional<ContainerInfo> next, ImageInfo... images) {
    var containers = new LinkedHashMap<String, ContainerInfo>();
    main.ifPresent(c -> containers.put("main", c));
    next.ifPresent(c -> containers.put("main.hactl-new", c));
    return new DockerSeen(
        new Daemon(true, ""),
        "/var/lib/hactl",
        List.of(images),
        containers,
        List.of(),
        Set.of("/srv/www"),
        ClusterContainers.parse(""));
  }

  private static Decision<DockerSeen> decide(String yaml, DockerSeen seen) {
    return new DockerContainer().plan(TaskText.bind(new DockerContainer(), yaml), seen);
  }

  private static String plan(String yaml, DockerSeen seen) {
    return String.join(" | ", Verdict.of(decide(yaml, seen)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "stop_timeout: 3; ''",
        "command: [sleep, '9']; ''",
        "command: sleep 10; command: /busybox sleep 9 -> /busybox sleep 10",
        "command: []; command: /busybox sleep 9 -> /busybox",
        "entrypoint: /busybox; command: /busybox sleep 9 -> /busybox",
        "entrypoint: /busybox sleep, command: '9'; ''",
        "env: {A: b}; ''",
        "env: {A: c}; env A: b -> c",
        "env: {A: b, FROM_IMAGE: no}; env FROM_IMAGE: yes -> no",
        "env: {B: x}; env A: (not shown) -> , env B:  -> x",
        "labels: {}; ''",
        "labels: {x: y}; label x:  -> y",
        "ports: ['127.0.0.1:8080:80', '9:9/udp']; ''",
        "ports: '8080:80'; published_ports: 127.0.0.1:8080:80/tcp, 9:9/udp -> 8080:80/tcp",
        "volumes: ['/srv/www/:/www:z', /data]; ''",
        "volumes: /srv/www:/www:ro; volumes: /srv/www:/www:z -> /srv/www:/www:ro",
        "volumes: ['/srv/www:/www:z', /more]; volume /more:  -> a volume without a name",
        "network_mode: bridge; ''",
        "network_mode: host; network_mode: bridge -> host",
        "hostname: g; hostname: h -> g",
        "user: '1'; user:  -> 1",
        "privileged: true; privileged: false -> true",
        "restart_policy: no; ''",
      })
  void whatIsGivenIsCompared(String given, String differences) {
    Decision<DockerSeen> decision =
        decide(
            "{name: main, image: web:1.0, " + given + "}",
            seen(Optional.of(container("running")), WEB));
    List<Change<DockerSeen>> changes = Verdict.changes(decision);
    assertEquals(
        differences, changes.isEmpty() ? "" : String.join(", ", Verdict.diffs(changes.getFirst())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{name: main}# running# ''",
        "{name: main}# exited# start the container main",
        "{name: main}# created# start the container main",
        "{name: main}# paused# resume the paused container main",
        "{name: main, state: present}# exited# ''",
        "{name: main, state: stopped}# exited# ''",
        "{name: main, state: stopped}# running# stop the container main !stops the container main",
        "{name: main, state: absent}# exited# remove the container main",
        "{name: main, state: absent}# running# remove the container main !stops the container main",
        "{name: main, restart: true}# running# restart the container main !restarts the container main",
        "{name: main, restart: true}# exited# start the container main",
        "{name: main, memory: 64M, restart_policy: always}# running# set restart_policy, memory of the container main",
        "{name: main, image: web:1.0, recreate: true}# running# replace the container main (recreate) !stops and replaces the container main (recreate)",
        "{name: main, image: web:1.0, hostname: x}# exited# replace the container main (hostname)",
        "{name: main, image: web:2}# running# blocked on the docker image web:2: there is no image web:2 on this host; docker_image brings it",
        "{name: main, hostname: x}# running# impossible: there is no container main; give its 'image' to make one",
      })
  void aStateIsReached(String yaml, String status, String expected) {
    assertEquals(expected, plan(yaml, seen(Optional.of(container(status)), WEB)));
  }

  @Test
  void aNewOneNeedsItsImageAndItsFolders() {
    assertEquals(
        "create and start main from web:1.0",
        plan("{name: main, image: web:1.0, volumes: '/srv/www:/w'}", seen(Optional.empty(), WEB)));
    assertEquals(
        "create main from web:1.0",
        plan("{name: main, image: web:1.0, state: present}", seen(Optional.empty(), WEB)));
    assertEquals(
        "blocked on /sky: there is no /sky on this host, and docker would make an empty folder of it",
        plan("{name: main, image: web:1.0, volumes: '/sky:/w'}", seen(Optional.empty(), WEB)));
    assertEquals("", plan("{name: main, state: absent}", seen(Optional.empty())));
  }

  @Test
  void aMovedNameIsADifference() {
    ImageInfo other = image('b', Map.of(), "web:1.0");
    Decision<DockerSeen> decision =
        decide("{name: main, image: web:1.0}", seen(Optional.of(container("running")), other));
    assertEquals(
        List.of("image: web:1.0 (aaaaaaaaaaaa) -> web:1.0 (bbbbbbbbbbbb)"),
        Verdict.diffs(Verdict.only(decision)));
    assertEquals("", plan("{name: main, image: web:1.0}", seen(Optional.of(container("running")))));
  }

  @Test
  void theNewOneIsMadeBeforeTheOldOneStops() {
    Change<DockerSeen> change =
        Verdict.only(
            decide(
                "{name: main, image: web:1.0, hostname: x, stop_timeout: 5, entrypoint: [a, b], command: c}",
                seen(Optional.of(container("running")), Optional.of(container("created")), WEB)));
    assertEquals(
        """
        set -e
        docker rm -f -- main.hactl-new > /dev/null
        docker create --name main.hactl-new --volume %s:/data --hostname x --entrypoint a -- web:1.0 b c > /dev/null
        docker stop -t 5 -- main > /dev/null
        docker rm -- main > /dev/null
        docker rename -- main.hactl-new main
        docker start -- main > /dev/null\
        """
            .formatted(ANONYMOUS),
        Verdict.steps(change).getFirst());
  }

  @Test
  void whatAnInterruptedRunLeftGoesAndItsVolumesStay() {
    Change<DockerSeen> change =
        Verdict.only(
            decide(
                "{name: main, image: web:1.0, volumes: [/data]}",
                seen(Optional.empty(), Optional.of(container("created")), WEB)));
    assertTrue(
        Verdict.steps(change).getFirst().contains("--volume " + ANONYMOUS + ":/data "),
        Verdict.steps(change).getFirst());
    assertEquals(
        "remove main.hactl-new, left by an interrupted run",
        plan(
            "{name: main}",
            seen(Optional.of(container("running")), Optional.of(container("created")), WEB)));
  }

  @Test
  void aSecretIsNeitherInWordsNorInDifferences() {
    var values = new LinkedHashMap<String, Tainted>();
    values.put("A", new Tainted("hush'\"$x", true));
    values.put("LINES", new Tainted("one\ntwo", true));
    values.put("PLAIN", Tainted.open("seen"));
    ContainerWish open = TaskText.bind(new DockerContainer(), "{name: main, image: web:1.0}");
    Spec spec = open.spec();
    var wish =
        new ContainerWish(
            "main",
            new Spec(
                spec.image(),
                spec.command(),
                spec.entrypoint(),
                Optional.of(new EnvVars(values)),
                spec.ports(),
                spec.volumes(),
                spec.network(),
                spec.restart(),
                spec.hostname(),
                spec.labels(),
                spec.memory(),
                spec.user(),
                spec.workingDir(),
                spec.privileged()),
            ContainerWish.State.STARTED,
            false,
            false,
            Optional.empty());
    Change<DockerSeen> change =
        Verdict.only(
            new DockerContainer().plan(wish, seen(Optional.of(container("running")), WEB)));
    assertEquals(
        List.of(
            "env A: (not shown) -> (not shown)",
            "env LINES:  -> (not shown)",
            "env PLAIN:  -> seen"),
        Verdict.diffs(change));
    List<String> lines = Verdict.steps(change).getFirst().lines().toList();
    String create =
        lines.stream().filter(l -> l.startsWith("docker create")).findFirst().orElseThrow();
    assertTrue(create.contains("--env-file /dev/fd/3 --env LINES"), create);
    assertFalse(create.contains("hush"), create);
    assertTrue(lines.contains("A=hush'\"$x"), lines.toString());
    assertTrue(lines.contains("LINES='one"), lines.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "main, page",
    "many-docker-0, many",
    "plain, plain",
    "like, like",
    "many-docker-x, ''",
    "page, ''"
  })
  void whatTheClusterStartsIsLeftToIt(String name, String resource) {
    DockerSeen there = SeenDocker.with(List.of(), List.of(), SeenDocker.cluster("web:1.0", "main"));
    for (String state : List.of("started", "absent")) {
      String plan = plan("{name: " + name + ", state: " + state + "}", there);
      assertEquals(
          !resource.isEmpty(),
          plan.equals(
              "refused: the cluster's resource %s starts and stops the container %s: two masters would start it twice"
                  .formatted(resource, name)),
          plan);
    }
  }
}
