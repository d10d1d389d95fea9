package io.fleetcompat.cli.docs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The modules and what each may depend on: the table of docs/architecture.md, the poms, the code.
 */
class ModulesTest {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z-]+)` \\| [^|]* \\| ([^|]*) \\|$");
  private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");
  private static final Pattern MODULE = Pattern.compile("<module>([a-z-]+)</module>");
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency><groupId>io\\.fleetcompat</groupId><artifactId>([a-z-]+)</artifactId></dependency>");

  /** Module, then the modules of ours that it may depend on. */
  private static final Map<String, Set<String>> TABLE = table();

  @Test
  void theTableNamesEveryModule() {
    assertThat(TABLE.keySet()).isEqualTo(names(MODULE, Repository.read("pom.xml")));
  }

  @Test
  void aModuleDependsOnWhatTheTableSays() {
    TABLE.forEach(
        (module, mayUse) ->
            assertThat(names(DEPENDENCY, Repository.read(module + "/pom.xml")))
                .as("dependencies in " + module + "/pom.xml")
                .isEqualTo(mayUse));
  }

  /** A module also sees what its dependencies depend on: it must not use that. */
  @Test
  void aModuleUsesNoOtherThanTheTableSays() {
    JavaClasses all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.fleetcompat");
    Map<String, Set<String>> seenFromHere = new TreeMap<>(TABLE);
    seenFromHere.remove("benchmarks");
    seenFromHere.forEach(
        (module, mayUse) -> {
          String own = packageOf(module);
          String[] allowed =
              Stream.concat(Stream.of(own), mayUse.stream().map(ModulesTest::packageOf))
                  .toArray(String[]::new);
          DescribedPredicate<JavaClass> others =
              resideInAPackage("io.fleetcompat..")
                  .and(DescribedPredicate.not(resideInAnyPackage(allowed)));
          noClasses().that().resideInAPackage(own).should().dependOnClassesThat(others).check(all);
        });
  }

  private static String packageOf(String module) {
    return "io.fleetcompat." + (module.equals("query-api") ? "query" : module) + "..";
  }

  private static Map<String, Set<String>> table() {
    String section = Repository.read("docs/architecture.md").split("## Modules\n", 2)[1];
    Map<String, Set<String>> table =
        ROW.matcher(section.split("\n## ", 2)[0])
            .results()
            .collect(
                Collectors.toMap(
                    row -> row.group(1),
                    row -> names(NAME, row.group(2)),
                    (a, b) -> a,
                    TreeMap::new));
    assertThat(table).hasSizeGreaterThan(10);
    return table;
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
