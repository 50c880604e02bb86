package dev.hactl.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The rules of the house that a compiler cannot see: who may know whom inside the engine. */
@AnalyzeClasses(packages = "dev.hactl.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /**
   * The stations in the order in which data flows; each may use only those before it. The report
   * stands before the run because the run emits its events and nothing in the engine reads them.
   */
  private static final List<String> STATIONS =
      List.of(
          "vault",
          "source",
          "value",
          "model",
          "inventory",
          "vars",
          "template",
          "module",
          "lint",
          "plan",
          "remote",
          "report",
          "run");

  @ArchTest
  static final ArchRule everyClassBelongsToAStation =
      classes().should().resideInAnyPackage(packagesOf(STATIONS));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.hactl.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheRunEmitsEvents =
      noClasses()
          .that(not(resideInAnyPackage(packagesOf(List.of("report", "run")))))
          .should()
          .dependOnClassesThat(resideInAPackage("dev.hactl.engine.report.."));

  @ArchTest
  static final ArchRule theEngineKnowsNeitherModulesNorCommands =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.hactl.modules..", "dev.hactl.cli..", "picocli.."));

  @ArchTest static final ArchRule sshOnlyInRemote = library("com.jcraft.jsch..", "remote");

  @ArchTest static final ArchRule freemarkerOnlyInTemplate = library("freemarker..", "template");

  @ArchTest static final ArchRule yamlOnlyInSource = library("org.snakeyaml..", "source");

  @ArchTest static final ArchRule logicNeverPrints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule noStaticMutableState =
      fields().that().areStatic().should().beFinal().allowEmptyShould(true);

  @ArchTest
  static void eachStationUsesOnlyThoseBeforeIt(JavaClasses engine) {
    for (int place = 0; place < STATIONS.size(); place++) {
      usesOnlyEarlierStations(place).check(engine);
    }
  }

  private static ArchRule usesOnlyEarlierStations(int place) {
    var later = packagesOf(STATIONS.subList(place + 1, STATIONS.size()));
    return noClasses()
        .that()
        .resideInAPackage(packageOf(STATIONS.get(place)))
        .should()
        .dependOnClassesThat(resideInAnyPackage(later))
        .as("station " + STATIONS.get(place) + " uses only " + STATIONS.subList(0, place))
        .allowEmptyShould(true);
  }

  private static ArchRule library(String itsPackage, String onlyStation) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(packageOf(onlyStation))
        .should()
        .dependOnClassesThat(resideInAPackage(itsPackage));
  }

  private static String[] packagesOf(List<String> stations) {
    return stations.stream().map(ArchitectureTest::packageOf).toArray(String[]::new);
  }

  private static String packageOf(String station) {
    return "dev.hactl.engine." + station + "..";
  }
}
