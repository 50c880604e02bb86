package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The example of a module in Java, built by its own Maven build as docs/writing-modules.md tells,
 * and called by the launcher, before there is a start-up cache and with it.
 */
class ModuleInJavaIT extends Launched {
  private static final Path HOUSE = LAUNCHER.getParent();
  private static final String VERSION = "0.1.0-SNAPSHOT";

  @Test
  void itsJarIsBuiltAndServesEveryCommand() throws Exception {
    Path project = copied(HOUSE.resolve("examples/module-in-java"), folder.resolve("project"));
    Ended built = maven(project);
    assertEquals(0, built.status(), built.out() + built.err());
    assertTrue(Files.exists(project.resolve("target/surefire-reports/TEST-example.NoteTest.xml")));
    Path site = folder.resolve("site");
    Files.createDirectories(site.resolve("modules"));
    Files.copy(project.resolve("target/note-1.jar"), site.resolve("modules/note-1.jar"));
    Files.copy(project.resolve("site.yml"), site.resolve("site.yml"));

    everyCommand(site);
    awaitCache();
    assertTrue(
        run(site, Map.of(), "sh", "-x", LAUNCHER.toString(), "doc", "note")
            .err()
            .contains("-XX:AOTCache="),
        "the cache is used");
    everyCommand(site);
  }

  private void everyCommand(Path site) throws Exception {
    assertTrue(hactl(site, 0, "doc").contains("note  "));
    assertTrue(hactl(site, 0, "doc", "note").startsWith("note: Keep a note in a file"));
    assertTrue(hactl(site, 0, "schema").contains("\"module_note\""));
    assertTrue(hactl(site, 0, "__complete", "doc", "no").contains("note"));
    assertTrue(hactl(site, 0, "__complete", "exec", "a", "-m", "no").contains("note"));
    List<String> run =
        List.of("site.yml", "-i", "a,", "-e", "ansible_connection=local path=" + site + "/note");
    assertEquals("nothing found\n", hactl(site, 0, "lint", run));
    assertTrue(hactl(site, 0, "apply", run).contains("changed=1 "));
    assertEquals("ask Ada\n", Files.readString(site.resolve("note")));
    assertTrue(hactl(site, 0, "apply", run).contains("changed=0 "));
    Files.delete(site.resolve("note"));
    String mistaken = hactl(site, 6, "exec", "a", "-i", "a,", "-m", "note", "-a", "path=/x txt=y");
    assertTrue(mistaken.contains("did you mean 'text'?"), mistaken);
  }

  private String hactl(Path where, int status, String command, List<String> more) throws Exception {
    var words = new ArrayList<>(List.of(command));
    words.addAll(more);
    return hactl(where, status, words.toArray(String[]::new));
  }

  private String hactl(Path where, int status, String... words) throws Exception {
    var command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(List.of(words));
    Ended ended = run(where, Map.of(), command.toArray(String[]::new));
    assertEquals(status, ended.status(), command + ended.out() + ended.err());
    return ended.out() + ended.err();
  }

  /** JUnit would warn of each. */
  @AfterEach
  void removeLinks() throws IOException {
    for (Path folder : List.of(folder.resolve("repository"), folder.resolve("repository/dev"))) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path link : files.filter(Files::isSymbolicLink).toList()) {
          Files.delete(link);
        }
      }
    }
  }

  /** Nothing is fetched: what the build of hactl needed is there, and that of the example is it. */
  private Ended maven(Path project) throws Exception {
    String wrapper = HOUSE.resolve("mvnw").toString();
    String java = System.getProperty("java.home");
    boolean wrapped = run(HOUSE, Map.of("JAVA_HOME", java), wrapper, "--version").status() == 0;
    return run(
        project,
        Map.of("JAVA_HOME", java),
        wrapped ? wrapper : "mvn",
        "-o",
        "-q",
        "-B",
        "-Dmaven.repo.local=" + repository(),
        "package");
  }

  /** A repository like the build's own, in which hactl is what this build made. */
  private Path repository() throws IOException {
    Path known =
        Path.of(
            System.getProperty(
                "localRepository", System.getProperty("user.home") + "/.m2/repository"));
    Path own = Files.createDirectories(folder.resolve("repository"));
    linked(known, own, "dev");
    linked(known.resolve("dev"), Files.createDirectories(own.resolve("dev")), "hactl");
    Path parent = Files.createDirectories(own.resolve("dev/hactl/hactl").resolve(VERSION));
    Files.copy(HOUSE.resolve("pom.xml"), parent.resolve("hactl-" + VERSION + ".pom"));
    Path engine = Files.createDirectories(own.resolve("dev/hactl/hactl-engine").resolve(VERSION));
    String name = "hactl-engine-" + VERSION;
    Files.copy(HOUSE.resolve("engine/pom.xml"), engine.resolve(name + ".pom"));
    Files.copy(
        HOUSE.resolve("engine/target").resolve(name + ".jar"), engine.resolve(name + ".jar"));
    return own;
  }

  private static void linked(Path from, Path to, String but) throws IOException {
    if (Files.isDirectory(from)) {
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.filter(f -> !f.endsWith(but)).toList()) {
          Files.createSymbolicLink(to.resolve(file.getFileName()), file);
        }
      }
    }
  }

  private static Path copied(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(f -> !f.startsWith(from.resolve("target"))).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return to;
  }
}
