package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.SelfCompatible;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The laws of the rules (docs/rules.md 1), on random pairs of endpoints. */
class LawsTest {

  private static final long SEED = Long.getLong("seed", 20261121);
  private static final int ENDPOINTS = 400;

  private static final List<Set<Policy>> POLICIES =
      List.of(
          Set.of(), Set.of(Policy.CROSS_TYPE), Set.of(Policy.MUTUAL), EnumSet.allOf(Policy.class));

  private final List<Endpoint> endpoints = endpoints();
  private final List<Profile> profiles = endpoints.stream().map(Profile::of).toList();

  @Test
  void aProfileIsReadBackFromItsCanonicalForm() {
    for (Profile profile : profiles) {
      Profile again = Profile.parse(profile.canonical());
      assertThat(again.canonical()).as(seed()).isEqualTo(profile.canonical());
      assertThat(again.facetIds()).isEqualTo(profile.facetIds());
      assertThat(again.problems()).isEqualTo(profile.problems());
    }
  }

  @Test
  void fingerprintsAreEqualExactlyWhereCanonicalFormsAre() {
    Map<String, String> byFingerprint = new HashMap<>();
    for (Profile profile : profiles) {
      String canonical = profile.canonical();
      String first = byFingerprint.putIfAbsent(profile.fingerprint().toString(), canonical);
      assertThat(first == null ? canonical : first).as(seed()).isEqualTo(canonical);
    }
    assertThat(byFingerprint).as(seed()).hasSizeGreaterThan(ENDPOINTS / 4);
  }

  @Test
  void theVerdictIsThatOfProfilesReadBackAndItsOutcomeThatOfTheCheapQuestion() {
    Map<Profile, Profile> again = new HashMap<>();
    profiles.forEach(profile -> again.put(profile, Profile.parse(profile.canonical())));
    List<Judge> judges = POLICIES.stream().map(Judge::new).toList();
    forEachPair(
        (source, destination) -> {
          for (Judge judge : judges) {
            Verdict verdict = judge.judge(source, destination);
            assertThat(judge.outcome(source, destination)).as(seed()).isEqualTo(verdict.outcome());
            assertThat(
                    judge.judge(
                        Profile.parse(source.canonical()), Profile.parse(destination.canonical())))
                .as(seed())
                .isEqualTo(verdict);
          }
        });
  }

  @Test
  void everyNoHasAReasonAndEveryUnknownSaysWhy() {
    Judge judge = new Judge(Set.of());
    Map<Outcome, Integer> seen = new HashMap<>();
    forEachPair(
        (source, destination) -> {
          Verdict verdict = judge.judge(source, destination);
          seen.merge(verdict.outcome(), 1, Integer::sum);
          boolean states = verdict.reasons().stream().anyMatch(Reason.Unjudged.class::isInstance);
          boolean judged = verdict.reasons().stream().anyMatch(Reason.Failed.class::isInstance);
          switch (verdict.outcome()) {
            case COMPATIBLE -> assertThat(verdict.reasons()).isEmpty();
            case UNKNOWN -> assertThat(states && !judged).as(seed() + verdict).isTrue();
            case INCOMPATIBLE -> assertThat(judged).as(seed() + verdict).isTrue();
          }
        });
    assertThat(seen).as(seed()).containsOnlyKeys(Outcome.values());
  }

  @Test
  void reasonsComeInOrderOfFacets() {
    List<FacetId> order =
        List.of(
            FacetId.TYPE_ATTRIBUTES,
            FacetId.SELF_COMPATIBLE,
            FacetId.OPAQUE_VERSION,
            FacetId.FEATURE_BITS,
            FacetId.VENDOR_RULES);
    Judge judge = new Judge(EnumSet.allOf(Policy.class));
    forEachPair(
        (source, destination) ->
            assertThat(
                    judge.judge(source, destination).reasons().stream()
                        .map(reason -> reason.facetId().map(order::indexOf).orElse(-1))
                        .toList())
                .as(seed())
                .isSorted());
  }

  @Test
  void aFacetThatOnlyTheSourceHasIsNeverCompatible() {
    Judge judge = new Judge(Set.of());
    forEachPair(
        (source, destination) -> {
          boolean onlyHere =
              destination.facetIds().stream()
                      .filter(FacetId::isDeclared)
                      .noneMatch(source.facetIds()::contains)
                  && source.isDeclared();
          if (onlyHere) {
            assertThat(judge.outcome(source, destination))
                .as(seed() + source + destination)
                .isNotEqualTo(Outcome.COMPATIBLE);
          }
        });
  }

