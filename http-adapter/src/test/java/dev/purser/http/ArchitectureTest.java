package dev.purser.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.purser.http", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule seesTheApiAndTheWireAndNoClientAndNothingOfTheCore = classes()
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "dev.purser.http",
          "dev.purser.api",
          "dev.purser.spi",
          "dev.purser.wire",
          "dev.purser.wire.dialect",
          "java..",
          "org.jspecify.annotations");

  @ArchTest
  static final ArchRule hasNoCycles =
      slices().matching("dev.purser.(**)").should().beFreeOfCycles();
}
