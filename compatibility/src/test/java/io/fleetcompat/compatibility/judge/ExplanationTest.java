package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.facet.Facet;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.FeatureBits;
import io.fleetcompat.compatibility.facet.OpaqueVersion;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.SelfCompatible;
import io.fleetcompat.compatibility.facet.TypeAttributes;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule that was applied to a pair is heard exactly once, as satisfied or as a reason. */
class ExplanationTest {

  private static final int PROFILES = 150;

  /** A rule that was heard. */
  private record Heard(FacetId facet, RuleId rule, String attribute, boolean satisfied) {
    String slot() {
      return rule + " " + attribute;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyRuleThatIsAppliedIsHeardOnce(long seed) {
    RandomEndpoints random = new RandomEndpoints(new Random(seed));
    List<Profile> profiles =
        Stream.generate(() -> Profile.of(random.next())).limit(PROFILES).toList();
    int compatible = 0;
    for (Set<Policy> policies : List.of(Set.<Policy>of(), EnumSet.allOf(Policy.class))) {
      Judge judge = new Judge(policies);
      for (Profile source : profiles) {
        for (Profile destination : profiles) {
          String pair = "seed " + seed + "\n" + source + "\n" + destination;
          Explanation explanation = judge.explain(source, destination);
          assertThat(explanation.verdict()).as(pair).isEqualTo(judge.judge(source, destination));
          if (explanation.verdict().outcome() == Outcome.COMPATIBLE) {
            compatible++;
            assertThat(explanation.satisfied()).as(pair).isNotEmpty();
          }
          List<Heard> heard = heard(explanation);
          assertThat(source.facetIds()).as(pair).containsAll(facets(explanation.satisfied()));
          for (Facet from : source.facets()) {
            if (!from.id().isDeclared()) {
              continue;
            }
            List<Heard> ofFacet = heard.stream().filter(h -> h.facet() == from.id()).toList();
            check(pair, policies, source, from, destination, ofFacet);
          }
        }
      }
    }
    assertThat(compatible).as("seed %d", seed).isPositive();
  }

  private static List<FacetId> facets(List<Satisfied> satisfied) {
    return satisfied.stream().map(Satisfied::facet).toList();
  }

  private static List<Heard> heard(Explanation explanation) {
    List<Heard> heard = new ArrayList<>();
    for (Reason reason : explanation.verdict().reasons()) {
      reason
          .facetId()
          .ifPresent(
              facet ->
                  heard.add(new Heard(facet, reason.rule(), reason.attribute().orElse(""), false)));
    }
    for (Satisfied rule : explanation.satisfied()) {
      heard.add(new Heard(rule.facet(), rule.rule(), rule.attribute(), true));
    }
    return heard;
  }

  private static void check(
      String pair,
      Set<Policy> policies,
      Profile source,
      Facet from,
      Profile destination,
      List<Heard> heard) {
    boolean unseen =
        from instanceof TypeAttributes
            && (source.unseenType().isPresent() || destination.unseenType().isPresent());
    Optional<? extends Facet> to = destination.facet(from.getClass());
    if (unseen || to.isEmpty()) {
      assertThat(heard).as(pair).hasSize(1).noneMatch(Heard::satisfied);
      return;
    }
    switch (from) {
      case TypeAttributes types ->
          assertThat(heard)
              .as(pair)
              .extracting(Heard::slot)
              .containsExactlyInAnyOrderElementsOf(
                  slots(types, (TypeAttributes) to.get(), crossed(heard)));
      case FeatureBits bits ->
          assertThat(heard)
              .as(pair)
              .extracting(Heard::slot)
              .containsExactlyInAnyOrder(
                  "virtio-device device",
                  "virtio-device vendor",
                  bits.isNegotiated() && ((FeatureBits) to.get()).isNegotiated()
                      ? "feature-bits features"
                      : "virtio-not-negotiated status");
      case OpaqueVersion version -> checkOpaque(pair, version, (OpaqueVersion) to.get(), heard);
      case SelfCompatible self -> checkSelf(pair, policies, self, (SelfCompatible) to.get(), heard);
      case VendorFacts facts -> throw new AssertionError("declares nothing: " + facts);
    }
  }

  /** The rule on types is about another attribute where the policy makes it so. */
  private static String crossed(List<Heard> heard) {
    return heard.stream().anyMatch(h -> h.attribute().equals(TypeAttributes.COMPATIBLE_TYPE))
        ? TypeAttributes.COMPATIBLE_TYPE
        : MdevTypeRule.ATTRIBUTE;
  }

  private static List<String> slots(TypeAttributes from, TypeAttributes to, String type) {
    List<String> slots = new ArrayList<>();
    slots.add("mdev-type " + type);
    slots.add("device-api device_api");
    slots.add("software-version software_version");
    Set<String> names = new TreeSet<>(from.compatible().keySet());
    names.addAll(to.compatible().keySet());
    names.forEach(name -> slots.add("compatible-values " + name));
    return slots;
  }

  private static void checkOpaque(
      String pair, OpaqueVersion from, OpaqueVersion to, List<Heard> heard) {
    List<String> slots = heard.stream().map(Heard::slot).toList();
    assertThat(slots).as(pair).doesNotHaveDuplicates();
    assertThat(slots.contains("mdev-type mdev_type"))
        .as(pair)
        .isEqualTo(!from.ofDevice() || !to.ofDevice());
    assertThat(slots.contains("vendor vendor"))
        .as(pair)
        .isNotEqualTo(
            from.vendor() instanceof Parsed.Absent && to.vendor() instanceof Parsed.Absent);
    assertThat(slots)
        .as(pair)
        .containsAnyOf(
            "opaque-version migration_version", "opaque-not-migratable migration_version");
  }

  private static void checkSelf(
      String pair, Set<Policy> policies, SelfCompatible from, SelfCompatible to, List<Heard> all) {
    long satisfied = all.stream().filter(Heard::satisfied).count();
    boolean mutual = policies.contains(Policy.MUTUAL);
    long asked = selves(from) + (mutual ? selves(to) : 0);
    if (all.stream().allMatch(Heard::satisfied)) {
      assertThat(satisfied).as(pair).isPositive().isEqualTo(asked);
    } else {
      assertThat(satisfied).as(pair).isLessThanOrEqualTo(asked);
    }
  }

  private static long selves(SelfCompatible facet) {
    return facet.selves() instanceof Parsed.Value<?>(List<?> selves) ? selves.size() : 0;
  }
}