  @Test
  void aFacetThatOnlyTheDestinationHasChangesNothing() {
    Judge judge = new Judge(EnumSet.allOf(Policy.class));
    for (int i = 0; i < ENDPOINTS; i++) {
      Endpoint destination = endpoints.get(i);
      Profile source = profiles.get((i * 7) % ENDPOINTS);
      if (profiles.get(i).facet(SelfCompatible.class).isEmpty()
          && source.facet(SelfCompatible.class).isEmpty()) {
        Map<String, Attribute> more = new TreeMap<>(destination.own().byPath());
        more.put("migration/self", new Attribute.Text("nonsense"));
        assertThat(judge.judge(source, Profile.of(with(destination, more))))
            .as(seed())
            .isEqualTo(judge.judge(source, profiles.get(i)));
      }
    }
  }

  @Test
  void removingWhatTheDestinationSaysNeverMakesItCompatible() {
    Judge judge = new Judge(Set.of());
    Random random = new Random(SEED);
    for (int i = 0; i < 1_500; i++) {
      Endpoint from = endpoints.get(random.nextInt(ENDPOINTS));
      Endpoint to = endpoints.get(random.nextInt(ENDPOINTS));
      if (from.kind() != EndpointKind.MDEV_TYPE || to.kind() != EndpointKind.MDEV_TYPE) {
        continue;
      }
      Profile source = Profile.of(from);
      for (String path : List.of("device_api", "compatible_pci_ids", "migration_version")) {
        // What is malformed there may well be better removed: then it is one value less to judge.
        if (to.own().get(path) instanceof Attribute.Text
            && Profile.of(to).problems().isEmpty()
            && judge.outcome(source, Profile.of(to)) != Outcome.COMPATIBLE) {
          assertThat(judge.outcome(source, Profile.of(without(to, path))))
              .as(seed() + path + source + to)
              .isNotEqualTo(Outcome.COMPATIBLE);
        }
      }
    }
  }

  @Test
  void aWellFormedTypeIsCompatibleWithItself() {
    Judge judge = new Judge(Set.of());
    int seen = 0;
    for (Profile profile : profiles) {
      boolean wellFormed =
          profile.facetIds().equals(List.of(FacetId.TYPE_ATTRIBUTES, FacetId.VENDOR_RULES))
              && profile.problems().isEmpty()
              && profile.mdevType().isPresent()
              && profile.canonical().contains("device_api");
      if (wellFormed) {
        seen++;
        assertThat(judge.outcome(profile, profile))
            .as(seed() + profile)
            .isEqualTo(Outcome.COMPATIBLE);
      }
    }
    assertThat(seen).as(seed()).isPositive();
  }

  @Test
  void nothingMalformedOrUnreadableAtTheSourceIsEverCompatible() {
    Judge judge = new Judge(EnumSet.allOf(Policy.class));
    // What no rule uses then: the list of obligations, compatible_type at the source, and what
    // packs have rules about, which do not speak where the driver declares something.
    Set<String> unused =
        Set.of("dynamic_resources", "compatible_type", "driver", "pci/vendor", "pci/driver");
    forEachPair(
        (source, destination) -> {
          boolean bad = source.problems().stream().anyMatch(p -> !unused.contains(p.path()));
          if (bad) {
            assertThat(judge.outcome(source, destination))
                .as(seed() + source + destination)
                .isNotEqualTo(Outcome.COMPATIBLE);
          }
        });
  }

  private void forEachPair(BiConsumer<Profile, Profile> check) {
    Random random = new Random(SEED);
    for (int i = 0; i < 1_500; i++) {
      Profile source = profiles.get(random.nextInt(ENDPOINTS));
      Profile destination = profiles.get(random.nextInt(ENDPOINTS));
      check.accept(source, destination);
      check.accept(source, source);
    }
  }

  private static Endpoint without(Endpoint endpoint, String path) {
    Map<String, Attribute> own = new TreeMap<>(endpoint.own().byPath());
    own.remove(path);
    return with(endpoint, own);
  }

  private static Endpoint with(Endpoint endpoint, Map<String, Attribute> own) {
    return new Endpoint(
        endpoint.name(),
        endpoint.kind(),
        endpoint.mdevType(),
        Attributes.of(own),
        endpoint.type(),
        endpoint.pci());
  }

  private static List<Endpoint> endpoints() {
    RandomEndpoints random = new RandomEndpoints(new Random(SEED));
    List<Endpoint> list = new ArrayList<>();
    for (int i = 0; i < ENDPOINTS; i++) {
      list.add(random.next());
    }
    return list;
  }

  private static String seed() {
    return "seed " + SEED + " ";
  }
}
