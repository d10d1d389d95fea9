package io.fleetcompat.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.compatibility.judge.DriverAnswer;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.ObligationValues;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.ProbeAnswers;
import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Endpoint;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two judges that share no line of code must agree on endpoints that nobody would think of. */
class NaiveJudgeTest {

  private static final int ENDPOINTS = 100;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void bothJudgesSayTheSame(long seed) throws JsonProcessingException {
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
    Map<ProbePair, ProbeVerdict> answers = new HashMap<>();
    NaiveJudge naive = new NaiveJudge(same, answers(profiles, answers, random));
    ProbeAnswers known =
        (s, d) -> ProbePair.of(s, d).flatMap(pair -> Optional.ofNullable(answers.get(pair)));
    for (int s = 0; s < ENDPOINTS; s++) {
      for (int d = 0; d < ENDPOINTS; d++) {
        Verdict verdict =
            judge.judge(profiles[s], profiles[d], known).withValues(ObligationValues.of(all[s]));
        String pair = "seed %d, %s\n%s\n→ %s".formatted(seed, policies, all[s], all[d]);
        assertThat(ProductVerdict.of(verdict)).as(pair).isEqualTo(naive.judge(all[s], all[d]));
        assertThat(judge.outcome(profiles[s], profiles[d], known))
            .as(pair)
            .isEqualTo(verdict.outcome());
      }
    }
  }

  /**
   * Answers to some of the questions that the profiles lead to, in both forms; the naive one does
   * not tell apart what cannot be read of a class in different ways.
   */
  private static NaiveAnswers answers(
      Profile[] profiles, Map<ProbePair, ProbeVerdict> answers, Random random)
      throws JsonProcessingException {
    Map<NaiveAnswers.Asked, NaiveAnswers.Answer> naive = new HashMap<>();
    Set<NaiveAnswers.Asked> unasked = new HashSet<>();
    for (Profile source : profiles) {
      for (Profile destination : profiles) {
        Optional<ProbePair> pair = ProbePair.of(source, destination);
        if (pair.isEmpty()) {
          continue;
        }
        NaiveAnswers.Asked asked =
            new NaiveAnswers.Asked(
                source.probeSide().orElseThrow().text(),
                place(destination.probeSide().orElseThrow().canonical()));
        if (!naive.containsKey(asked) && random.nextInt(4) == 0) {
          unasked.add(asked);
        }
        if (!unasked.contains(asked)) {
          int any = random.nextInt(NaiveAnswers.Answer.values().length);
          naive.putIfAbsent(asked, List.of(NaiveAnswers.Answer.values()).get(any));
          answers.put(pair.get(), verdict(Objects.requireNonNull(naive.get(asked))));
        }
      }
    }
    return new NaiveAnswers(naive);
  }

  private static Map<String, String> place(String canonical) throws JsonProcessingException {
    Map<String, String> place = new HashMap<>();
    new ObjectMapper()
        .readTree(canonical).properties().stream()
            .filter(field -> field.getValue().isTextual())
            .forEach(field -> place.put(field.getKey(), field.getValue().textValue()));
    return place;
  }

  private static ProbeVerdict verdict(NaiveAnswers.Answer answer) {
    DriverAnswer yes = new DriverAnswer("a", "d", "then", 0, "");
    DriverAnswer no = new DriverAnswer("b", "d", "then", 22, "EINVAL");
    return new ProbeVerdict(
        switch (answer) {
          case ACCEPTED -> List.of(yes, new DriverAnswer("c", "d", "then", 0, ""));
          case ACCEPTED_ONCE -> List.of(yes);
          case REFUSED -> List.of(no);
          case CONFLICT -> List.of(yes, no);
        });
  }
}
