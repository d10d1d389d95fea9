package io.fleetcompat.compatibility.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.yaml.BadYamlException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PackReviewTest {

  private static final String RULE =
      """
        - id: RULE
          sentence: they are alike
          attribute: ADDRESS
          operator: present
          source: [{document: our own rules}]
      """;

  private static String rule(String id, String address) {
    return RULE.replace("RULE", id).replace("ADDRESS", address);
  }

  private static List<String> remarks(String rules) throws BadYamlException {
    String text =
        """
        pack: mine
        version: 1
        title: ours
        match: {kind: [pci], driver: [my_vfio_pci]}
        rules:
        """
            + rules;
    RulePacks packs =
        RulePacks.builtIn().with(new TreeMap<>(Map.of("mine.yaml", text)), new TreeMap<>());
    return PackReview.of(packs, packs.find("mine").orElseThrow()).stream()
        .map(PackRemark::words)
        .filter(words -> words.contains("vfio/migration") || words.contains("effect"))
        .toList();
  }

  @Test
  void aPackThatDoesNotAskForMigrationOperationsIsRemarkedOn() throws BadYamlException {
    assertThat(remarks(rule("level", "fact/site.level")))
        .singleElement()
        .asString()
        .startsWith("does not ask for vfio/migration");
    assertThat(remarks(rule("not-migratable", "fact/site.level"))).hasSize(1);
    assertThat(remarks(rule("not-migratable", "vfio/migration"))).isEmpty();
    assertThat(remarks(rule("not-migratable", "fact/vfio.migration"))).isEmpty();
  }

  @Test
  void aPackThatNeverSaysNoIsRemarkedOn() throws BadYamlException {
    String warns =
        rule("not-migratable", "vfio/migration")
            .replace("operator: present", "operator: present\n    effect: warning");
    assertThat(remarks(warns)).containsExactly("no rule of it says no: none has the effect reason");
  }
}
