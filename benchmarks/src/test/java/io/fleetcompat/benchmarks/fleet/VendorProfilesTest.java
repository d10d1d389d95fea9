package io.fleetcompat.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VendorProfilesTest {

  private final Judge judge = new Judge(Set.of());

  @ParameterizedTest
  @EnumSource
  void aThousandProfilesDifferAndNoneLacksAValueThatItsPackAsksFor(VendorProfiles family) {
    List<Profile> profiles = family.profiles(1000);

    assertThat(Set.copyOf(profiles)).hasSize(profiles.size());
    assertThat(
            profiles.stream()
                .map(profile -> judge.judge(profile, profile))
                .filter(verdict -> verdict.outcome() != Verdict.Outcome.COMPATIBLE)
                .map(Verdict::reasons)
                .limit(1))
        .isEmpty();
  }
}
