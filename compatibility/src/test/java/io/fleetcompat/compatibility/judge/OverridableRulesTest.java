package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Related;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that can be turned off, and verdicts without them. */
class OverridableRulesTest {

  private final Judge judge = new Judge(Set.of());

  private static EndpointBuilder type(String version, String values) {
    return EndpointBuilder.type("t")
        .own("software_version", version)
        .own("device_api", "vfio-pci")
        .own("compatible_ids", values);
  }

  private static RuleOverride override(String id, String rule) {
    return new RuleOverride(
        id,
        rule,
        new OverrideScope(OverrideScope.Kind.DRIVER, "i915", "i915"),
        "an.operator",
        "tried on \"three\" cards",
        Instant.parse("2026-01-01T00:00:00Z"),
        Optional.of(Instant.parse("2026-12-31T00:00:00Z")),
        Optional.empty());
  }

  private Verdict without(String rule, EndpointBuilder source, EndpointBuilder destination) {
    return OverridableRules.without(
        List.of(override("one", rule)), judge.judge(source.profile(), destination.profile()));
  }

  @Test
  void theOnlyReasonGoneIsAYesThatIsMarked() {
    Verdict verdict = without("software-version", type("1.3", "a"), type("1.2", "a"));
    assertThat(verdict.outcome()).isEqualTo(Outcome.COMPATIBLE);
    assertThat(verdict.isOverridden()).isTrue();
    assertThat(VerdictJson.toJson(verdict))
        .startsWith(
            "{\"verdict\":\"COMPATIBLE\",\"reasons\":[],\"overridden\":[{\"rule\":\"software-version\"")
        .contains(
            "\"override\":{\"id\":\"one\",\"author\":\"an.operator\",\"reason\":\"tried on"
                + " \\\"three\\\" cards\",\"created\":\"2026-01-01T00:00:00Z\",\"expires\":"
                + "\"2026-12-31T00:00:00Z\"}}]");
  }

  @Test
  void otherReasonsStay() {
    Verdict verdict = without("software-version", type("1.3", "a,b"), type("1.2", "a"));
    assertThat(verdict.outcome()).isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(verdict.reasons())
        .extracting(reason -> reason.rule().toString())
        .containsExactly("compatible-values");
    assertThat(verdict.overridden()).hasSize(1);
  }

