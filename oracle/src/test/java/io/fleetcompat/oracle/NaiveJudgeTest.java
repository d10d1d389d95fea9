package io.fleetcompat.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.ObligationValues;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Endpoint;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two judges that share no line of code must agree on endpoints that nobody would think of. */
class NaiveJudgeTest {

  private static final int ENDPOINTS = 100;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void bothJudgesSayTheSame(long seed) {
    Random random = new Random(seed);
    NastyEndpoints endpoints = new NastyEndpoints(random);
    Set<Policy> policies = EnumSet.noneOf(Policy.class);
    for (Policy policy : Policy.values()) {
      if (seed > 2 && random.nextBoolean()) {
        policies.add(policy);
      }
    }
    Endpoint[] all = new Endpoint[ENDPOINTS];
    Profile[] profiles = new Profile[ENDPOINTS];
    for (int i = 0; i < ENDPOINTS; i++) {
      all[i] = endpoints.next();
      profiles[i] = Profile.parse(Profile.of(all[i]).canonical());
    }
    Judge judge = new Judge(policies);
    Set<NaivePolicy> same = EnumSet.noneOf(NaivePolicy.class);
    policies.forEach(policy -> same.add(NaivePolicy.parse(policy.toString())));
    NaiveJudge naive = new NaiveJudge(same);
    for (int s = 0; s < ENDPOINTS; s++) {
      for (int d = 0; d < ENDPOINTS; d++) {
        Verdict verdict =
            judge.judge(profiles[s], profiles[d]).withValues(ObligationValues.of(all[s]));
        String pair = "seed %d, %s\n%s\n→ %s".formatted(seed, policies, all[s], all[d]);
        assertThat(of(verdict)).as(pair).isEqualTo(naive.judge(all[s], all[d]));
        assertThat(judge.outcome(profiles[s], profiles[d])).as(pair).isEqualTo(verdict.outcome());
      }
    }
  }

  private static NaiveVerdict of(Verdict verdict) {
    SortedSet<String> rules = new TreeSet<>();
    verdict.reasons().forEach(reason -> rules.add(reason.rule().toString()));
    SortedMap<String, Optional<String>> obligations = new TreeMap<>();
    verdict.obligations().forEach(o -> obligations.put(o.attribute(), o.value()));
    SortedSet<String> warnings = new TreeSet<>();
    verdict
        .warnings()
        .forEach(warning -> warnings.add(warning.rule() + " " + warning.attribute().orElse("")));
    return new NaiveVerdict(
        NaiveVerdict.Outcome.valueOf(verdict.outcome().name()), rules, obligations, warnings);
  }
}
