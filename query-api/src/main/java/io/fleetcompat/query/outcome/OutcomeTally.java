package io.fleetcompat.query.outcome;

import io.fleetcompat.schemas.avro.MigrationResult;
import io.fleetcompat.schemas.avro.OutcomePrediction;
import io.fleetcompat.schemas.avro.PredictedVerdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Counts outcomes into a summary. One thread, one use. */
final class OutcomeTally {

  /** Most findings of a summary. */
  static final int MOST_FINDINGS = 1000;

  /** Most outcomes that a finding shows. */
  static final int MOST_EXAMPLES = 3;

  private static final Comparator<OutcomeFinding> WORST_FIRST =
      Comparator.comparing(OutcomeFinding::truth)
          .thenComparing(OutcomeFinding::against, Comparator.reverseOrder())
          .thenComparing(OutcomeFinding::pair);

  private final TreeMap<OutcomeCount, OutcomeCount> counts = new TreeMap<>(OutcomeCount.ORDER);
  private final TreeMap<String, Accuracy> rules = new TreeMap<>();
  private final TreeMap<String, Accuracy> packs = new TreeMap<>();
  private final Map<ProfilePair, List<KeptOutcome>> pairs = new HashMap<>();
  private Accuracy index = Accuracy.NONE;

  void add(KeptOutcome kept) {
    OutcomeCount one = OutcomeCount.one(kept.outcome());
    counts.merge(one.sort(), one, OutcomeCount::plus);
    OutcomePrediction prediction = kept.outcome().getPrediction();
    if (prediction == null || kept.truth() == Truth.NOTHING) {
      return;
    }
    boolean succeeded = kept.outcome().getResult() == MigrationResult.SUCCEEDED;
    index = index.plus(prediction.getVerdict() == PredictedVerdict.COMPATIBLE, succeeded);
    count(prediction, succeeded);
    pairs.computeIfAbsent(ProfilePair.of(prediction), _ -> new ArrayList<>()).add(kept);
  }

  /** A rule and a pack say that a device may not go. */
  private void count(OutcomePrediction prediction, boolean succeeded) {
    Set<String> forbidding = new HashSet<>(prediction.getForbidding());
    Set<String> asked = new HashSet<>();
    KeptOutcome.rules(prediction).forEach(asked::addAll);
    asked.forEach(rule -> add(rules, rule, forbidding.contains(rule), !succeeded));
    Set<String> forbiddingPacks = packs(forbidding);
    packs(asked).forEach(pack -> add(packs, pack, forbiddingPacks.contains(pack), !succeeded));
  }

  private static void add(
      Map<String, Accuracy> to, String name, boolean forbids, boolean didNotSucceed) {
    to.merge(
        name,
        Accuracy.NONE.plus(forbids, didNotSucceed),
        (before, _) -> before.plus(forbids, didNotSucceed));
  }

  /** The packs of rules that are spelled {@code PACK/RULE}. */
  private static Set<String> packs(Set<String> rules) {
    Set<String> packs = new HashSet<>();
    for (String rule : rules) {
      int slash = rule.indexOf('/');
      if (slash > 0) {
        packs.add(rule.substring(0, slash));
      }
    }
    return packs;
  }

  /**
   * The summary of all that was added.
   *
   * @param contents of profiles, by fingerprint
   */
  OutcomeSummary summary(
      long since, boolean complete, Function<String, Optional<String>> contents) {
    List<OutcomeFinding> findings = new ArrayList<>();
    pairs.forEach((pair, outcomes) -> finding(pair, outcomes, contents).ifPresent(findings::add));
    findings.sort(WORST_FIRST);
    return new OutcomeSummary(
        since,
        complete,
        List.copyOf(counts.values()),
        index,
        rules,
        packs,
        findings.stream().limit(MOST_FINDINGS).toList());
  }

  private static Optional<OutcomeFinding> finding(
      ProfilePair pair, List<KeptOutcome> outcomes, Function<String, Optional<String>> contents) {
    List<KeptOutcome> against =
        outcomes.stream().filter(each -> each.truth() != Truth.RIGHT).toList();
    if (against.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new OutcomeFinding(
            pair,
            against.getFirst().truth(),
            of(outcomes, MigrationResult.SUCCEEDED),
            of(outcomes, MigrationResult.REFUSED),
            of(outcomes, MigrationResult.FAILED),
            against.getFirst().recorded(),
            against.getLast().recorded(),
            against.reversed().stream().limit(MOST_EXAMPLES).toList(),
            contents.apply(pair.source()),
            pair.destination().flatMap(contents)));
  }

  private static long of(List<KeptOutcome> outcomes, MigrationResult result) {
    return outcomes.stream().filter(each -> each.outcome().getResult() == result).count();
  }
}
