package dev.purser.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.purser", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] STAGES = {
    "dev.purser.core.alert",
    "dev.purser.core.ambient",
    "dev.purser.core.budget",
    "dev.purser.core.config",
    "dev.purser.core.content",
    "dev.purser.core.deliver",
    "dev.purser.core.emit",
    "dev.purser.core.estimate",
    "dev.purser.core.freeze",
    "dev.purser.core.grant",
    "dev.purser.core.journal",
    "dev.purser.core.key",
    "dev.purser.core.ledger",
    "dev.purser.core.price",
    "dev.purser.core.route",
    "dev.purser.core.waiting",
  };

  @ArchTest
  static final ArchRule NO_PACKAGE_CYCLES =
      slices().matching("dev.purser.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule STAGES_DO_NOT_KNOW_EACH_OTHER = slices()
      .matching(
          "dev.purser.core.(alert|ambient|budget|config|content|deliver|emit|estimate|freeze|grant|journal|key|ledger|price|route|waiting)")
      .should()
      .notDependOnEachOther();

  @ArchTest
  static final ArchRule ONLY_THE_PIPELINE_AND_THOSE_OUTSIDE_KNOW_THE_STAGES = noClasses()
      .that()
      .resideOutsideOfPackages("dev.purser.core", "dev.purser.core.cli", "dev.purser.core.pipeline")
      .and()
      .resideOutsideOfPackages(STAGES)
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(STAGES);

  @ArchTest
  static final ArchRule STAGES_DO_NOT_KNOW_THE_PIPELINE = noClasses()
      .that()
      .resideInAnyPackage(STAGES)
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("dev.purser.core", "dev.purser.core.pipeline");

  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_COMMAND_LINE = noClasses()
      .that()
      .resideOutsideOfPackage("dev.purser.core.cli")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("dev.purser.core.cli");

  @ArchTest
  static final ArchRule THE_LEDGER_DOES_NO_IO_NO_LOGGING_AND_READS_NO_CLOCK = noClasses()
      .that()
      .resideInAPackage("dev.purser.core.ledger")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "java.io..",
          "java.nio..",
          "java.net..",
          "org.slf4j..",
          "java.util.logging..",
          "com.fasterxml..",
          "java.util.concurrent.locks..")
      .orShould()
      .dependOnClassesThat()
      .haveNameMatching("java\\.time\\.(Clock|InstantSource)")
      .orShould()
      .callMethod(java.time.Instant.class, "now")
      .orShould()
      .callMethod(System.class, "nanoTime")
      .orShould()
      .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule NOBODY_READS_THE_SYSTEM_CLOCK_BUT_WHERE_A_PROGRAM_BEGINS = noClasses()
      .that()
      .resideInAPackage("dev.purser.core..")
      .and()
      .doNotHaveFullyQualifiedName("dev.purser.core.PurserBuilder")
      .and()
      .doNotHaveFullyQualifiedName("dev.purser.core.cli.Main")
      .should()
      .callMethod(java.time.Instant.class, "now")
      .orShould()
      .callMethod(System.class, "currentTimeMillis")
      .orShould()
      .callMethod(java.time.InstantSource.class, "system");

  @ArchTest
  static final ArchRule NEEDS_ONLY_WHAT_IS_ARGUED_FOR = classes()
      .that()
      .resideInAPackage("dev.purser.core..")
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "dev.purser..",
          "java..",
          "org.jspecify..",
          "com.github.benmanes.caffeine..",
          "com.fasterxml.jackson..",
          "org.slf4j..",
          "com.knuddels.jtokkit..",
          "io.github.resilience4j..");
}
