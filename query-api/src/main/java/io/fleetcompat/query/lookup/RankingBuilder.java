package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.RuleId;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.query.lookup.PairVerdicts.Judged;
import io.fleetcompat.query.lookup.Slots.Gathered;
import io.fleetcompat.query.lookup.SourceRanking.Group;
import io.fleetcompat.query.lookup.SourceRanking.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/** A ranking being made, profile by profile. One use, one thread. */
final class RankingBuilder {

  private final ViewOverrides overrides;
  private final IndexedEndpoint source;
  private final PairVerdicts<?> verdicts;
  private final Optional<String> sourcePool;
  private final SortedSet<String> pools;
  private final CandidateFilter filter;
  private final TreeMap<Standing, Gathered> standings = new TreeMap<>();
  private final Map<RuleId, Gathered> excluded = new HashMap<>();
  private final Map<RuleId, Gathered> unknown = new HashMap<>();
  private final Map<Integer, List<String>> elsewhere = new HashMap<>();
  private final Gathered unlike = new Gathered();

  private RankingBuilder(
      ViewOverrides overrides, IndexedEndpoint source, PairVerdicts<?> verdicts) {
    this.overrides = overrides;
    this.source = source;
    this.verdicts = verdicts;
    this.sourcePool = SourceRanking.concernedPool(overrides, source);
    this.pools = overrides.destinationPools(sourcePool);
    this.filter = new CandidateFilter(overrides.view(), source.slot());
  }

  static SourceRanking ranking(
      ViewOverrides overrides,
      IndexedEndpoint source,
      PairVerdicts<?> verdicts,
      Deadline deadline) {
    RankingBuilder builder = new RankingBuilder(overrides, source, verdicts);
    for (int slot = 0; slot < overrides.view().matrix().slots(); slot++) {
      if (overrides.view().matrix().profile(slot) == null) {
        builder.gone(slot);
      } else {
        deadline.check();
        builder.judge(slot, deadline);
      }
    }
    return builder.build();
  }

  /** Most profiles have left for good: no sentence is made for them. */
  private void gone(int slot) {
    unlike.add(slot, Optional.empty());
    unknown.computeIfAbsent(FixedRule.NOT_INDEXED, r -> new Gathered()).add(slot, Optional.empty());
  }

  private void judge(int slot, Deadline deadline) {
    Verdict mostly = judge(slot, Optional.empty(), concerning(slot, Optional.empty()));
    for (String pool : pools) {
      List<RuleOverride> there = concerning(slot, Optional.of(pool));
      if (mayChange(mostly, there)) {
        deadline.check();
        elsewhere.computeIfAbsent(slot, s -> new ArrayList<>()).add(pool);
        judge(slot, Optional.of(pool), there);
      }
    }
  }

  private List<RuleOverride> concerning(int slot, Optional<String> pool) {
    return overrides.find(source.slot(), sourcePool, slot, pool);
  }

  private static boolean mayChange(Verdict verdict, List<RuleOverride> overrides) {
    return verdict.reasons().stream()
        .map(reason -> reason.rule().toString())
        .anyMatch(rule -> overrides.stream().anyMatch(each -> each.rule().equals(rule)));
  }

  /** Judges a profile on all hosts, or on those of a pool, and puts it where it stands. */
  private Verdict judge(int slot, Optional<String> pool, List<RuleOverride> concerning) {
    Judged judged = verdicts.judge(overrides.view(), source.slot(), slot, concerning);
    Verdict verdict = judged.verdict();
    Outcome outcome = verdict.outcome();
    if (outcome == Outcome.UNKNOWN && !filter.isLike(slot)) {
      unlike.add(slot, pool);
    } else if (outcome != Outcome.INCOMPATIBLE) {
      Standing standing = new Standing(outcome, verdict.isOverridden(), judged.rank());
      standings.computeIfAbsent(standing, s -> new Gathered()).add(slot, pool);
    }
    Map<RuleId, Gathered> byRule = outcome == Outcome.INCOMPATIBLE ? excluded : unknown;
    verdict.reasons().stream()
        .map(Reason::rule)
        .distinct()
        .forEach(rule -> byRule.computeIfAbsent(rule, r -> new Gathered()).add(slot, pool));
    return verdict;
  }

  private SourceRanking build() {
    List<Group> groups =
        standings.entrySet().stream()
            .map(e -> new Group(e.getKey(), e.getValue().build()))
            .toList();
    return new SourceRanking(
        overrides, sourcePool, groups, elsewhere, slots(excluded), slots(unknown), unlike.build());
  }

  private static Map<RuleId, Slots> slots(Map<RuleId, Gathered> gathered) {
    Map<RuleId, Slots> slots = new HashMap<>();
    gathered.forEach((rule, those) -> slots.put(rule, those.build()));
    return slots;
  }
}
