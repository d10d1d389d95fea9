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

  @Test
  void aValueThatNoSideCanHaveIsRemarkedOnWithItsLine() throws BadYamlException {
    String text =
        """
        pack: nvidia-mdev
        version: 2
        title: ours
        match: {kind: [mdev], driver: [nvidia], where: {fact/host.os_id: [RHEL]}}
        rules:
          - id: listed
            sentence: our releases
            attribute: fact/host.os_version
            operator: allowed-values
            values:
              - "9.04"
              - "9.4"
              - "9.*"
              - "24.04"
            fails-where: {type/name: ["NVIDIA A40-12Q"]}
            satisfied-where: [{pci/device: ["0x20B5"]}, {pci/device: ["0x20b5"]}]
            source: [{document: our own rules}]
          - id: apart
            sentence: not these
            attribute: fact/host.os_version
            operator: not-paired
            pairs: [["9.4", "10.0"]]
            source: [{document: our own rules}]
        """;
    RulePacks packs =
        RulePacks.builtIn().with(new TreeMap<>(Map.of("mine.yaml", text)), new TreeMap<>());
    assertThat(PackReview.of(packs, packs.find("nvidia-mdev").orElseThrow()))
        .filteredOn(remark -> remark.words().contains("is never a value of"))
        .map(PackRemark::toString)
        .satisfiesExactly(
            remark -> assertThat(remark).startsWith("mine.yaml:4: ").contains("'RHEL'"),
            remark ->
                assertThat(remark)
                    .startsWith("mine.yaml:11: ")
                    .contains("'9.04' is never a value of fact/host.os_version", "as '9.4'"),
            remark -> assertThat(remark).startsWith("mine.yaml:15: ").contains("as 'A40-12Q'"),
            remark -> assertThat(remark).startsWith("mine.yaml:16: ").contains("as '0x20b5'"),
            remark -> assertThat(remark).startsWith("mine.yaml:22: ").contains("as '10'"));
  }

  @Test
  void everyValueOfTheBuiltInPacksCanBeHad() throws BadYamlException {
    for (RulePack pack : RulePacks.builtIn().all()) {
      String text = RulePacks.builtIn().textOf(pack);
      RulePacks packs =
          RulePacks.builtIn().with(new TreeMap<>(Map.of("copy.yaml", text)), new TreeMap<>());
      assertThat(PackReview.of(packs, packs.find(pack.id()).orElseThrow()))
          .as(pack.id())
          .noneMatch(remark -> remark.words().contains("is never a value of"));
    }
  }
}
