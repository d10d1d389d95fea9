package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassedRulesTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void exactlyTheCompatibleHavePassedRules(long seed) {
    RandomEndpoints random = new RandomEndpoints(new Random(seed));
    List<Profile> profiles = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      profiles.add(Profile.of(random.next()));
    }
    int compatible = 0;
    for (Set<Policy> policies : List.of(Set.<Policy>of(), Set.of(Policy.values()))) {
      Judge judge = new Judge(policies);
      for (Profile source : profiles) {
        for (Profile destination : profiles) {
          assertThat(judge.passed(source, destination).isEmpty())
              .as("seed %d: %s to %s", seed, source.canonical(), destination.canonical())
              .isEqualTo(judge.outcome(source, destination) != Outcome.COMPATIBLE);
          compatible += judge.passed(source, destination).isEmpty() ? 0 : 1;
        }
      }
    }
    assertThat(compatible).as("seed %d", seed).isPositive();
  }
}
