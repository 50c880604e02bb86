package dev.hactl.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom across the whole house: engine, modules and command line. */
@AnalyzeClasses(packages = "dev.hactl", importOptions = ImportOption.DoNotIncludeTests.class)
class CommandLineArchitectureTest {

  @ArchTest
  static final ArchRule nothingKnowsTheCommandLine =
      noClasses()
          .that(not(resideInAPackage("dev.hactl.cli..")))
          .should()
          .dependOnClassesThat(resideInAPackage("dev.hactl.cli.."));

  @ArchTest
  static final ArchRule optionsAreParsedOnlyHere =
      noClasses()
          .that(not(resideInAPackage("dev.hactl.cli..")))
          .should()
          .dependOnClassesThat(resideInAPackage("picocli.."));

  @ArchTest
  static final ArchRule theEngineKnowsNoModule =
      noClasses()
          .that(resideInAPackage("dev.hactl.engine.."))
          .should()
          .dependOnClassesThat(resideInAPackage("dev.hactl.modules.."));

  @ArchTest
  static final ArchRule modulesKnowNothingOfARun =
      noClasses()
          .that(resideInAPackage("dev.hactl.modules.."))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.hactl.engine.model..",
                  "dev.hactl.engine.run..",
                  "dev.hactl.engine.report.."));

  @ArchTest static final ArchRule streamsArePassedIn = noClasses().should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.hactl.(**)").should().beFreeOfCycles();
}
