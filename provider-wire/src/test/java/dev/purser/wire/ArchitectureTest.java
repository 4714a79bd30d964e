package dev.purser.wire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The module knows how providers speak, and nothing of budgets. */
@AnalyzeClasses(packages = "dev.purser.wire", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule knowsOnlyTheVocabularyAndJackson = classes()
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "dev.purser.wire..",
          "dev.purser.api",
          "dev.purser.spi",
          "java..",
          "com.fasterxml.jackson..",
          "org.jspecify..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("dev.purser.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheVocabularyOfThisModuleIsPublic = classes()
      .that()
      .resideInAPackage("dev.purser.wire")
      .and()
      .areTopLevelClasses()
      .and()
      .arePublic()
      .should()
      .haveNameMatching(
          ".*\\.(CarriedKey|CredentialSwap|Dialect|Dialects|Meter|Remarks|RequestHead|WireCall"
              + "|WireRequest)");
}
