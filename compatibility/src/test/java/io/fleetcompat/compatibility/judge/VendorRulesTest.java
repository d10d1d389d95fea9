package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.pack.Failure;
import io.fleetcompat.compatibility.pack.FailureTime;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.inventory.Attribute;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The pack that speaks, and the rules that every pack has, on small packs. */
class VendorRulesTest {

  private static final String FAMILY =
      """
      pack: acme
      version: 2
      title: ACME functions
      match: {kind: [pci], driver: [acme_vfio_pci], not-bound: [acme]}
      rules:
        - id: revision
          sentence: both have the same revision
          attribute: pci/revision
          operator: equal
          failure: late
          source: [{document: ACME manual, section: "1"}]
        - id: level
          sentence: both have the same level
          attribute: fact/site.level
          operator: equal
          source: [{document: ACME manual, section: "2"}]
        - id: slot
          sentence: both are in the same slot
          attribute: pci/class
          operator: equal
          effect: warning
          missing: not-applicable
          source: [{document: ACME manual, section: "3"}]
      """;

  private static final String DEMAND =
      """
      pack: demand
      version: 1
      title: what we demand of all functions
      applies: always
      match: {kind: [pci, mdev]}
      rules:
        - id: zone
          sentence: both are of the same zone
          attribute: pci/subsystem_device
          operator: equal
          source: [{document: our own rules}]
      """;

  private final Judge judge = judge(Map.of("acme.yaml", FAMILY));

  private static Judge judge(Map<String, String> files) {
    try {
      return new Judge(
          RuleSet.of(Set.of(), RulePacks.none().with(new TreeMap<>(files), new TreeMap<>())));
    } catch (BadYamlException e) {
      throw new AssertionError(e);
    }
  }

  private static EndpointBuilder function(String driver) {
    return EndpointBuilder.function()
        .pci("vendor", "0x1234")
        .pci("revision", "0x01")
        .pci("driver", driver);
  }

  private static List<String> rules(Verdict verdict) {
    return verdict.reasons().stream().map(reason -> reason.rule().toString()).toList();
  }

  private Verdict verdict(EndpointBuilder source, EndpointBuilder destination) {
    Profile from = source.profile();
    Profile to = destination.profile();
    Verdict verdict = judge.judge(from, to);
    assertThat(judge.outcome(from, to)).isEqualTo(verdict.outcome());
    assertThat(judge.explain(from, to).verdict()).isEqualTo(verdict);
    return verdict;
  }

  @Test
  void aWarningOfWhatNobodySuppliedNamesTheSideAndItsHost() {
    String level = "attribute: fact/site.level\n    operator: equal\n";
    String warned = FAMILY.replace(level, level + "    missing: warning\n");
    Profile function = function("acme_vfio_pci").profile();
    Verdict verdict = judge(Map.of("acme.yaml", warned)).judge(function, function);
    assertThat(verdict.outcome()).isEqualTo(Outcome.COMPATIBLE);
    assertThat(verdict.warnings().getFirst().detail())
        .startsWith("expected: both have the same level; found: fact/site.level is absent");
    assertThat(verdict.on("one", "two").warnings().getFirst().detail())
        .startsWith(
            "expected: both have the same level; found: the source (one) and the destination (two)"
                + " lack fact/site.level: ");
  }

  private static final String OPERATIONS =
      """
        - id: not-migratable
          sentence: both have migration operations
          attribute: fact/vfio.migration
          operator: allowed-values
          values: [present]
          source: [{document: ACME manual, section: "4"}]
      """;

  @Test
  void aSourceWithoutMigrationOperationsGoesNowhereWhateverHoldsTheDestination() {
    Judge asking = judge(Map.of("acme.yaml", FAMILY + OPERATIONS));
    Profile lacking = function("acme_vfio_pci").fact("vfio.migration", "absent").profile();
    Profile having = function("acme_vfio_pci").fact("vfio.migration", "present").profile();
    Profile unbound = function("acme").profile();
    Profile held = function("").profile();
    Profile declared = function("acme_vfio_pci").own("migration_version", "1").profile();
    for (Profile destination : List.of(unbound, held, declared)) {
      Verdict no = asking.judge(lacking, destination);
      assertThat(no.outcome()).isEqualTo(Outcome.INCOMPATIBLE);
      assertThat(asking.outcome(lacking, destination)).isEqualTo(no.outcome());
      assertThat(rules(no)).contains("not-migratable");
      assertThat(asking.judge(having, destination).outcome()).isEqualTo(Outcome.UNKNOWN);
    }
    assertThat(rules(asking.judge(having, unbound))).containsExactly("not-bound");
    Profile unboundLacking = function("acme").fact("vfio.migration", "absent").profile();
    assertThat(asking.outcome(having, unboundLacking)).isEqualTo(Outcome.INCOMPATIBLE);
  }

