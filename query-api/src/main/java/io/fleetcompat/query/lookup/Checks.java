package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.Verdict.Reason;
import io.fleetcompat.compatibility.judge.Verdict.State;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Answers "may this device go there?". Any thread. */
public final class Checks {

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.<Candidate, Outcome>comparing(c -> c.pair.outcome())
          .thenComparing(c -> c.pair.rank().isEmpty())
          .thenComparing(
              (a, b) ->
                  a.pair.rank().isEmpty() || b.pair.rank().isEmpty()
                      ? 0
                      : a.pair.rank().get().compareTo(b.pair.rank().get()))
          .thenComparing(c -> -c.place.capacity())
          .thenComparing(c -> c.place.endpoint());

  private final PairVerdicts verdicts;
  private final Sightings sightings;

  public Checks(PairVerdicts verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
  }

  /**
   * The answer.
   *
   * @param members the verdict's four members as JSON
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never changed
  public record Check(
      Place source,
      Place destination,
      Verdict verdict,
      byte[] members,
      byte[] rankJson,
      Sighting sourceSeen,
      Sighting destinationSeen) {}

  private record Candidate(Place place, PairVerdict pair) {}

  public Check check(IndexView view, Place source, Place destination) {
    PairVerdict pair = verdicts.of(view, source.slot(), destination.slot());
    Sighting from = sightings.of(source.host());
    Sighting to = sightings.of(destination.host());
    if (from.isFresh() && to.isFresh() && !overlays(pair, source)) {
      return new Check(
          source, destination, pair.verdict(), pair.members(), pair.rankJson(), from, to);
    }
    Verdict verdict = pair.verdict().withValues(source.dynamic());
    verdict = withStale(verdict, source.host(), from, "source");
    verdict = withStale(verdict, destination.host(), to, "destination");
    byte[] members = VerdictBytes.members(verdict);
    return new Check(source, destination, verdict, members, pair.rankJson(), from, to);
  }

  /** The endpoint of that host which fits best; empty where it has none but the source itself. */
  public Optional<Place> best(IndexView view, Place source, Host host) {
    return IntStream.range(0, host.placed().endpoints().size())
        .mapToObj(index -> Place.of(host, index))
        .filter(place -> !isSame(place, source))
        .map(place -> new Candidate(place, verdicts.of(view, source.slot(), place.slot())))
        .min(BEST_FIRST)
        .map(Candidate::place);
  }

  private static boolean overlays(PairVerdict pair, Place source) {
    return !pair.verdict().obligations().isEmpty() && !source.dynamic().isEmpty();
  }

  private static boolean isSame(Place a, Place b) {
    return a.host().id() == b.host().id() && a.endpoint().equals(b.endpoint());
  }

  private static Verdict withStale(Verdict verdict, Host host, Sighting seen, String side) {
    if (seen.isFresh() || verdict.outcome() == Outcome.INCOMPATIBLE) {
      return verdict;
    }
    List<Reason> reasons = new ArrayList<>(verdict.reasons());
    reasons.add(
        new Reason(
            "host-stale",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(State.ABSENT),
            "the %s host %s is %s: last heard of %d s ago"
                .formatted(side, host.name(), seen.liveness(), seen.age() / 1000)));
    return new Verdict(Outcome.UNKNOWN, reasons, verdict.obligations(), verdict.warnings());
  }
}
