package dev.hactl.engine.module;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Writes the indexes of {@link HactlModule}s and {@link HactlTarget}s while they are compiled:
 * {@code class name alias...} a line.
 */
@SupportedAnnotationTypes({
  "dev.hactl.engine.module.HactlModule",
  "dev.hactl.engine.module.HactlTarget"
})
public final class ModuleIndexProcessor extends AbstractProcessor {
  private final Set<String> lines = new TreeSet<>();
  private final Set<String> targets = new TreeSet<>();

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (Element element : round.getElementsAnnotatedWith(HactlModule.class)) {
      String names = String.join(" ", element.getAnnotation(HactlModule.class).value());
      lines.add(processingEnv.getElementUtils().getBinaryName((TypeElement) element) + " " + names);
    }
    for (Element element : round.getElementsAnnotatedWith(HactlTarget.class)) {
      String name = element.getAnnotation(HactlTarget.class).value();
      targets.add(
          processingEnv.getElementUtils().getBinaryName((TypeElement) element) + " " + name);
    }
    if (round.processingOver()) {
      write(IndexedModules.INDEX, lines);
      write(IndexedModules.TARGETS, targets);
    }
    return false;
  }

  private void write(String file, Set<String> entries) {
    if (entries.isEmpty()) {
      return;
    }
    try (Writer index =
        processingEnv
            .getFiler()
            .createResource(StandardLocation.CLASS_OUTPUT, "", file)
            .openWriter()) {
      for (String line : entries) {
        index.write(line + "\n");
      }
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(Diagnostic.Kind.ERROR, "module index: " + e.getMessage());
    }
  }
}
