package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules in Java from jars beside a playbook: the example project, and every way to be wrong. */
class JarModulesTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "module-in-java");

  @TempDir private Path folder;

  /** Compiles with the processor that makes the index. */
  private Path compiled(String... sources) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    var words =
        new ArrayList<>(
            List.of(
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-processor",
                "dev.hactl.engine.module.ModuleIndexProcessor"));
    words.addAll(List.of(sources));
    var said = new StringWriter();
    boolean done;
    try (var manager =
        ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
      var files = manager.getJavaFileObjects(words.subList(6, words.size()).toArray(String[]::new));
      done =
          ToolProvider.getSystemJavaCompiler()
              .getTask(said, manager, null, words.subList(0, 6), null, files)
              .call();
    }
    assertTrue(done, said::toString);
    return classes;
  }

  private void jar(String name, Path classes) throws IOException {
    Path modules = Files.createDirectories(folder.resolve("modules"));
    try (var jar = new JarOutputStream(Files.newOutputStream(modules.resolve(name)));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, jar);
      }
    }
  }

  private CommandLineRun apply(String... more) throws IOException {
    Path site = folder.resolve("site.yml");
    Files.copy(
        EXAMPLE.resolve("site.yml"), site, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    var words =
        new ArrayList<>(
            List.of(
                "apply",
                site.toString(),
                "-i",
                "a,",
                "-e",
                "ansible_connection=local",
                "-e",
                "path=" + folder.resolve("note")));
    words.addAll(List.of(more));
    return CommandLineRun.alone(words.toArray(String[]::new));
  }

  @Test
  void theExampleIsAModuleLikeAnyOther() throws Exception {
    jar(
        "note.jar",
        compiled(
            EXAMPLE.resolve("src/main/java/example/Note.java").toString(),
            EXAMPLE.resolve("src/test/java/example/NoteTest.java").toString()));
    CommandLineRun check = apply("--check", "--diff");
    assertTrue(check.out().contains("+text: ask Ada"), check.out() + check.err());
    assertTrue(Files.notExists(folder.resolve("note")));
    CommandLineRun first = apply();
    assertTrue(first.out().contains("changed=1"), first.out() + first.err());
    assertEquals("ask Ada\n", Files.readString(folder.resolve("note")));
    CommandLineRun second = apply();
    assertTrue(second.out().contains("changed=0"), second.out() + second.err());
    String modules = folder.resolve("modules").toString();
    assertTrue(CommandLineRun.of("doc", "-M", modules, "note").out().contains("Keep a note"));
    assertTrue(CommandLineRun.of("schema", "-M", modules).out().contains("\"note\""));
    CommandLineRun wrong = CommandLineRun.of("doc", "-M", modules, "note_");
    assertTrue(wrong.err().contains("did you mean 'note'?"), wrong.err());
  }

  @Test
  void itIsLintedAndCompletedLikeAnyOther() throws Exception {
    jar("note.jar", compiled(EXAMPLE.resolve("src/main/java/example/Note.java").toString()));
    Path site = folder.resolve("site.yml");
    Files.writeString(
        site, "- hosts: all\n  tasks:\n    - note: {path: /srv/note, text: ask Ada}\n");
    CommandLineRun good = CommandLineRun.of("lint", site.toString(), "-i", "a,");
    assertEquals("nothing found\n", good.out(), good.err());
    Files.writeString(
        site, "- hosts: all\n  tasks:\n    - note: {path: /srv/note, txt: ask Ada}\n");
    CommandLineRun wrong = CommandLineRun.of("lint", site.toString(), "-i", "a,");
    assertEquals(ExitCode.INVALID_INPUT, wrong.code());
    assertTrue(wrong.out().contains("site.yml:3:31: error: note has no parameter 'txt'"));
    assertTrue(wrong.out().contains("did you mean 'text'?"), wrong.out());
    for (String where : List.of("-M " + folder.resolve("modules"), "-p " + site)) {
      List<String> words = List.of((where + " no").split(" "));
      var line = new ArrayList<>(List.of("doc"));
      line.addAll(words);
      assertTrue(Completion.of(line).words().containsKey("note"), line::toString);
    }
    String described = CommandLineRun.of("doc", "-p", site.toString(), "note").out();
    assertTrue(described.startsWith("note: Keep a note in a file\n"), described);
    assertTrue(described.contains("  text (text; required)\n      The line.\n"), described);
    String schema = CommandLineRun.of("schema", "-p", site.toString()).out();
    assertTrue(schema.contains("\"The line.\""), "its parameters are in the schema");
  }

  @Test
  void itsOwnTestPasses() throws Exception {
    Path classes =
        compiled(
            EXAMPLE.resolve("src/main/java/example/Note.java").toString(),
            EXAMPLE.resolve("src/test/java/example/NoteTest.java").toString());
    try (var loader =
        new java.net.URLClassLoader(
            new java.net.URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      Class<?> test = Class.forName("example.NoteTest", true, loader);
      var made = test.getDeclaredConstructor();
      made.setAccessible(true);
      Object object = made.newInstance();
      int run = 0;
      for (var method : test.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          method.setAccessible(true);
          method.invoke(object);
          run++;
        }
      }
      assertEquals(2, run);
    }
  }

  /** What the index names and the class says, and what is wrong with it. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " # ",
      quoteCharacter = '`',
      value = {
        "x.A thing # class B {} # the class x.A is not in this jar",
        "x.A thing # public class A {} # the class x.A is no module",
        "x.A thing # public class A { public A(int i) {} } # the class x.A cannot be made",
        "x.A thing # public class A { public A() { throw new IllegalStateException(\"no luck\"); } } # the class x.A cannot be made: IllegalStateException: no luck",
        "x.A thing # public class A { static int i = 1 / Integer.parseInt(\"0\"); } # the class x.A does not fit this hactl: ExceptionInInitializerError",
        "x.A copy # public class A {} # the module 'copy' is built in",
        "x.A # public class A {} # META-INF/hactl/modules has a line without a name: x.A",
        "`` # public class A {} # this jar lists no module",
      })
  void whatIsWrongIsToldBeforeAnythingConnects(String index, String source, String message)
      throws IOException {
    Path file = Files.createDirectories(folder.resolve("x")).resolve("Source.java");
    Files.writeString(file, "package x;\n" + source.replace("public class", "class"));
    if (source.startsWith("public")) {
      file = Files.move(file, file.resolveSibling("A.java"));
      Files.writeString(file, "package x;\n" + source);
    }
    Path classes = compiled(file.toString());
    index(classes, index);
    jar("a.jar", classes);
    refused(message);
  }

  private static void index(Path classes, String line) throws IOException {
    if (!line.isEmpty()) {
      Path index = classes.resolve("META-INF/hactl/modules");
      Files.createDirectories(index.getParent());
      Files.writeString(index, line + "\n");
    }
  }

  private void refused(String message) throws IOException {
    CommandLineRun run = apply();
    String first = run.err().lines().findFirst().orElse("").replace(folder + "/", "");
    assertTrue(first.startsWith("modules/a.jar: error: " + message), run.err());
    assertEquals(6, run.code().number());
  }

  @Test
  void aFileThatIsNoJar() throws IOException {
    Files.createDirectories(folder.resolve("modules"));
    Files.writeString(folder.resolve("modules/a.jar"), "no jar");
    refused("this is no jar that can be read: ");
  }

  @Test
  void aClassForANewerJava() throws IOException {
    Path file = Files.createDirectories(folder.resolve("x")).resolve("A.java");
    Files.writeString(file, "package x; public class A {}");
    Path classes = compiled(file.toString());
    Path type = classes.resolve("x/A.class");
    byte[] bytes = Files.readAllBytes(type);
    bytes[7] = (byte) 0x7f; // the major version
    Files.write(type, bytes);
    index(classes, "x.A thing");
    jar("a.jar", classes);
    refused("the class x.A was compiled for a newer Java than ");
  }

  @Test
  void aNameThatTwoHave() throws IOException {
    Files.createDirectories(folder.resolve("modules"));
    Files.writeString(folder.resolve("modules/note.yml"), "summary: x\nprobe: true\napply: true\n");
    Path classes = compiled(EXAMPLE.resolve("src/main/java/example/Note.java").toString());
    jar("a.jar", classes);
    refused("the module 'note' is in this folder twice");
    assertEquals(
        "example.Note note",
        Files.readString(classes.resolve("META-INF/hactl/modules"), StandardCharsets.UTF_8)
            .strip());
  }
}
