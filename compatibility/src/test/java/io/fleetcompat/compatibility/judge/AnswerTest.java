package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The additions to a verdict, and the form in which it is written: docs/rules.md 3.1, 4 and 5. */
class AnswerTest {

  private static EndpointBuilder type(String version) {
    return EndpointBuilder.type("t")
        .own("software_version", version)
        .own("device_api", "vfio-pci")
        .own("dynamic_resources", "aggregator,fps");
  }

  private static EndpointBuilder device() {
    return EndpointBuilder.device("t")
        .type("software_version", "1.3")
        .type("device_api", "vfio-pci")
        .type("dynamic_resources", "aggregator,fps,gone");
  }

  @Test
  void theValuesOfObligationsComeFromTheDeviceAndThenFromItsVendorGroups() {
    EndpointBuilder device =
        device()
            .own("intel_vgpu/aggregator", "2")
            .own("fps", "60")
            .own("intel_vgpu/fps", "30")
            .own("migration/gone", "no")
            .own("a/b/gone", "no");
    assertThat(ObligationValues.of(device.build()))
        .isEqualTo(Map.of("aggregator", "2", "fps", "60"));
    device.own("fps", new Attribute.Unreadable("EIO"));
    assertThat(ObligationValues.of(device.build())).containsEntry("fps", "30");
    assertThat(ObligationValues.of(type("1.0").own("fps", "60").build())).isEmpty();
  }

  @Test
  void valuesAreNoPartOfAProfile() {
    assertThat(device().own("fps", "60").profile()).isEqualTo(device().profile());
  }

  @Test
  void aVerdictIsWrittenAsTheRulesShowIt() {
    Verdict verdict =
        Found.verdict(device(), type("1.2.9"))
            .withValues(ObligationValues.of(device().own("fps", "60").build()));
    assertThat(VerdictJson.toJson(verdict))
        .isEqualTo(
            """
            {"verdict":"INCOMPATIBLE","reasons":[{"rule":"software-version",\
            "facet":"type-attributes","attribute":"software_version","source":"1.3.0",\
            "destination":"1.2.9","detail":"destination minor 2 is below source minor 3"}],\
            "obligations":[{"attribute":"aggregator","value":null},\
            {"attribute":"fps","value":"60"},{"attribute":"gone","value":null}],\
            "warnings":[{"rule":"claim-would-fail","attribute":"gone",\
            "detail":"the source must have its gone set, the destination's type does not list it"}]}\
            """);
  }

  @Test
  void aRuleThatCouldNotBeJudgedIsWrittenWithItsState() {
    EndpointBuilder none = EndpointBuilder.function();
    assertThat(VerdictJson.toJson(Found.verdict(none, none)))
        .contains("\"rule\":\"no-migration-interface\",\"facet\":null")
        .contains("\"state\":\"absent\"");
  }

  @Test
  void aVerdictHasReasonsExactlyIfItIsNotCompatible() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Verdict(Verdict.Outcome.UNKNOWN, List.of(), List.of(), List.of()));
  }

  @Test
  void theNearestVersionRanksFirstAndABugfixBelowLast() {
    Profile source = type("1.2.5").profile();
    List<String> best =
        Stream.of("1.4.0", "1.2.4", "1.2.5", "1.2.9", "1.3.7", "1.2.6", "1.2.0")
            .sorted((one, other) -> rank(source, one).compareTo(rank(source, other)))
            .toList();
    assertThat(best).containsExactly("1.2.5", "1.2.6", "1.2.9", "1.2.4", "1.2.0", "1.3.7", "1.4.0");
  }

  private static Rank rank(Profile source, String version) {
    Profile destination = type(version).profile();
    return Rank.of(source, destination, new Judge(Set.of()).judge(source, destination));
  }

  @Test
  void noVersionCountsAsEqualAndFewerBurdensComeFirst() {
    Profile source = type("1.0").profile();
    assertThat(rank(source, "none")).isEqualTo(new Rank(0, false, 0, 2));
    assertThat(new Rank(0, false, 0, 1)).isLessThan(new Rank(0, false, 0, 2));
    assertThat(rank(source, "1." + "9".repeat(40)).minorDistance()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theRuleSetTellsPoliciesApart() {
    assertThat(RuleSet.of(EnumSet.allOf(Policy.class)).toString())
        .contains("[cross-type, mutual]{packs ")
        .isNotEqualTo(RuleSet.of(Set.of()).toString());
    assertThat(Policy.parse("mutual")).isEqualTo(Policy.MUTUAL);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policy.parse("lax"))
        .withMessage("expected a policy (cross-type, mutual), found 'lax'");
  }

  @Test
  void everyFacetOfTheSourceIsJudgedAndTheWorstWins() {
    EndpointBuilder source = type("1.0").own("migration/self", "a=1").own("migration_version", "v");
    EndpointBuilder destination = type("1.0").own("migration/compatible", "a=2");
    assertThat(Found.of(source, destination))
        .isEqualTo("INCOMPATIBLE self-compatible, opaque-missing");
    destination.own("migration/compatible", "a=1").own("migration_version", "w");
    assertThat(Found.of(source, destination)).isEqualTo("UNKNOWN opaque-unprobed/absent");
    source.own("migration_version", Attribute.ABSENT);
    assertThat(Found.of(source, destination)).isEqualTo("COMPATIBLE");
  }
}
