package io.fleetcompat.cli;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may import whom, for all modules at once (the table of the architecture). */
class ArchitectureTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.fleetcompat");

  /** What a module counts, beside its configuration; they use nothing of their module. */
  private static final DescribedPredicate<JavaClass> COUNTERS =
      nameMatching(
              "io\\.fleetcompat\\.(collector\\.CollectorMetrics|indexer\\.(IndexerMetrics|Rejection)).*")
          .<JavaClass>forSubtype();

  /** Module, then the modules of ours that it may use. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "settings",
        "inventory",
        "compatibility inventory",
        "schemas inventory",
        "broker",
        "testing broker schemas compatibility inventory",
        "collector schemas inventory settings",
        "indexer schemas compatibility inventory settings",
        "query schemas compatibility inventory settings",
        "simulation collector inventory",
        "oracle collector inventory"
      })
  void aModuleUsesNoOtherOfOursThanItMay(String line) {
    String[] words = line.split(" ");
    assertThat(ALL.containPackage("io.fleetcompat." + words[0])).as(words[0]).isTrue();
    String[] allowed =
        Stream.of(words).map(module -> "io.fleetcompat." + module + "..").toArray(String[]::new);
    DescribedPredicate<JavaClass> others =
        resideInAPackage("io.fleetcompat..")
            .and(DescribedPredicate.not(resideInAnyPackage(allowed)));
    noClasses().that().resideInAPackage(allowed[0]).should().dependOnClassesThat(others).check(ALL);
  }

  @Test
  void theHeartIsPure() {
    classes()
        .that()
        .resideInAPackage("io.fleetcompat.compatibility..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.fleetcompat.compatibility..",
            "io.fleetcompat.inventory..",
            "java.lang..",
            "java.util..",
            "java.math..",
            "java.nio",
            "java.nio.charset",
            "java.security",
            "java.io",
            "com.fasterxml.jackson..",
            "org.jspecify..")
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("io.fleetcompat.compatibility..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.(File.*|RandomAccess.*|PrintStream)")
        .check(ALL);
  }

  @Test
  void kafkaStreamsIsTheIndexersAndTheBrokerIsTheBrokers() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.fleetcompat.indexer..", "io.fleetcompat.cli..")
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
  void packagesHaveNoCycles() {
    slices()
        .matching("io.fleetcompat.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(alwaysTrue(), COUNTERS)
        .check(ALL);
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
