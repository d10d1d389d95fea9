package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.schemas.RuleSetId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * All rule sets of which there are records, and the one in force. Immutable; any number of threads.
 *
 * @param inForce the rule set in force, as it is spelled; empty where nobody says so
 * @param sets those of which anything is known
 * @param refused newer rules that the indexer does not take; empty where it has the newest
 */
public record RuleSetImages(
    Optional<String> inForce,
    NavigableMap<RuleSetId, RuleSetImage> sets,
    Optional<RefusedRules> refused) {

  /** Most rule sets of which anything is kept: as many as an indexer keeps. */
  static final int MAX_SETS = 3;

  private static final RuleSetImage NO_SET =
      new RuleSetImage(Optional.empty(), OptionalInt.empty(), Chunks.empty());

  static final RuleSetImages EMPTY =
      new RuleSetImages(Optional.empty(), new TreeMap<>(), Optional.empty());

  public RuleSetImages {
    sets = Collections.unmodifiableNavigableMap(new TreeMap<>(sets));
  }

  /** Of rule sets that this process has the rules of, the one that is judged furthest is best. */
  private static final Comparator<Map.Entry<RuleSetId, RuleSetImage>> FURTHEST =
      Comparator.comparingInt((Map.Entry<RuleSetId, RuleSetImage> set) -> set.getValue().reach())
          .thenComparingLong(set -> set.getValue().since())
          .thenComparing(Map.Entry::getKey);

  /**
   * The rows that answers come from, with the rules of those: of the rule set in force; where this
   * process does not have its rules, of the one that is judged furthest of those that it has.
   */
  RuleSetImage answering() {
    Optional<RuleSetImage> pointed = inForce.map(RuleSetId::of).map(sets::get);
    return pointed
        .filter(RuleSetImage::isUsable)
        .or(this::furthest)
        .or(() -> pointed)
        .orElse(NO_SET);
  }

  private Optional<RuleSetImage> furthest() {
    return sets.entrySet().stream()
        .filter(set -> set.getValue().isUsable())
        .max(FURTHEST)
        .map(Map.Entry::getValue);
  }

  /** The judgement that answers are by. */
  Judgement judgement() {
    Judgement found = answering().judgement();
    return found instanceof Judgement.None && inForce.isPresent()
        ? new Judgement.Foreign(0, inForce.get(), List.of(), RuleSet.of(Set.of()))
        : found;
  }

  /** One rule set, for whoever asks how the index stands. */
  public record Standing(String ruleSet, int generation, boolean known) {}

  /** All rule sets whose rules are there, by their spelling. */
  public List<Standing> standings() {
    return sets.values().stream()
        .flatMap(
            set ->
                set
                    .rules()
                    .map(
                        rules ->
                            new Standing(
                                rules.written(),
                                set.generation().orElse(0),
                                rules.judge().isPresent()))
                    .stream())
        .sorted(Comparator.comparing(Standing::ruleSet))
        .toList();
  }
}
