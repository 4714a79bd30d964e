package dev.purser.anthropic;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.purser.anthropic", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule seesTheApiTheWireAndTheSdkAndNothingOfTheCore = classes()
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "dev.purser.anthropic",
          "dev.purser.api",
          "dev.purser.spi",
          "dev.purser.wire",
          "dev.purser.http",
          "com.anthropic..",
          "java..",
          "org.jspecify.annotations");

  @ArchTest
  static final ArchRule hasNoCycles =
      slices().matching("dev.purser.(**)").should().beFreeOfCycles();
}
