package dev.hactl.engine.lint;

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

/** Writes the index of {@link HactlRules} while they are compiled: a class a line. */
@SupportedAnnotationTypes("dev.hactl.engine.lint.HactlRules")
public final class RuleIndexProcessor extends AbstractProcessor {
  private final Set<String> classes = new TreeSet<>();

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (Element element : round.getElementsAnnotatedWith(HactlRules.class)) {
      classes.add(processingEnv.getElementUtils().getBinaryName((TypeElement) element).toString());
    }
    if (round.processingOver() && !classes.isEmpty()) {
      write();
    }
    return false;
  }

  private void write() {
    try (Writer index =
        processingEnv
            .getFiler()
            .createResource(StandardLocation.CLASS_OUTPUT, "", IndexedRules.INDEX)
            .openWriter()) {
      for (String name : classes) {
        index.write(name + "\n");
      }
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(Diagnostic.Kind.ERROR, "rule index: " + e.getMessage());
    }
  }
}