  @Test
  void aPackThatOnlyWarnsOfMissingOperationsIsBelievedThereToo() {
    String warns =
        FAMILY
            + OPERATIONS.replace("values: [present]\n", "values: [present]\n    effect: warning\n");
    Judge lenient = judge(Map.of("acme.yaml", warns));
    Profile lacking = function("acme_vfio_pci").fact("vfio.migration", "absent").profile();
    assertThat(lenient.outcome(lacking, function("acme").profile())).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void whatNobodySuppliedIsUnknownAndNamesTheSideAndItsHost() {
    Verdict verdict = verdict(function("acme_vfio_pci"), function("acme_vfio_pci"));
    assertThat(verdict.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(rules(verdict)).containsExactly("acme/level");
    assertThat(verdict.failure()).hasValue(Failure.documented(FailureTime.EARLY));
    assertThat(verdict.decidedBy().orElseThrow().pack()).isEqualTo("acme@2");
    assertThat(verdict.reasons().getFirst().detail())
        .startsWith("the source and the destination lack fact/site.level: ");
    assertThat(verdict.on("one", "two").reasons().getFirst().detail())
        .startsWith("the source (one) and the destination (two) lack fact/site.level: ");
    assertThat(VerdictJson.toJson(verdict))
        .contains(
            "\"failure\":\"early\",\"decidedBy\":{\"pack\":\"acme@2\"",
            "\"pack\":\"acme@2\",\"failure\":\"early\",\"source-document\":[\"ACME manual");
  }

  @Test
  void whatDiffersDecidesWhateverElseIsUnknownAndTheFirstFailureCounts() {
    Verdict verdict =
        verdict(
            function("acme_vfio_pci").pci("class", "0x020000"),
            function("acme_vfio_pci").pci("revision", "0x02").pci("class", "0x030000"));
    assertThat(verdict.outcome()).isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(rules(verdict)).containsExactly("acme/revision", "acme/level");
    assertThat(verdict.failure()).hasValue(Failure.documented(FailureTime.LATE));
    assertThat(verdict.warnings())
        .extracting(warning -> warning.rule().toString())
        .containsExactly("acme/slot");
  }

  @Test
  void anotherVendorKindOrFamilyIsIncompatibleAtOnce() {
    assertThat(
            rules(
                verdict(
                    function("acme_vfio_pci"), function("acme_vfio_pci").pci("vendor", "0x5678"))))
        .containsExactly("vendor", "acme/level");
    Verdict mdev =
        verdict(
            function("acme_vfio_pci"),
            EndpointBuilder.type("t").pci("vendor", "0x1234").pci("driver", "other"));
    assertThat(mdev.outcome()).isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(rules(mdev)).contains("device-kind");
  }

  @Test
  void aFunctionThatItsOwnDriverHoldsIsUnknownAtEitherSide() {
    for (String native_ : List.of("acme", "pci-stub")) {
      Verdict verdict = verdict(function("acme_vfio_pci"), function(native_));
      assertThat(verdict.outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(rules(verdict)).containsExactly("not-bound");
    }
    assertThat(rules(verdict(function("acme"), function("acme_vfio_pci"))))
        .containsExactly("not-bound");
    Verdict other = verdict(function("acme"), function("acme_vfio_pci").pci("revision", "0x02"));
    assertThat(other.outcome()).isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(rules(other)).containsExactly("not-bound", "acme/revision");
    assertThat(rules(verdict(function("pci-stub"), function("acme_vfio_pci"))))
        .containsExactly("no-migration-interface");
    Verdict differs =
        verdict(function("pci-stub"), function("acme_vfio_pci").pci("vendor", "0x5678"));
    assertThat(differs.outcome()).isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(rules(differs)).containsExactly("no-migration-interface", "vendor");
    assertThat(differs.reasons().getFirst().detail()).contains("driver pci-stub");
  }

  @Test
  void whereNotOneRuleWasJudgedNothingIsKnownAndWhatIsMissingIsNamed() {
    String lenient =
        FAMILY
            .replace(
                "attribute: fact/site.level\n",
                "attribute: fact/site.level\n    missing: not-applicable\n")
            .replace(
                "attribute: pci/revision\n",
                "attribute: pci/revision\n    missing: not-applicable\n");
    Judge judge = judge(Map.of("acme.yaml", lenient));
    Profile function = function("acme_vfio_pci").pci("revision", Attribute.ABSENT).profile();
    Verdict verdict = judge.judge(function, function);
    assertThat(judge.outcome(function, function)).isEqualTo(Outcome.UNKNOWN);
    assertThat(rules(verdict)).containsExactly("no-rule-judged");
    assertThat(verdict.decidedBy().orElseThrow().pack()).isEqualTo("acme@2");
    assertThat(verdict.on("one", "two").reasons().getFirst().detail())
        .startsWith(
            "not one rule of the pack acme@2 could be judged: the source (one) and the"
                + " destination (two) lack pci/revision: ")
        .contains("; the source (one) and the destination (two) lack fact/site.level: ");
    Profile known = function("acme_vfio_pci").profile();
    assertThat(judge.judge(known, known).outcome()).isEqualTo(Outcome.COMPATIBLE);
    String elsewhere = "attribute: pci/revision\n    applies-where: {pci/device: [\"0xffff\"]}\n";
    Judge narrow =
        judge(
            Map.of(
                "acme.yaml",
                lenient.replace(
                    "attribute: pci/revision\n    missing: not-applicable\n", elsewhere)));
    Profile other = function("acme_vfio_pci").pci("device", "0x0001").profile();
    assertThat(narrow.judge(other, other).reasons().getFirst().detail())
        .contains("the source and the destination lack fact/site.level")
        .doesNotContain("pci/revision");
  }

  @Test
  void aDeviceThatIsKnownToLackMigrationOperationsCannotMigrateUnderAnyPack() {
    Judge judge = judge(Map.of("acme.yaml", FAMILY.replace("fact/site.level", "pci/device")));
    EndpointBuilder with =
        function("acme_vfio_pci")
            .pci("device", "0x0001")
            .own("vfio_debugfs", Attribute.DIRECTORY)
            .own("vfio_debugfs/migration", Attribute.DIRECTORY);
    EndpointBuilder without =
        function("acme_vfio_pci").pci("device", "0x0001").own("vfio_debugfs", Attribute.DIRECTORY);
    Profile able = with.profile();
    Profile unable = without.profile();
    assertThat(judge.outcome(able, able)).isEqualTo(Outcome.COMPATIBLE);
    for (boolean atSource : new boolean[] {true, false}) {
      Verdict verdict = atSource ? judge.judge(unable, able) : judge.judge(able, unable);
      assertThat(rules(verdict)).containsExactly("not-migratable");
      assertThat(verdict.failure()).hasValue(Failure.documented(FailureTime.EARLY));
      assertThat(verdict.reasons().getFirst().detail())
          .isEqualTo(
              "VFIO shows no migration operations of the driver for the "
                  + (atSource ? "source" : "destination"));
    }
    assertThat(judge.migratability(unable).shown()).isEqualTo(Migratability.Shown.NOT_MIGRATABLE);
  }

  @Test
  void whetherAPairIsExceptedIsUnknownWhereTheValueIsMalformed() {
    String unable =
        """
        not-migratable:
          reason: no kernel of ours migrates it
          unless: {pci/class: ["0x020000"]}
          source: [{document: ACME manual}]
        rules:
        """;
    String pack = FAMILY.replace("rules:\n", unable).replace("fact/site.level", "pci/device");
    Judge judge = judge(Map.of("acme.yaml", pack));
    Profile able = ofClass("0x020000");
    assertThat(judge.outcome(able, able)).isEqualTo(Outcome.COMPATIBLE);
    Profile garbled = ofClass("network");
    Verdict verdict = judge.judge(able, garbled);
    assertThat(judge.outcome(able, garbled)).isEqualTo(Outcome.UNKNOWN);
    assertThat(rules(verdict)).containsExactly("not-migratable");
    assertThat(verdict.failure()).hasValue(Failure.documented(FailureTime.EARLY));
    assertThat(verdict.reasons().getFirst().detail())
        .startsWith(
            "whether it is excepted that no kernel of ours migrates it is open: the destination"
                + " has a malformed pci/class: ");
    assertThat(judge.migratability(garbled).shown()).isEqualTo(Migratability.Shown.UNKNOWN);
    assertThat(judge.outcome(garbled, ofClass("0x030000"))).isEqualTo(Outcome.INCOMPATIBLE);
  }

  private static Profile ofClass(String id) {
    return function("acme_vfio_pci").pci("device", "0x0001").pci("class", id).profile();
  }

  @Test
  void whatADriverDeclaresComesFirst() {
    EndpointBuilder declares = function("acme_vfio_pci").own("migration/self", "a=1");
    Verdict mismatch = verdict(function("acme_vfio_pci"), declares);
    assertThat(mismatch.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(rules(mismatch)).containsExactly("facet-mismatch");
    Verdict declared = verdict(declares, function("acme_vfio_pci"));
    assertThat(rules(declared)).containsExactly("facet-missing");
    assertThat(declared.decidedBy()).isEmpty();
  }

  @Test
  void anAdditionalDemandIsMadeOfADeclaredSourceToo() {
    Judge demanding = judge(Map.of("demand.yaml", DEMAND));
    EndpointBuilder type = EndpointBuilder.type("t").own("software_version", "1.0");
    type.own("device_api", "vfio-pci").pci("subsystem_device", "0x0001");
    Profile one = type.profile();
    assertThat(demanding.outcome(one, one)).isEqualTo(Outcome.COMPATIBLE);
    Profile other = type.pci("subsystem_device", "0x0002").profile();
    assertThat(rules(demanding.judge(one, other))).containsExactly("demand/zone");
    Profile old =
        Profile.parse(
            one.canonical().replaceFirst(",\"vendor-rules\":.*?\\}\\}(?=\\},\"kind\")", ""));
    assertThat(old.vendorFacts()).isEmpty();
    assertThat(rules(demanding.judge(old, one))).containsExactly("facet-missing");
    assertThat(rules(demanding.judge(one, old))).containsExactly("facet-missing");
    assertThat(judge.outcome(old, one)).isEqualTo(Outcome.COMPATIBLE);
  }
}
