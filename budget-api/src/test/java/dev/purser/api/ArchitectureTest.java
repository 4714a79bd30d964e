package dev.purser.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.purser", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NO_PACKAGE_CYCLES =
      slices().matching("dev.purser.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NEEDS_ONLY_THE_JDK = classes()
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage("dev.purser.api", "dev.purser.spi", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule THE_VOCABULARY_KNOWS_NO_PLUG_IN_POINT = noClasses()
      .that()
      .resideInAPackage("dev.purser.api")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("dev.purser.spi");
}
