package dev.hactl.modules.docker;

import static dev.hactl.modules.docker.SeenDocker.id;
import static dev.hactl.modules.docker.SeenDocker.image;
import static dev.hactl.modules.docker.SeenDocker.images;
import static dev.hactl.modules.docker.SeenDocker.leaving;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.LocalSource;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.source.SourceException;
import dev.hactl.lab.Proves;
import dev.hactl.modules.ClusterVerdict;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of images, as tables of what was seen. */
class ImagePlanTest {
  private static final ImageName WEB = new ImageName("web:1.0");
  private static final Content TAR = Content.of("tar", false, "files/web.tar");
  private static final BuildTree TREE =
      BuildTree.of(
          new LocalSource.Folder(
              "",
              List.of(),
              new TreeMap<>(Map.of("Dockerfile", Content.of("FROM scratch", false, ""))),
              Map.of()),
          "site",
          new BuildTree.Recipe(
              "Dockerfile", new LinkedHashMap<>(), Optional.of("run"), Optional.empty()));

  private static ImageWish wish(ImageWish.Origin origin, String... more) {
    var names = new ArrayList<ImageName>(List.of(WEB));
    List.of(more).forEach(n -> names.add(new ImageName(n)));
    return new ImageWish(names, origin, ImageWish.State.PRESENT, false);
  }

  private static ImageWish load(String... more) {
    return wish(
        new ImageWish.Load(
            TAR,
            new Archive.Image(
                id('a'), Set.of(id('a')), List.of(new ImageName("web:old")), List.of(), "")),
        more);
  }

  private static ImageWish build(String... more) {
    return wish(new ImageWish.Build(TREE), more);
  }

  private static ImageInfo built(char letter, String... names) {
    return image(letter, Map.of(BuildTree.LABEL, TREE.hash()), names);
  }

  private static ClusterDecision<DockerSeen> decide(ImageWish wish, DockerSeen... members) {
    var states = new LinkedHashMap<String, Optional<DockerSeen>>();
    for (int i = 0; i < members.length; i++) {
      states.put("db" + (i + 1), Optional.of(members[i]));
    }
    return new ImagePlan(wish, ClusterVerdict.members(states, states.keySet())).decide();
  }

  private static String plan(ImageWish wish, DockerSeen... members) {
    return String.join(" | ", ClusterVerdict.of(decide(wish, members)));
  }

  @Test
  @Proves({"S0-16", "S0-43"})
  void anArchiveGoesWhereItsImageIsMissing() {
    ImageInfo right = image('a', Map.of(), "web:1.0", "web:old");
    ImageInfo other = image('b', Map.of(), "web:1.0");
    assertEquals("", plan(load(), images(right), images(right)));
    assertEquals(
        "db2: load the image web:1.0 (aaaaaaaaaaaa)", plan(load(), images(right), images(other)));
    assertEquals(
        "db1: call the image aaaaaaaaaaaa web:1.0",
        plan(load(), images(image('a', Map.of(), "web:2"), other), images(right)));
    assertEquals(
        "db1: call the image aaaaaaaaaaaa web:x, db2: call the image aaaaaaaaaaaa web:x",
        plan(load("web:x"), images(right), images(right)));
  }

  @Test
  @Proves("S0-16")
  void anImageIsBuiltOnceAndThenCopied() {
    assertEquals(
        "db1: build the image web:1.0 from site | db2: copy the image web:1.0 from db1",
        plan(build(), images(), images(image('b', Map.of(), "web:1.0"))));
    assertEquals(
        "db1: copy the image web:1.0 from db2",
        plan(build(), images(), images(built('a', "web:1.0"))));
    assertEquals("", plan(build(), images(built('a', "web:1.0")), images(built('a', "web:1.0"))));
    assertEquals(
        "db2: copy the image web:1.0 from db1",
        plan(build(), images(built('a', "web:1.0")), images(built('b', "web:1.0"))));
    assertEquals(
        "db1: copy the image web:1.0 from db2",
        plan(
            build(),
            images(built('a', "web:1.0")),
            images(built('b', "web:1.0")),
            images(built('b', "web:1.0"))));
  }

