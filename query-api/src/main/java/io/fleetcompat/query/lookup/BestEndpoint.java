package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Use;
import io.fleetcompat.query.replica.keys.CandidateKey;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/** The search for the endpoint of a host that fits a source best. Any thread. */
public final class BestEndpoint {

  /**
   * The best verdict, of equal ones that with the most to say: where things of a kind differ. Of
   * compatible ones one that has room comes first, however it ranks: a device cannot go elsewhere.
   */
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.<Candidate, Outcome>comparing(c -> c.pair.outcome())
          .thenComparing(c -> c.pair.overridden())
          .thenComparing(c -> c.pair.missing())
          .thenComparing(c -> c.pair.reasons())
          .thenComparing(Candidate::room)
          .thenComparing(c -> c.pair.rank().isEmpty())
          .thenComparing(
              (a, b) ->
                  a.pair.rank().isEmpty() || b.pair.rank().isEmpty()
                      ? 0
                      : a.pair.rank().get().compareTo(b.pair.rank().get()))
          .thenComparing(c -> -c.endpoint.capacity())
          .thenComparing(c -> c.endpoint.name());

  private final PairVerdicts<?> verdicts;
  private final Sightings sightings;

  /**
   * @param sightings for which devices are in use
   */
  public BestEndpoint(PairVerdicts<?> verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
  }

  /** The result of a search. */
  public sealed interface Result {

    record Best(IndexedEndpoint endpoint) implements Result {}

    /** The index does not have the host. */
    record NoHost(String host) implements Result {}

    /** The host is the source's own, and has the source alone. */
    record NoEndpoints(String host) implements Result {}

    /**
     * No endpoint of the host is worth a check: none is like the source, and the rules have nothing
     * else to say of any.
     */
    record NotOffered(String host) implements Result {}
  }

  /** The room for one device more; better ones first. */
  private enum Room {
    SOME,
    UNKNOWN,
    NONE
  }

  private record Candidate(IndexedEndpoint endpoint, PairVerdict<?> pair, Room room) {

    /**
     * @param use of a device that exists; empty for a type
     */
    static Candidate of(IndexedEndpoint endpoint, PairVerdict<?> pair, Optional<Use> use) {
      Room room = use.map(Candidate::room).orElseGet(() -> room(endpoint.capacity()));
      return new Candidate(endpoint, pair, pair.outcome() == Outcome.COMPATIBLE ? room : Room.NONE);
    }

    private static Room room(Use use) {
      return switch (use) {
        case FREE -> Room.SOME;
        case UNKNOWN -> Room.UNKNOWN;
        case IN_USE -> Room.NONE;
      };
    }

    private static Room room(int capacity) {
      if (capacity == CandidateKey.NO_CAPACITY) {
        return Room.UNKNOWN;
      }
      return capacity > 0 ? Room.SOME : Room.NONE;
    }
  }

  /** Looks at all endpoints of that host; the source itself is none of them. */
  public Result find(ViewOverrides overrides, IndexedEndpoint source, String hostName) {
    IndexView view = overrides.view();
    Host host = view.fleet().find(hostName);
    if (host == null) {
      return new Result.NoHost(hostName);
    }
    CandidateFilter filter = new CandidateFilter(view, source.slot());
    Sighting seen = sightings.of(host, sightings.now());
    return IntStream.range(0, host.placed().endpoints().size())
        .mapToObj(index -> IndexedEndpoint.of(host, index))
        .filter(endpoint -> !isSame(endpoint, source))
        .map(to -> Candidate.of(to, verdicts.of(overrides, source, to), to.use(seen)))
        .filter(c -> filter.admits(c.pair.outcome(), c.endpoint.slot()))
        .min(BEST_FIRST)
        .<Result>map(best -> new Result.Best(best.endpoint))
        .orElseGet(() -> nothing(host, source));
  }

  private static Result nothing(Host host, IndexedEndpoint source) {
    boolean alone = host.id() == source.host().id() && host.placed().endpoints().size() <= 1;
    return alone ? new Result.NoEndpoints(host.name()) : new Result.NotOffered(host.name());
  }

  private static boolean isSame(IndexedEndpoint a, IndexedEndpoint b) {
    return a.host().id() == b.host().id() && a.name().equals(b.name());
  }
}