  @Test
  void whatIsAbsentMayBeTurnedOffAndTheWorstOfTheRestDecides() {
    EndpointBuilder lacking = type("1.3", "a");
    EndpointBuilder none = EndpointBuilder.type("t").own("device_api", "vfio-pci");
    assertThat(without("software-version", lacking, none.own("compatible_ids", "a")).outcome())
        .isEqualTo(Outcome.COMPATIBLE);
    Verdict both =
        OverridableRules.without(
            List.of(override("a", "compatible-values")),
            judge.judge(type("1.3", "a,b").profile(), none.profile()));
    assertThat(both.outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void whatIsMalformedOrUnreadableIsNeverTurnedIntoAYes() {
    for (Attribute bad :
        List.of(new Attribute.Malformed("not UTF-8"), new Attribute.Unreadable("EIO"))) {
      EndpointBuilder to = type("1.2", "a").own("software_version", bad);
      Verdict verdict = without("software-version", type("1.3", "a"), to);
      assertThat(verdict.outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(verdict.isOverridden()).isFalse();
      assertThat(verdict.warnings())
          .extracting(Verdict.Warning::detail)
          .containsExactly(
              "the override one does not count here: a value that is malformed or unreadable is"
                  + " never turned into a yes");
    }
  }

  private static Profile virtualFunction(Map<String, String> facts) {
    Map<String, Attribute> all = new TreeMap<>();
    all.put("vfio.migration", new Attribute.Text("present"));
    all.put("qat.accel_capabilities_mask", new Attribute.Text("0x6"));
    all.put("qat.extended_dc_capabilities", new Attribute.Text("0x0"));
    facts.forEach((name, text) -> all.put(name, new Attribute.Text(text)));
    Attributes physical = Attributes.of(Map.of("qat/cfg_services", new Attribute.Text("sym;dc")));
    return Profile.of(
        EndpointBuilder.function()
            .pci("vendor", "0x8086")
            .pci("device", "0x4941")
            .pci("revision", "0x00")
            .pci("class", "0x0b4000")
            .pci("driver", "qat_vfio_pci")
            .build()
            .with(new Related(physical, Attributes.NONE, Attributes.of(all))));
  }

  @Test
  void aValueThatTheRuleCannotCompareIsNeverTurnedIntoAYes() {
    String beyondAnyMask = "sym:0x" + "f".repeat(200) + ":100:200";
    Profile unfit = virtualFunction(Map.of("qat.sla", beyondAnyMask));
    Profile none = virtualFunction(Map.of());
    for (boolean atSource : new boolean[] {true, false}) {
      Verdict base = atSource ? judge.judge(unfit, none) : judge.judge(none, unfit);
      Verdict verdict =
          OverridableRules.without(List.of(override("one", "qat_vf/rate-limits")), base);
      assertThat(verdict.outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(verdict.isOverridden()).isFalse();
      assertThat(verdict.reasons().getFirst().detail())
          .contains(
              "the "
                  + (atSource ? "source" : "destination")
                  + " has a malformed fact/qat.sla: expected a mask such as 0x1e");
      assertThat(base.on("a", "b").reasons().getFirst().detail())
          .contains("the source (a) ", "the destination (b) ");
    }
    Profile good = virtualFunction(Map.of("qat.sla", "sym:0xf:100:200"));
    assertThat(
            OverridableRules.without(
                    List.of(override("one", "qat_vf/rate-limits")), judge.judge(good, none))
                .outcome())
        .isEqualTo(Outcome.COMPATIBLE);
  }

  @Test
  void aRuleThatOthersDependOnCannotBeTurnedOff() {
    EndpointBuilder other = EndpointBuilder.type("u").own("device_api", "vfio-pci");
    Verdict verdict = without("mdev-type", type("1.3", "a"), other);
    assertThat(verdict).isEqualTo(judge.judge(type("1.3", "a").profile(), other.profile()));
  }

  @Test
  void ofSeveralForOneRuleTheFirstIsNamed() {
    Verdict verdict =
        OverridableRules.without(
            List.of(override("a", "software-version"), override("b", "software-version")),
            judge.judge(type("1.3", "a").profile(), type("1.2", "a").profile()));
    assertThat(verdict.overridden()).extracting(each -> each.by().id()).containsExactly("a");
  }

  @Test
  void aRefusalNamesTheRulesThatCanBe() {
    RulePacks packs = RulePacks.builtIn();
    assertThat(OverridableRules.fixed())
        .containsExactly(
            "compatible-values", "feature-bits", "opaque-unprobed", "software-version");
    assertThat(OverridableRules.refusal("software-version", packs)).isEmpty();
    assertThat(OverridableRules.refusal("nvidia-vfio/ecc-mode", packs)).isEmpty();
    assertThat(OverridableRules.refusal("facet-missing", packs))
        .hasValueSatisfying(
            text -> assertThat(text).contains("software-version", "found 'facet-missing'"));
    assertThat(OverridableRules.refusal("nvidia-vfio/no-such", packs))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("expected a rule of the pack nvidia-vfio that can be overridden: ")
                    .contains("nvidia-vfio/ecc-mode"));
    assertThat(OverridableRules.refusal("nvidia-vfio/type/name", packs)).isPresent();
    assertThat(OverridableRules.refusal("vfio-pci/x", packs))
        .hasValueSatisfying(text -> assertThat(text).contains("it has none"));
  }

  @Test
  void aVerdictWithoutARuleHasAllOtherReasonsWhateverTheEndpoints() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    RandomEndpoints endpoints = new RandomEndpoints(random);
    List<String> rules =
        Stream.concat(OverridableRules.fixed().stream(), Stream.of("facet-missing", "vendor"))
            .toList();
    for (int i = 0; i < 3000; i++) {
      Profile source = Profile.of(endpoints.next());
      Profile destination = Profile.of(endpoints.next());
      Verdict base = judge.judge(source, destination);
      String rule = rules.get(random.nextInt(rules.size()));
      Verdict verdict = OverridableRules.without(List.of(override("o", rule)), base);
      assertThat(verdict.reasons().size() + verdict.overridden().size())
          .as("seed %d", seed)
          .isEqualTo(base.reasons().size());
      assertThat(verdict.outcome()).as("seed %d", seed).isLessThanOrEqualTo(base.outcome());
      assertThat(verdict.overridden())
          .as("seed %d", seed)
          .allSatisfy(
              each ->
                  assertThat(
                          each.reason() instanceof Reason.Unjudged unjudged
                              ? unjudged.state()
                              : Parsed.State.ABSENT)
                      .isEqualTo(Parsed.State.ABSENT));
    }
  }
}