  /** It may be as large as the image; a step that brings the image takes it away itself. */
  @Test
  void whatAnInterruptedRunLeftIsRemoved() {
    String clear = "db1: remove the archive of web:1.0 that an interrupted run left";
    DockerSeen right = images(image('a', Map.of(), "web:1.0"));
    assertEquals(clear, plan(load(), leaving(load(), right), right));
    assertEquals(
        "db1: call the image aaaaaaaaaaaa web:1.0, " + clear,
        plan(load(), leaving(load(), images(image('a', Map.of(), "web:2"))), right));
    assertEquals(
        "db1: load the image web:1.0 (aaaaaaaaaaaa)",
        plan(load(), leaving(load(), images()), right));
    DockerSeen made = images(built('a', "web:1.0"));
    assertEquals(clear, plan(build(), leaving(build(), made), made));
    var gone = new ImageWish(List.of(WEB), new ImageWish.Local(), ImageWish.State.ABSENT, false);
    assertEquals(
        "db1: remove the image web:1.0, " + clear, plan(gone, leaving(gone, right), images()));
    assertEquals(clear, plan(gone, leaving(gone, images()), images()));
  }

  @Test
  void aStepDoesWhatWasSaid() {
    var first = (ClusterDecision.Decided<DockerSeen>) decide(build("web:x"), images(), images());
    assertEquals(
        """
        set -e
        f=/var/lib/hactl/images/%s.tar
        trap 'rm -f -- "$f"' EXIT; trap 'exit 143' HUP INT TERM
        docker build -t web:1.0 --label 'dev.hactl.tree=%s' -f Dockerfile --target run - < "$f"
        docker tag -- web:1.0 web:x\
        """
            .formatted(Content.of("web:1.0", false, "").sha256().substring(0, 16), TREE.hash()),
        Verdict.steps(first.stages().getFirst().all().getFirst()).getLast());
    var second =
        (ClusterDecision.Decided<DockerSeen>)
            decide(build(), images(built('a', "web:1.0")), images());
    Step relay = second.stages().getFirst().all().getFirst().steps().getFirst();
    assertEquals("db1", ((Step.Relay) relay).member());
  }

  @Test
  void nothingIsBuiltWhileAMemberIsUnseen() {
    var states = new LinkedHashMap<String, Optional<DockerSeen>>();
    states.put("db1", Optional.of(images()));
    states.put("db2", Optional.empty());
    assertEquals(
        List.of(
            "refused: the image web:1.0 may have been built on a member that cannot be observed, and"
                + " a second build has another id: db2 (no route to host)"),
        ClusterVerdict.of(
            new ImagePlan(build(), ClusterVerdict.members(states, Set.of("db1"))).decide()));
    assertEquals(
        List.of("db1: load the image web:1.0 (aaaaaaaaaaaa)"),
        ClusterVerdict.of(
            new ImagePlan(load(), ClusterVerdict.members(states, Set.of("db1"))).decide()));
  }

  @Test
  void withoutASourceTheMembersHelpEachOther() {
    ImageWish local = wish(new ImageWish.Local());
    ImageInfo a = image('a', Map.of(), "web:1.0");
    assertEquals("db2: copy the image web:1.0 from db1", plan(local, images(a), images()));
    assertEquals(
        "blocked on the docker image web:1.0: there is no image web:1.0 on any member; give"
            + " 'load_path' or 'path' to bring one",
        plan(local, images(), images()));
    assertEquals(
        "impossible: the members have different images called web:1.0, and nothing says which is"
            + " right: db1 aaaaaaaaaaaa, db2 bbbbbbbbbbbb",
        plan(local, images(a), images(image('b', Map.of(), "web:1.0"))));
  }

