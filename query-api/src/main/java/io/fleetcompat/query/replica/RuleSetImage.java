package io.fleetcompat.query.replica;

import io.fleetcompat.records.JudgedRules;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One rule set, as far as its records are there. Immutable; any number of threads.
 *
 * @param rules empty where their record is not there, or cannot be used
 * @param generation all pairs of profile numbers below it are judged; empty where nobody says so
 * @param rows by slot
 */
record RuleSetImage(Optional<JudgedRules> rules, OptionalInt generation, Chunks<JudgedRow> rows) {

  /** True where this process has the rules, and there are rows to answer from. */
  boolean isUsable() {
    return generation.isPresent() && rules.flatMap(JudgedRules::judge).isPresent();
  }

  /** The generation up to which pairs are judged; -1 where nobody says so. */
  int reach() {
    return generation.orElse(-1);
  }

  /** The time at which the indexer began to judge by it. */
  long since() {
    return rules.map(JudgedRules::since).orElse(-1L);
  }

  /** The judgement that answers from these rows are by. */
  Judgement judgement() {
    return rules
        .<Judgement>map(known -> Judgement.of(known, generation.orElse(0)))
        .orElseGet(Judgement.None::new);
  }
}
