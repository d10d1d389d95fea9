package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.compatibility.NastyEndpoints;
import io.fleetcompat.compatibility.facet.OpaqueVersion;
import io.fleetcompat.compatibility.facet.SelfCompatible;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of every verdict, on seeded random pairs of nasty profiles. */
class JudgePropertiesTest {

  private static final int PROFILES = 120;

  private static final List<Judge> JUDGES =
      Stream.of(
              EnumSet.noneOf(Policy.class),
              EnumSet.of(Policy.CROSS_TYPE),
              EnumSet.of(Policy.MUTUAL),
              EnumSet.allOf(Policy.class))
          .map(Judge::new)
          .toList();

  private static List<Profile> profiles(long seed) {
    NastyEndpoints endpoints = new NastyEndpoints(seed);
    return Stream.generate(() -> endpoints.next().profile()).limit(PROFILES).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20260101, 77})
  void everyVerdictKeepsTheLaws(long seed) {
    List<Profile> profiles = profiles(seed);
    Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
    for (Judge judge : JUDGES) {
      for (Profile source : profiles) {
        for (Profile destination : profiles) {
          Verdict verdict = judge.judge(source, destination);
          String pair = "seed " + seed + " " + judge.ruleSet() + "\n" + source + "\n" + destination;
          assertThat(judge.outcome(source, destination)).as(pair).isEqualTo(verdict.outcome());
          assertThat(verdict.reasons().isEmpty())
              .as(pair)
              .isEqualTo(verdict.outcome() == Outcome.COMPATIBLE);
          assertThat(source.isDeclared() || verdict.outcome() != Outcome.COMPATIBLE)
              .as(pair)
              .isTrue();
          assertThat(worst(verdict)).as(pair).isEqualTo(verdict.outcome());
          seen.merge(verdict.outcome(), 1, Integer::sum);
        }
      }
    }
    assertThat(seen).as("seed " + seed).containsOnlyKeys(Outcome.values());
  }

  /** A reason has a state exactly if its rule could not be judged. */
  private static Outcome worst(Verdict verdict) {
    return verdict.reasons().stream()
        .map(reason -> reason instanceof Reason.Unjudged ? Outcome.UNKNOWN : Outcome.INCOMPATIBLE)
        .max(Outcome::compareTo)
        .orElse(Outcome.COMPATIBLE);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 99})
  void profilesThatAreReadBackGiveTheSameVerdict(long seed) {
    Judge judge = new Judge(Set.of());
    List<Profile> profiles = profiles(seed);
    for (Profile source : profiles) {
      Profile again = Profile.parse(source.canonical());
      for (Profile destination : profiles) {
        assertThat(judge.judge(again, Profile.parse(destination.canonical())))
            .as("seed %d", seed)
            .isEqualTo(judge.judge(source, destination));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 1234567})
  void aFacetThatOnlyTheDestinationHasChangesNothing(long seed) {
    NastyEndpoints endpoints = new NastyEndpoints(seed);
    for (int i = 0; i < 2000; i++) {
      Profile source = endpoints.next().profile();
      EndpointBuilder destination = endpoints.next();
      Verdict before = new Judge(Set.of()).judge(source, destination.profile());
      if (source.facet(SelfCompatible.class).isEmpty()) {
        destination.own("migration_compatible", "nonsense");
      }
      if (source.facet(OpaqueVersion.class).isEmpty()) {
        destination.own("migration_version", "v");
      }
      assertThat(new Judge(Set.of()).judge(source, destination.profile()))
          .as("seed %d, pair %d", seed, i)
          .isEqualTo(before);
    }
  }

  /** Fail closed, with every attribute that a rule uses broken in turn, at either side. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "software_version",
        "device_api",
        "compatible_x",
        "migration/self",
        "migration/compatible",
        "migration_version"
      })
  void aBrokenAttributeNeverGivesCompatible(String path) {
    for (Attribute broken :
        List.of(
            new Attribute.Malformed("not UTF-8"),
            new Attribute.Unreadable("EIO"),
            Attribute.DIRECTORY)) {
      for (boolean atSource : new boolean[] {true, false}) {
        EndpointBuilder source = sound();
        EndpointBuilder destination = sound();
        // One that only the direction not in force would use is no rule's business.
        boolean used = !path.startsWith("migration/") || path.equals("migration/self") == atSource;
        (atSource ? source : destination).own(path, broken);
        if (path.equals("migration_version")) {
          (atSource ? destination : source).own(path, "v");
        }
        Policy[] policies = used ? new Policy[0] : new Policy[] {Policy.MUTUAL};
        Verdict verdict = Found.verdict(source, destination, policies);
        assertThat(verdict.outcome())
            .as("%s %s at the source: %s", path, broken, atSource)
            .isNotEqualTo(Outcome.COMPATIBLE);
        assertThat(verdict.reasons()).extracting(Reason::detail).allMatch(d -> !d.isBlank());
      }
    }
  }

  private static EndpointBuilder sound() {
    return EndpointBuilder.type("t")
        .own("software_version", "1.0")
        .own("device_api", "vfio-pci")
        .own("compatible_x", "1")
        .own("migration/self", "a=1")
        .own("migration/compatible", "a=1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSoundPairIsCompatible(boolean mutual) {
    Policy[] policies = mutual ? new Policy[] {Policy.MUTUAL} : new Policy[0];
    assertThat(Found.of(sound(), sound(), policies)).isEqualTo(Found.COMPATIBLE);
  }
}
