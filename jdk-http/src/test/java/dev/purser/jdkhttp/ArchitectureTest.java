package dev.purser.jdkhttp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.purser.jdkhttp", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule seesTheApiTheWireAndTheJdkAndNothingOfTheCore = classes()
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "dev.purser.jdkhttp",
          "dev.purser.api",
          "dev.purser.spi",
          "dev.purser.wire",
          "dev.purser.http",
          "java..",
          "javax.net.ssl",
          "org.jspecify.annotations");
}