  @Test
  void withoutDockerNothingIsDone() {
    assertEquals(
        "blocked on command docker: db2: there is no docker (package docker.io, moby-engine or"
            + " docker-ce)",
        plan(load(), images(), SeenDocker.dead("")));
    assertEquals(
        "blocked on unit docker.service: the Docker daemon does not run: it is not started",
        plan(load(), SeenDocker.dead("it is not started")));
    assertEquals(
        "impossible: the Docker daemon does not let this user in; say 'become: true'",
        plan(load(), SeenDocker.dead("Got permission denied while trying to connect")));
  }

  private static String absent(boolean force, DockerSeen there) {
    return plan(
        new ImageWish(List.of(WEB), new ImageWish.Local(), ImageWish.State.ABSENT, force), there);
  }

  @ParameterizedTest
  @CsvSource({
    "web:1.0, '', false, remove the image web:1.0",
    "other:1, '', false, ''",
    "web:1.0, true, false, refused: the container c runs from the image web:1.0",
    "web:1.0, true, true, refused: the container c runs from the image web:1.0",
    "web:1.0, false, false, refused: the container c was made of the image web:1.0; 'force: true'"
        + " removes the image's name all the same",
    "web:1.0, false, true, remove the image web:1.0",
    "web:1.0 web:2, true, false, remove the image web:1.0",
  })
  void aNameIsTakenAwayFromWhatIsNotInUse(
      String names, String running, boolean force, String expected) {
    List<DockerSeen.User> users =
        running.isEmpty()
            ? List.of()
            : List.of(new DockerSeen.User("c", id('a'), running.equals("true")));
    ImageInfo image = image('a', Map.of(), names.split(" "));
    String plan =
        absent(force, SeenDocker.with(List.of(image), users, ClusterContainers.parse("")));
    assertEquals(expected, plan.replaceFirst("^db1: ", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "web:1.0, page",
    "docker.io/library/web:1.0, page",
    "web:2, ''",
    "not a name, ''",
  })
  void aNameThatTheClusterStartsFromStays(String image, String resource) {
    String plan =
        absent(
            true,
            SeenDocker.with(
                List.of(image('a', Map.of(), "web:1.0")),
                List.of(),
                SeenDocker.cluster(image, "main")));
    assertEquals(
        resource.isEmpty()
            ? "db1: remove the image web:1.0"
            : "refused: the cluster's resource page starts containers from the image web:1.0",
        plan);
  }

  @ParameterizedTest
  @CsvSource({
    "web, web:latest",
    "web:1.0, web:1.0",
    "docker.io/library/web:1, web:1",
    "docker.io/team/web:1, team/web:1",
    "localhost:5000/web, localhost:5000/web:latest",
    "reg.example.org/a/b__c-d:x_Y.z, reg.example.org/a/b__c-d:x_Y.z",
  })
  void namesReadAsDockerListsThem(String text, String name) {
    assertEquals(name, ImageName.of(text).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: Web}",
        "{name: 'web:'}",
        "{name: web, source: load}",
        "{name: web, source: pull}",
        "{name: web, source: local, load_path: x.tar}",
        "{name: web, dockerfile: Other}",
        "{name: web, force: true}",
        "{name: 'web@sha256:abc'}",
        "{name: web, load_path: x.tar}",
        "{name: web, path: x, dockerfile: ../other}",
      })
  void mistakesAreRefusedBeforeAnyConnection(String yaml) {
    assertThrows(SourceException.class, () -> TaskText.bind(new DockerImage(), yaml));
  }

  @Test
  void aTagMayBePartOfTheName() {
    ImageWish wish = TaskText.bind(new DockerImage(), "{name: web, tag: '2', tags: 'web, web:x'}");
    assertEquals(
        List.of(new ImageName("web:2"), new ImageName("web:latest"), new ImageName("web:x")),
        wish.names());
  }
}
