package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.lookup.SourceRanking.Standing;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.keys.CandidateKey;
import java.util.List;
import java.util.Optional;

/**
 * The end of a page of destinations: the values that the last candidate was sorted by. So the next
 * page begins right after it on any replica and whatever changed meanwhile. Immutable.
 */
public final class Cursor {

  private static final String VERSION = "1";
  private static final String OVERRIDDEN = "/overridden";
  private static final String NO_RANK = "-";

  private final Standing standing;
  private final long capacityOrder;
  private final String host;
  private final String endpoint;

  Cursor(Standing standing, long capacityOrder, String host, String endpoint) {
    this.standing = standing;
    this.capacityOrder = capacityOrder;
    this.host = host;
    this.endpoint = endpoint;
  }

  static Cursor of(Standing standing, long key, IndexView view) {
    Host host = view.fleet().hostOf(key);
    String endpoint = host.placed().endpoints().name(CandidateKey.index(key));
    return new Cursor(standing, CandidateKey.capacityOrder(key), host.name(), endpoint);
  }

  Standing standing() {
    return standing;
  }

  /** True where that candidate, of the same standing, comes after this one. */
  boolean isBefore(long key, IndexView view) {
    if (capacityOrder != CandidateKey.capacityOrder(key)) {
      return capacityOrder < CandidateKey.capacityOrder(key);
    }
    Host other = view.fleet().hostOf(key);
    int byHost = host.compareTo(other.name());
    if (byHost != 0) {
      return byHost < 0;
    }
    String name = other.placed().endpoints().name(CandidateKey.index(key));
    return endpoint.compareTo(name) < 0;
  }

  String encode() {
    String rank =
        standing
            .rank()
            .map(
                r ->
                    r.minorDistance()
                        + ","
                        + r.bugfixLower()
                        + ","
                        + r.bugfixDistance()
                        + ","
                        + r.burdens())
            .orElse(NO_RANK);
    String text =
        String.join(
            "\n",
            VERSION,
            standing.outcome().name() + (standing.overridden() ? OVERRIDDEN : ""),
            rank,
            Long.toString(capacityOrder),
            host,
            endpoint);
    return CursorText.encode(text);
  }

  /**
   * Parses the cursor that an answer gave.
   *
   * @throws IllegalArgumentException where it did not come from an answer
   */
  public static Cursor parse(String text) {
    List<String> parts = List.of(CursorText.decode(text).split("\n", -1));
    if (parts.size() != 6 || !parts.get(0).equals(VERSION)) {
      throw new IllegalArgumentException("not a cursor of this version");
    }
    String outcome = parts.get(1);
    boolean overridden = outcome.endsWith(OVERRIDDEN);
    int end = outcome.length() - (overridden ? OVERRIDDEN.length() : 0);
    Standing standing =
        new Standing(Outcome.valueOf(outcome.substring(0, end)), overridden, rank(parts.get(2)));
    long capacityOrder = Long.parseLong(parts.get(3));
    return new Cursor(standing, capacityOrder, parts.get(4), parts.get(5));
  }

  private static Optional<Rank> rank(String text) {
    if (text.equals(NO_RANK)) {
      return Optional.empty();
    }
    List<String> parts = List.of(text.split(",", -1));
    if (parts.size() != 4) {
      throw new IllegalArgumentException("not a rank");
    }
    return Optional.of(
        new Rank(
            Long.parseLong(parts.get(0)),
            Boolean.parseBoolean(parts.get(1)),
            Long.parseLong(parts.get(2)),
            Integer.parseInt(parts.get(3))));
  }
}
