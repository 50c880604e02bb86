package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.run.Runner;
import dev.hactl.modules.files.FileModule;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each pattern switch, and each equals or hashCode of a record, that is left to the JVM costs 1 to
 * 2 ms at every start (build/startup).
 */
class BootstrapsTest {
  @ParameterizedTest
  @ValueSource(classes = {Runner.class, FileModule.class, Main.class})
  void noneIsLeftToTheJvm(Class<?> one) throws IOException, URISyntaxException {
    Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(place)) {
      check(place);
    } else {
      try (var jar = FileSystems.newFileSystem(place)) {
        check(jar.getPath("/"));
      }
    }
  }

  private static void check(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> classes = files.filter(f -> f.toString().endsWith(".class")).toList();
      assertFalse(classes.isEmpty());
      for (Path file : classes) {
        assertTrue(
            ClassFile.of().parse(file).methods().stream()
                .flatMap(m -> m.code().stream())
                .flatMap(c -> c.elementStream())
                .noneMatch(BootstrapsTest::leftToTheJvm),
            () ->
                file
                    + " has a switch over patterns or a record that build/startup does not write out");
      }
    }
  }

  private static boolean leftToTheJvm(CodeElement element) {
    if (!(element instanceof InvokeDynamicInstruction call)) {
      return false;
    }
    boolean ofRecord =
        call.bootstrapMethod().owner().displayName().equals("ObjectMethods")
            && !call.name().equalsString("toString");
    return ofRecord || call.bootstrapMethod().methodName().equals("typeSwitch");
  }
}
