package dev.hactl.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.IndexedModules;
import dev.hactl.engine.module.ModuleIndexProcessor;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.run.Project;
import dev.hactl.engine.run.RunControl;
import dev.hactl.engine.run.RunOptions;
import dev.hactl.engine.run.Runner;
import dev.hactl.engine.source.Problems;
import dev.hactl.modules.user.UserModules;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of {@code docs/writing-modules.md} do what the page says. */
class WritingModulesTest {
  private static final Path PAGE = Path.of("../docs/writing-modules.md");

  @TempDir Path folder;

  private static List<String> snippets(String language) throws IOException {
    var fence = Pattern.compile("(?s)```" + language + "\n(.*?)```");
    return fence.matcher(Files.readString(PAGE)).results().map(m -> m.group(1)).toList();
  }

  @Test
  void theYamlModuleRuns() throws IOException {
    List<String> yaml = snippets("yaml");
    Path file = folder.resolve("resolv.conf");
    Path playbook = Files.writeString(folder.resolve("site.yml"), yaml.get(1));
    Files.createDirectory(folder.resolve("modules"));
    Files.writeString(
        folder.resolve("modules/resolver.yml"),
        yaml.get(0).replace("/etc/resolv.conf", file.toString()));
    Path inventory =
        Files.writeString(
            folder.resolve("inventory.yml"),
            "all:\n  hosts:\n    here:\n      ansible_connection: local\n");
    var problems = new Problems();
    Modules modules =
        UserModules.read(
            folder.resolve("modules"),
            "modules",
            IndexedModules.of(getClass().getClassLoader()),
            problems);
    assertEquals(List.of(), problems.all());
    Files.writeString(file, "nameserver 203.0.113.1\n");
    var options = RunOptions.defaults();

    List<Event> foretold = run(playbook, inventory, modules, options.withCheck(true));
    assertTrue(first(foretold) instanceof Outcome.Changed, foretold::toString);
    assertEquals("nameserver 203.0.113.1\n", Files.readString(file));

    List<Event> done = run(playbook, inventory, modules, options);
    assertTrue(first(done) instanceof Outcome.Changed, done::toString);
    assertEquals("nameserver 192.0.2.53\nnameserver 198.51.100.53\n", Files.readString(file));
    assertTrue(done.toString().contains("2 name servers"), done::toString);

    List<Event> again = run(playbook, inventory, modules, options);
    assertTrue(first(again) instanceof Outcome.Ok, again::toString);
  }

  private static List<Event> run(
      Path playbook, Path inventory, Modules modules, RunOptions options) {
    var events = new ArrayList<Event>();
    Project project =
        Project.load(List.of(playbook), List.of(inventory.toString()), (path, found) -> modules);
    String id = "snippets-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    assertEquals(
        0, Runner.run(project, options, events::add, new RunControl(), id), events::toString);
    return events;
  }

  private static Outcome first(List<Event> events) {
    return events.stream()
        .filter(Event.TaskEnded.class::isInstance)
        .map(e -> ((Event.TaskEnded) e).outcome())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theJavaModuleCompilesAndItsTestPasses() throws Exception {
    List<String> java = snippets("java");
    assertEquals(2, java.size());
    Path sources = Files.createDirectories(folder.resolve("dev/hactl/modules/example"));
    Path module = Files.writeString(sources.resolve("DefaultTarget.java"), java.get(0));
    Path test = Files.writeString(sources.resolve("DefaultTargetTest.java"), java.get(1));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    compile(classes, module, test);
    try (var loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      Modules modules = IndexedModules.of(loader);
      var found = modules.find("default_target").orElseThrow();
      ByHand.bind(found, "multi-user.target");
      Class<?> tests = loader.loadClass("dev.hactl.modules.example.DefaultTargetTest");
      var constructor = tests.getDeclaredConstructor();
      constructor.setAccessible(true);
      int passed = 0;
      for (Method method : tests.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          method.setAccessible(true);
          method.invoke(constructor.newInstance());
          passed++;
        }
      }
      assertEquals(2, passed);
    }
  }

  private static void compile(Path classes, Path... sources) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var task =
          compiler.getTask(
              messages,
              files,
              null,
              List.of(
                  "-d",
                  classes.toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "-processor",
                  ModuleIndexProcessor.class.getName()),
              null,
              files.getJavaFileObjects(sources));
      assertTrue(task.call(), messages::toString);
    }
  }
}
