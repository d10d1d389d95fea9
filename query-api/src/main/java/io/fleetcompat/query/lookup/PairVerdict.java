package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Verdict;
import java.util.Optional;

/**
 * What the rules say of two profiles, with its JSON written once for all who ask.
 *
 * @param rank empty where the pair is not indexed
 * @param members the four members of a verdict
 * @param rankJson the value of {@code rank}
 * @param burdens the members {@code obligations} and {@code warnings}
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never changed
public record PairVerdict(
    Verdict verdict, Optional<Rank> rank, byte[] members, byte[] rankJson, byte[] burdens) {

  static PairVerdict of(Verdict verdict, Optional<Rank> rank) {
    return new PairVerdict(
        verdict,
        rank,
        VerdictBytes.members(verdict),
        VerdictBytes.rank(rank),
        VerdictBytes.burdens(verdict));
  }

  public Verdict.Outcome outcome() {
    return verdict.outcome();
  }
}
