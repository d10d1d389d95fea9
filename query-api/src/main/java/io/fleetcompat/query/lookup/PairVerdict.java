package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of two profiles; its JSON is written when first asked for, and kept for all
 * who ask. Any thread: two that ask at once write the same bytes.
 */
public final class PairVerdict {

  private final Verdict verdict;
  private final Optional<Rank> rank;
  private volatile byte @Nullable [] members;
  private volatile byte @Nullable [] rankJson;
  private volatile byte @Nullable [] burdens;

  PairVerdict(Verdict verdict, Optional<Rank> rank) {
    this.verdict = verdict;
    this.rank = rank;
  }

  public Verdict verdict() {
    return verdict;
  }

  /** Empty where the pair is not indexed. */
  public Optional<Rank> rank() {
    return rank;
  }

  public Verdict.Outcome outcome() {
    return verdict.outcome();
  }

  /** The four members of a verdict. */
  public byte[] members() {
    byte[] known = members;
    if (known == null) {
      known = VerdictBytes.members(verdict);
      members = known;
    }
    return known;
  }

  /** The value of {@code rank}. */
  public byte[] rankJson() {
    byte[] known = rankJson;
    if (known == null) {
      known = VerdictBytes.rank(rank);
      rankJson = known;
    }
    return known;
  }

  /** The members {@code obligations} and {@code warnings}. */
  public byte[] burdens() {
    byte[] known = burdens;
    if (known == null) {
      known = VerdictBytes.burdens(verdict);
      burdens = known;
    }
    return known;
  }
}
