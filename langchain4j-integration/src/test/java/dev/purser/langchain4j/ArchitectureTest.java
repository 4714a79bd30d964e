package dev.purser.langchain4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.purser.langchain4j", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule seesTheApiAndLangChain4jAndNothingOfTheCore = classes()
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "dev.purser.langchain4j",
          "dev.purser.api",
          "dev.langchain4j..",
          "java..",
          "javax.net.ssl",
          "org.jspecify.annotations");

  /** A vendor's module may be absent: its classes are named where that has been asked for. */
  @ArchTest
  static final ArchRule onlyTheFactsOfAVendorNameItsClasses = classes()
      .that()
      .resideInAPackage("dev.purser.langchain4j")
      .and()
      .haveSimpleNameNotEndingWith("Facts")
      .should()
      .onlyDependOnClassesThat()
      .resideOutsideOfPackages(
          "dev.langchain4j.model.openai..", "dev.langchain4j.model.anthropic..");

  @ArchTest
  static final ArchRule hasNoCycles =
      slices().matching("dev.purser.(**)").should().beFreeOfCycles();
}
