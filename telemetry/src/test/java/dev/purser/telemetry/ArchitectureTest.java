package dev.purser.telemetry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.purser.telemetry", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule seesTheApiAndTheTwoLibrariesAndNothingOfTheCore = classes()
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "dev.purser.telemetry",
          "dev.purser.api",
          "dev.purser.spi",
          "io.micrometer.context",
          "io.micrometer.core.instrument",
          "io.opentelemetry.api..",
          "java..",
          "org.jspecify.annotations");

  @ArchTest
  static final ArchRule onlyItsSinkAndItsAccessorKnowMicrometer = noClasses()
      .that()
      .haveNameNotMatching(".*\\.(MicrometerSink(\\$.*)?|CallContextAccessor)")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.micrometer..");

  @ArchTest
  static final ArchRule onlyItsSinkKnowsOpenTelemetry = noClasses()
      .that()
      .haveNameNotMatching(".*\\.OpenTelemetrySink(\\$.*)?")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.opentelemetry..");

  @ArchTest
  static final ArchRule hasNoCycles =
      slices().matching("dev.purser.(**)").should().beFreeOfCycles();
}
