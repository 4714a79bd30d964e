package dev.purser.junit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.purser.junit", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule seesTheApiAndJUnitAndNothingOfTheCore = classes()
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "dev.purser.junit",
          "dev.purser.api",
          "dev.purser.spi",
          "org.junit.jupiter.api..",
          "org.junit.platform.commons.support",
          "org.junit.platform.engine..",
          "org.junit.platform.launcher..",
          "java..",
          "org.jspecify.annotations");
}
