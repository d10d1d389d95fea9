package io.fleetcompat.collector;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules that say which packages may use what. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.fleetcompat.collector");

  /** The classes that open files of other kinds. */
  private static final String NO_TREES =
      "io\\.fleetcompat\\.collector\\.(state\\.StateFile|proc\\.ProcTree|fleet\\.(FleetDirectory|FleetWatch))(\\$.*)?";

  @Test
  void onlyTheSysfsPackageOpensFilesOfATree() {
    // State files are the collector's own, and neither a fleet directory nor /proc is a sysfs.
    noClasses()
        .that()
        .resideOutsideOfPackage("..collector.sysfs")
        .and()
        .haveNameNotMatching(NO_TREES)
        .should()
        .callMethodWhere(
            target(nameMatching("new.*(Stream|Reader|Channel)|read.*|lines|list|walk"))
                .and(target(owner(resideInAnyPackage("java.nio..", "java.io..")))))
        .check(CLASSES);
  }

  @Test
  void readersDoNotKnowKafkaAndNothingKnowsProfilesOrRules() {
    noClasses()
        .that()
        .resideInAnyPackage("..sysfs..", "..watch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "io.fleetcompat.schemas.avro..")
        .check(CLASSES);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fleetcompat.compatibility..")
        .check(CLASSES);
  }
}
