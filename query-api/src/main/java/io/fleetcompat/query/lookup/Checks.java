package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.RuleId;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.json.JsonBytes;
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

  /** The best verdict, of equal ones that with the most to say: where things of a kind differ. */
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.<Candidate, Outcome>comparing(c -> c.pair.outcome())
          .thenComparing(c -> c.pair.missing())
          .thenComparing(c -> c.pair.reasons())
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
   * @param silent the verdict where the silence of a host changed that of the pair
   */
  public record Check(
      Place source,
      Place destination,
      PairVerdict pair,
      Optional<Verdict> silent,
      Sighting sourceSeen,
      Sighting destinationSeen) {

    /** Writes the verdict's four members. */
    public void writeMembers(JsonBytes json) {
      if (silent.isPresent()) {
        VerdictBytes.write(json, silent.get());
      } else {
        pair.writeMembers(json, source.dynamic());
      }
    }
  }

  private record Candidate(Place place, PairVerdict pair) {}

  public Check check(IndexView view, Place source, Place destination) {
    PairVerdict pair = verdicts.of(view, source.slot(), destination.slot());
    long now = sightings.now();
    Sighting from = sightings.of(source.host(), now);
    Sighting to = sightings.of(destination.host(), now);
    boolean silent = !from.isFresh() || !to.isFresh();
    Optional<Verdict> changed =
        silent && pair.outcome() != Outcome.INCOMPATIBLE
            ? Optional.of(silent(judge(view, source, destination), source, destination, from, to))
            : Optional.empty();
    return new Check(source, destination, pair, changed, from, to);
  }

  /** The verdict of a check with all its reasons, judged anew. */
  public Verdict verdict(IndexView view, Check check) {
    return check.silent().orElseGet(() -> judge(view, check.source(), check.destination()));
  }

  private Verdict judge(IndexView view, Place source, Place destination) {
    Verdict verdict = verdicts.judge(view, source.slot(), destination.slot()).verdict();
    return verdict.withValues(source.dynamic());
  }

  private static Verdict silent(
      Verdict verdict, Place source, Place destination, Sighting from, Sighting to) {
    Verdict half = withStale(verdict, source.host(), from, "source");
    return withStale(half, destination.host(), to, "destination");
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

  private static boolean isSame(Place a, Place b) {
    return a.host().id() == b.host().id() && a.endpoint().equals(b.endpoint());
  }

  private static String quiet(Sighting seen) {
    return seen.behind() > 0
        ? "it has sent a newer document, which has not been indexed for %d s"
            .formatted(seen.behind() / 1000)
        : "last heard of %d s ago".formatted(seen.age() / 1000);
  }

  private static Verdict withStale(Verdict verdict, Host host, Sighting seen, String side) {
    if (seen.isFresh() || verdict.outcome() == Outcome.INCOMPATIBLE) {
      return verdict;
    }
    List<Reason> reasons = new ArrayList<>(verdict.reasons());
    reasons.add(
        Reason.Unjudged.absent(
            RuleId.HOST_STALE,
            "the %s host %s is %s: %s".formatted(side, host.name(), seen.liveness(), quiet(seen))));
    return new Verdict(Outcome.UNKNOWN, reasons, verdict.obligations(), verdict.warnings());
  }
}
