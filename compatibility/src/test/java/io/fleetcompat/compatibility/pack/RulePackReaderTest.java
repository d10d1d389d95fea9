package io.fleetcompat.compatibility.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulePackReaderTest {

  static final String GOOD =
      """
      pack: mine
      version: 3
      title: Mine
      match:
        kind: [pci]
        driver: [my_vfio_pci, my-vfio-pci]
        not-bound: [my_core]
        where: {pci/vendor: ["0x1234"]}
      options:
        strictness:
          description: how strict
          default: high
          values:
            high: {description: both equal, source: [{document: Ours, section: "2"}]}
            low: {description: not looked at, source: [{document: Theirs}]}
      identity:
        - attribute: pci/device
          source: [{file: drivers/x.c, commit: 0123456789ab}]
      rules:
        - id: firmware
          sentence: The firmware is equal
          attribute: fact/site.firmware
          otherwise: [module/version]
          operator: equal
          if: {option: strictness, is: high}
          failure: late
          source: [{document: Ours, section: "3", date: 2026-01-01}]
        - id: not-migratable
          sentence: The driver offers migration
          attribute: vfio/migration
          operator: allowed-values
          values: [present]
          missing: warning
          missing-at-one: unknown
          source: [{file: drivers/x.c, commit: 0123456789ab}]
      """;

  @ParameterizedTest
  @ValueSource(strings = {"word", "[a, b]"})
  void aFileThatIsNoMappingIsRefusedForThatAlone(String text) {
    assertThat(refusal(text))
        .hasMessageStartingWith("mine.yaml:1: expected a mapping of keys to values, found ")
        .hasMessageNotContaining("more that");
  }

  @Test
  void rulesAndTheReasonWhyThereAreNoneExcludeEachOther() {
    assertThatThrownBy(() -> RulePackReader.read("mine.yaml", GOOD + "no-rules: we do not know\n"))
        .hasMessageContaining("expected no key not-migratable or no-rules")
        .hasMessageContaining("found the keys pack, version, title")
        .hasMessageNotContaining("schema");
  }

  @Test
  void aSourceOfBlanksIsNone() {
    String blank = GOOD.replace("document: Theirs", "document: \"  \"");
    assertThatThrownBy(() -> RulePackReader.read("mine.yaml", blank))
        .hasMessageContaining("/document a text that is not blank, found '  '");
  }

  @Test
  void aPackIsWhatItsFileSays() throws BadYamlException {
    RulePack pack = RulePackReader.read("mine.yaml", GOOD);

    assertThat(pack.name()).isEqualTo("mine@3");
    assertThat(pack.always()).isFalse();
    assertThat(pack.match().kinds()).containsExactly(DeviceKind.PCI);
    assertThat(pack.match().isNotBound("my_core")).isTrue();
    assertThat(pack.options().values()).extracting(PackOption::chosen).containsExactly("high");
    assertThat(pack.identity()).extracting(PackRule::reason).containsExactly("mine/pci-device");
    assertThat(pack.rules())
        .extracting(PackRule::reason)
        .containsExactly("mine/firmware", "not-migratable");
    PackRule firmware = pack.rules().getFirst();
    assertThat(firmware.addresses()).containsExactly("fact/site.firmware", "module/version");
    assertThat(firmware.failure()).isEqualTo(Failure.documented(FailureTime.LATE));
    assertThat(firmware.missing()).isEqualTo(MissingValue.UNKNOWN);
    assertThat(firmware.supply()).isEqualTo("state site.firmware=<value>");
    assertThat(firmware.sources()).hasToString("[Ours, \"3\", 2026-01-01]");
    assertThat(firmware.line()).isEqualTo(20);
    assertThat(pack.rules().getLast().missingAtOne()).isEqualTo(MissingValue.UNKNOWN);
    assertThat(pack.sources())
        .extracting(Object::toString)
        .containsExactly("drivers/x.c@0123456789ab", "Ours, \"3\", 2026-01-01");
  }

  @Test
  void aRuleOfAnotherOptionIsSwitchedOff() throws BadYamlException {
    RulePack pack = RulePackReader.read("mine.yaml", GOOD).choose("strictness", "low");

    assertThat(pack.rules()).extracting(PackRule::id).containsExactly("not-migratable");
    assertThat(pack.switchedOff()).extracting(PackRule::id).containsExactly("firmware");
    assertThat(pack.choose("strictness", "high").rules()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pack: mine                    | pack: Mine                   | 1  | at /pack a text of the form ^[a-z0-9][a-z0-9_.-]{0,63}$ | Mine
          version: 3                    | version: three               | 2  | at /version a value of type integer | three
          title: Mine                   | titel: Mine                  | 1  | the key title                     | none
          title: Mine                   | title: Mine\\ncolour: red    | 4  | no other key                        | colour
          kind: [pci]                   | kind: [usb]                  | 5  | at /match/kind/0 one of mdev, pci, nvidia-vf, virtio, parent | usb
          {pci/vendor: ["0x1234"]}      | {pci/maker: ["0x1234"]}      | 8  | an address of docs/facts.md, or fact/site.NAME | pci/maker
          default: high                 | default: highest             | 12 | one of its values: [high, low]      | highest
          attribute: pci/device         | attribute: pci/numa_node     | 17 | an address of docs/facts.md, or fact/site.NAME | pci/numa_node
          attribute: pci/device         | attribute: fact/nova.live_migratable | 17 | an address of docs/facts.md, or fact/site.NAME | fact/nova.live_migratable, a claim: it changes no verdict
          operator: equal               | operator: same               | 24 | at /rules/0/operator one of equal, set-equal, superset, bitmask-superset, version, ordered, dominated-by, not-paired, version-ranges, int-in-range, allowed-values, minimum, present | same
          operator: equal               | operator: set-equal          | 20 | at /rules/0 the key separator     | none
          operator: equal               | operator: equal\\n    separator: ',' | 25 | at /rules/0 no other key    | separator
          is: high}                     | is: middling}                | 25 | a value of strictness: [high, low]  | middling
          {option: strictness,          | {option: laxness,            | 25 | an option of this pack: [strictness] | laxness
          failure: late                 | failure: never               | 26 | at /rules/0/failure one of early, late | never
          id: not-migratable            | id: firmware                 | 28 | each id once                        | firmware
          values: [present]             | values: []                   | 32 | at /rules/1/values at least 1 of them | []
          values: [present]             | value: present               | 28 | at /rules/1 the key values        | none
          otherwise: [module/version]   | otherwise: [module/srcversion] | 23 | an address of docs/facts.md, or fact/site.NAME | module/srcversion
          """)
  void aBadPackIsRefusedWithFileLineExpectedAndFound(
      String good, String bad, int line, String expected, String found) {
    assertThat(GOOD).contains(good);
    String text = GOOD.replace(good, bad.replace("\\n", "\n"));

    assertThat(refusal(text).problems().getFirst().toString().replace("'", ""))
        .isEqualTo("mine.yaml:" + line + ": expected " + expected + ", found " + found);
  }

  private static BadYamlException refusal(String text) {
    return assertThrows(BadYamlException.class, () -> RulePackReader.read("mine.yaml", text));
  }

  @Test
  void everythingThatIsWrongIsFoundAtOnce() {
    String text =
        GOOD.replace("title: Mine", "titel: Mine")
            .replace("default: high", "default: highest")
            .replace("attribute: pci/device", "attribute: pci/numa_node")
            .replace("attribute: fact/site.firmware", "attribute: fact/firmware")
            .replace("operator: equal", "operator: minimum\n    value: '1..2'")
            .replace("is: high}", "is: middling}")
            .replace("values: [present]", "values: []")
            .replace("missing: warning", "missing: never");

    BadYamlException refusal = refusal(text);
    assertThat(refusal).hasMessageEndingWith(" (and 8 more that 'fleetcompat rules check' lists)");
    assertThat(refusal.problems())
        .extracting(problem -> problem.line() + " " + problem.found())
        .containsExactly(
            "1 none",
            "3 'titel'",
            "12 'highest'",
            "17 'pci/numa_node'",
            "22 'fact/firmware'",
            "25 '1..2'",
            "26 'middling'",
            "33 '[]'",
            "34 'never'");
  }

  /** What the schema does not allow in a part hides nothing else that is wrong in that part. */
  @Test
  void aPartThatTheSchemaRefusesIsLookedAtAllTheSame() {
    String text =
        GOOD.replace("kind: [pci]", "kind: [card]")
            .replace("pci/vendor", "pci/numa_node")
            .replace("operator: equal", "operator: minimum\n    value: '1..2'\n    opertor: equal")
            .replace("failure: late", "failure: never")
            .replace("otherwise: [module/version]", "otherwise: [module/srcversion]")
            .replace("id: not-migratable", "id: firmware")
            .replace("missing: warning", "missing: never");

    assertThat(refusal(text).problems())
        .extracting(problem -> problem.found().replace("'", ""))
        .containsExactlyInAnyOrder(
            "card",
            "pci/numa_node",
            "1..2",
            "opertor",
            "never",
            "module/srcversion",
            "firmware",
            "never");
  }

  @Test
  void aRuleOverAnAttributeThatNoCollectorReadsThereIsRefused() {
    String text = GOOD.replace("attribute: fact/site.firmware", "attribute: fact/nvidia.ecc_mode");

    assertThat(refusal(text))
        .hasMessage(
            "mine.yaml:22: expected an address that is kept for the drivers [my_vfio_pci,"
                + " my-vfio-pci] (docs/facts.md), or fact/site.NAME, found"
                + " 'fact/nvidia.ecc_mode, kept for nvidia'");
  }

  /** A pattern stands for drivers that nobody reads the attribute for, too. */
  @ParameterizedTest
  @ValueSource(strings = {"['*']", "['nvid*']", "[nvidia, my_vfio_pci]"})
  void aRuleOverAnAttributeThatSomeOfTheDriversLackIsRefused(String drivers) {
    String text =
        GOOD.replace("[my_vfio_pci, my-vfio-pci]", drivers)
            .replace("attribute: fact/site.firmware", "attribute: fact/nvidia.ecc_mode");

    assertThat(refusal(text))
        .hasMessageContaining("mine.yaml:22: expected an address that is kept for the drivers [")
        .hasMessageEndingWith("found 'fact/nvidia.ecc_mode, kept for nvidia'");
  }

  @Test
  void whatAChoiceOfTheSchemaRefusesIsOneProblem() {
    String text = GOOD.substring(0, GOOD.indexOf("identity:"));

    assertThat(refusal(text))
        .hasMessage(
            "mine.yaml:1: expected the key 'no-rules', or the key 'not-migratable', or the key"
                + " 'rules', found none");
  }

  @Test
  void aRuleWithoutASourceIsRefused() {
    String text = GOOD.substring(0, GOOD.lastIndexOf("    source:"));

    assertThat(refusal(text))
        .hasMessage("mine.yaml:28: expected at /rules/1 the key 'source', found none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          operator: minimum\\n    value: '1..2'               | 25
          operator: version-ranges\\n    ranges: ['2.0-1.0']  | 25
          operator: int-in-range\\n    range: 7-3             | 25
          operator: int-in-range                              | 20
          operator: dominated-by\\n    separator: ';'         | 20
          operator: not-paired\\n    pairs: [[a]]             | 25
          operator: not-paired\\n    pairs: [[a, b, c]]       | 25
          """)
  void aParameterOfAnOperatorIsChecked(String operator, int line) {
    String text = GOOD.replace("operator: equal", operator.replace("\\n", "\n"));

    BadYamlException refusal = refusal(text);
    assertThat(refusal.line()).as(refusal.problem()).isEqualTo(line);
  }
}
