package io.fleetcompat.query;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The way of an answer: http → lookup → answer; each knows its own part. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.fleetcompat.query");

  @Test
  void lookupAndReplicaKnowNoJson() {
    noClasses()
        .that()
        .resideInAnyPackage("..query.lookup..", "..query.replica..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..query.json..", "..query.answer..", "com.fasterxml.jackson..")
        .check(CLASSES);
  }

  @Test
  void answersKnowNoHttp() {
    noClasses()
        .that()
        .resideInAnyPackage("..query.answer..", "..query.json..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..query.http..", "io.helidon..", "java.net..")
        .check(CLASSES);
  }

  @Test
  void httpParsesQuestionsAndWritesNoAnswer() {
    noClasses()
        .that()
        .resideInAPackage("..query.http..")
        .and()
        .doNotHaveSimpleName("Response")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..query.json..")
        .check(CLASSES);
  }

  @Test
  void httpKnowsNoKeysSlotsOrMemberships() {
    noClasses()
        .that()
        .resideInAPackage("..query.http..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            ".*\\.replica\\.(keys\\..*|(Member|Pool|Fleet|Matrix|Host|Profile"
                + "|Endpoint|Placed|Capacit).*)")
        .check(CLASSES);
  }

  @Test
  void theTreeOfKeysKnowsNothingElseOfOurs() {
    noClasses()
        .that()
        .resideInAPackage("..query.replica.keys..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.fleetcompat..")
                .and(resideOutsideOfPackage("..query.replica.keys..")))
        .check(CLASSES);
  }

  @Test
  void onlyTheHttpPackageKnowsTheServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..query.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.helidon..")
        .check(CLASSES);
  }
}
