package io.fleetcompat.query.outcome;

import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.schemas.avro.MigrationResult;
import io.fleetcompat.schemas.avro.OutcomePrediction;
import io.fleetcompat.schemas.avro.PredictedVerdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts outcomes into a summary. One thread, one use. */
final class OutcomeTally {

  /** Most findings of a summary. */
  static final int MOST_FINDINGS = 1000;

  /** Most rules, and most packs, of a summary: those of most outcomes. */
  static final int MOST_RULES = 1000;

  /** Most outcomes that a finding shows. */
  static final int MOST_EXAMPLES = 3;

  /** The rules about the index itself, such as that a host has fallen silent. */
  private static final Set<String> OF_NO_DEVICE =
      Arrays.stream(FixedRule.values())
          .filter(rule -> rule.facet().isEmpty())
          .map(FixedRule::toString)
          .collect(Collectors.toUnmodifiableSet());

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
    Set<String> asked = new HashSet<>(forbidding);
    asked.addAll(prediction.getUndecided());
    asked.addAll(prediction.getSatisfied());
    asked.removeAll(OF_NO_DEVICE);
    asked.forEach(rule -> add(rules, rule, forbidding.contains(rule), !succeeded));
    Set<String> packsThatForbid = new HashSet<>(prediction.getForbiddingPacks());
    prediction
        .getAskedPacks()
        .forEach(pack -> add(packs, pack, packsThatForbid.contains(pack), !succeeded));
  }

  private static void add(
      Map<String, Accuracy> to, String name, boolean forbids, boolean didNotSucceed) {
    to.merge(
        name,
        Accuracy.NONE.plus(forbids, didNotSucceed),
        (before, _) -> before.plus(forbids, didNotSucceed));
  }

  /**
   * The summary of all that was added.
   *
   * @param contents of profiles, by fingerprint
   */
  OutcomeSummary summary(
      long since, boolean complete, Function<String, Optional<String>> contents) {
    List<OutcomeFinding> findings = new ArrayList<>();
    pairs.forEach((pair, outcomes) -> finding(pair, outcomes).ifPresent(findings::add));
    findings.sort(WORST_FIRST);
    long wrong =
        findings.stream()
            .filter(finding -> finding.truth() == Truth.WRONG)
            .mapToLong(OutcomeFinding::against)
            .sum();
    return new OutcomeSummary(
        since,
        complete,
        wrong,
        List.copyOf(counts.values()),
        index,
        most(rules),
        most(packs),
        findings.stream().limit(MOST_FINDINGS).map(finding -> finding.with(contents)).toList(),
        findings.size());
  }

  private static SortedMap<String, Accuracy> most(Map<String, Accuracy> all) {
    SortedMap<String, Accuracy> most = new TreeMap<>();
    all.entrySet().stream()
        .sorted(
            Map.Entry.<String, Accuracy>comparingByValue(
                    Comparator.comparingLong(Accuracy::outcomes).reversed())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_RULES)
        .forEach(each -> most.put(each.getKey(), each.getValue()));
    return most;
  }

  private static Optional<OutcomeFinding> finding(ProfilePair pair, List<KeptOutcome> outcomes) {
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
            Optional.empty(),
            Optional.empty()));
  }

  private static long of(List<KeptOutcome> outcomes, MigrationResult result) {
    return outcomes.stream().filter(each -> each.outcome().getResult() == result).count();
  }
}
