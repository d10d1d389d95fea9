package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.RuleId;
import io.fleetcompat.compatibility.judge.Satisfied;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProfileEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Answers "may this device go there?". Any thread.
 *
 * @param <V> the form that verdicts have in answers
 */
public final class Checks<V> {

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
          .thenComparing(c -> -c.endpoint.capacity())
          .thenComparing(c -> c.endpoint.name());

  /** Longest part of a name that a detail quotes, in characters. */
  private static final int MAX_QUOTED = 120;

  private final PairVerdicts<V> verdicts;
  private final Sightings sightings;

  public Checks(PairVerdicts<V> verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
  }

  /**
   * The answer.
   *
   * @param silent the verdict where the silence of a host changed that of the pair
   */
  public record Check<V>(
      IndexedEndpoint source,
      IndexedEndpoint destination,
      PairVerdict<V> pair,
      Optional<Verdict> silent,
      Sighting sourceSeen,
      Sighting destinationSeen) {}

  /**
   * A check with every rule that was applied.
   *
   * @param satisfied the rules that are met, where the profiles are COMPATIBLE
   */
  public record Explanation<V>(Check<V> check, List<Reason> reasons, List<Satisfied> satisfied) {}

  /** Two endpoints that are named. */
  public record Pair(EndpointReference source, EndpointReference destination) {}

  /** The answer to one of many pairs. */
  public sealed interface Result<V> {

    Pair pair();

    record Checked<V>(Pair pair, Check<V> check) implements Result<V> {}

    /**
     * A pair of which an endpoint is not in the index.
     *
     * @param verdict an UNKNOWN that says which
     */
    record NotIndexed<V>(Pair pair, PairVerdict<V> verdict) implements Result<V> {}
  }

  private record Candidate(IndexedEndpoint endpoint, PairVerdict<?> pair) {}

  public Check<V> check(IndexView view, IndexedEndpoint source, IndexedEndpoint destination) {
    PairVerdict<V> pair = verdicts.of(view, source.slot(), destination.slot());
    long now = sightings.now();
    Sighting from = sightings.of(source.host(), now);
    Sighting to = sightings.of(destination.host(), now);
    boolean silent = !from.isFresh() || !to.isFresh();
    Optional<Verdict> changed =
        silent && pair.outcome() != Outcome.INCOMPATIBLE
            ? Optional.of(silent(judge(view, source, destination), source, destination, from, to))
            : Optional.empty();
    return new Check<>(source, destination, pair, changed, from, to);
  }

  /** The verdict of a check with all its reasons, judged anew. */
  Verdict verdict(IndexView view, Check<?> check) {
    return check.silent().orElseGet(() -> judge(view, check.source(), check.destination()));
  }

  private Verdict judge(IndexView view, IndexedEndpoint source, IndexedEndpoint destination) {
    Verdict verdict = verdicts.judge(view, source.slot(), destination.slot()).verdict();
    return verdict.withValues(source.dynamic());
  }

  private static Verdict silent(
      Verdict verdict,
      IndexedEndpoint source,
      IndexedEndpoint destination,
      Sighting from,
      Sighting to) {
    Verdict half = withStale(verdict, source.host(), from, "source");
    return withStale(half, destination.host(), to, "destination");
  }

  /** The answers to many pairs, in their order. */
  public List<Result<V>> check(IndexView view, List<Pair> pairs, Deadline deadline) {
    List<Result<V>> results = new ArrayList<>(pairs.size());
    for (Pair pair : pairs) {
      deadline.check();
      results.add(check(view, pair));
    }
    return results;
  }

  private Result<V> check(IndexView view, Pair pair) {
    Found source = Found.find(view, pair.source());
    Found destination = Found.find(view, pair.destination());
    if (source instanceof Found.Endpoint(IndexedEndpoint from)
        && destination instanceof Found.Endpoint(IndexedEndpoint to)) {
      return new Result.Checked<>(pair, check(view, from, to));
    }
    String missing = missing("source", source) + missing("destination", destination);
    return new Result.NotIndexed<>(pair, verdicts.notIndexed(missing.strip()));
  }

  private static String missing(String side, Found found) {
    return switch (found) {
      case Found.Endpoint endpoint -> "";
      case Found.NoHost(String host) ->
          " the " + side + " host " + quote(host) + " is not in the index;";
      case Found.NoEndpoint(String host, String endpoint) ->
          " the %s host %s has no endpoint %s in the index;"
              .formatted(side, quote(host), quote(endpoint));
    };
  }

  private static String quote(String text) {
    return Quoted.of(text, MAX_QUOTED);
  }

  /** The same as a check, with every rule that was applied. */
  public Explanation<V> explain(
      IndexView view, IndexedEndpoint source, IndexedEndpoint destination) {
    Check<V> check = check(view, source, destination);
    boolean compatible = check.pair().outcome() == Outcome.COMPATIBLE;
    return new Explanation<>(
        check,
        verdict(view, check).reasons(),
        compatible ? satisfied(view, source, destination) : List.of());
  }

  /** The profile of an endpoint; empty where its content is not known. */
  public static Optional<Profile> profile(IndexView view, IndexedEndpoint endpoint) {
    return Optional.ofNullable(view.matrix().profile(endpoint.slot())).map(ProfileEntry::profile);
  }

  /** The rules that two endpoints satisfy; empty where their profiles are not known. */
  private static List<Satisfied> satisfied(
      IndexView view, IndexedEndpoint source, IndexedEndpoint destination) {
    Optional<Profile> from = profile(view, source);
    Optional<Profile> to = profile(view, destination);
    return from.isEmpty() || to.isEmpty()
        ? List.of()
        : view.matrix().rules().judge().explain(from.get(), to.get()).satisfied();
  }

  /** The endpoint of that host which fits best; the source itself is none. */
  public Found best(IndexView view, IndexedEndpoint source, String hostName) {
    Host host = view.fleet().find(hostName);
    if (host == null) {
      return new Found.NoHost(hostName);
    }
    return IntStream.range(0, host.placed().endpoints().size())
        .mapToObj(index -> IndexedEndpoint.of(host, index))
        .filter(endpoint -> !isSame(endpoint, source))
        .map(to -> new Candidate(to, verdicts.of(view, source.slot(), to.slot())))
        .min(BEST_FIRST)
        .<Found>map(best -> new Found.Endpoint(best.endpoint))
        .orElseGet(() -> new Found.NoEndpoint(hostName, ""));
  }

  private static boolean isSame(IndexedEndpoint a, IndexedEndpoint b) {
    return a.host().id() == b.host().id() && a.name().equals(b.name());
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
