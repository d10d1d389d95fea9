package io.fleetcompat.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The rules between packages, for all modules at once; see also {@code docs.ModulesTest}. */
class ArchitectureTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.fleetcompat");

  @Test
  void theRulesArePure() {
    classes()
        .that()
        .resideInAPackage("io.fleetcompat.compatibility..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.fleetcompat.compatibility..",
            "io.fleetcompat.inventory..",
            "java.lang..",
            "java.time",
            "java.util..",
            "java.math..",
            "java.nio",
            "java.nio.charset",
            "java.security",
            "java.io",
            "com.fasterxml.jackson..",
            "com.networknt.schema..",
            "org.yaml.snakeyaml..",
            "org.jspecify..")
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("io.fleetcompat.compatibility..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.(File.*|RandomAccess.*|PrintStream)")
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("io.fleetcompat.compatibility..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.time\\.(Clock|InstantSource)")
        .orShould()
        .callMethod(Instant.class, "now")
        .check(ALL);
  }

  @Test
  void kafkaStreamsIsTheIndexersAndTheBrokerIsTheBrokers() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.fleetcompat.indexer..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka.streams..")
        .check(ALL);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.fleetcompat.broker..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("kafka..")
        .check(ALL);
  }

  @Test
  void onlyTicksSchedules() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.fleetcompat.indexer.tick.Ticks")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.apache.kafka.streams.processor.PunctuationType")
        .check(ALL);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.fleetcompat.(**)").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.fleetcompat.cli..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(ALL);
  }
}
