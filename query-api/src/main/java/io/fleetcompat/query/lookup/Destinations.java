package io.fleetcompat.query.lookup;

import io.fleetcompat.query.lookup.Exclusion.NotByRule;
import io.fleetcompat.query.lookup.PageWalk.Candidate;
import io.fleetcompat.query.lookup.Tally.Counts;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;

/**
 * The destinations of a device: ordered sets, merged as far as the page needs. Any thread.
 *
 * @param <V> the form that verdicts have in answers
 */
public final class Destinations<V> {

  /** Most candidates on a page. */
  public static final int MAX_LIMIT = 1000;

  private final PairVerdicts<V> verdicts;
  private final Sightings sightings;
  private final SilentHosts silentHosts;

  public Destinations(PairVerdicts<V> verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
    this.silentHosts = new SilentHosts(sightings);
  }

  /** A destination, and what the rules say of it. */
  public record Destination<V>(IndexedEndpoint endpoint, int capacity, PairVerdict<V> pair) {}

  /**
   * A page.
   *
   * @param total of all pages, as the index has it
   * @param excluded endpoints that are left out, by reason; by rule, one may count several times
   * @param next the cursor of the next page
   */
  public record Page<V>(
      List<Destination<V>> destinations,
      long total,
      Map<Exclusion, Long> excluded,
      Optional<String> next) {}

  /** The page that the question asks for. */
  public Page<V> find(IndexView view, DestinationsQuestion question, Deadline deadline) {
    long now = sightings.now();
    ViewOverrides overrides = ViewOverrides.of(view, now);
    SourceRanking ranking = verdicts.ranking(overrides, question.source(), deadline);
    RoaringBitmap silent = silentHosts.of(view, now);
    Tally tally = ranking.tally(view, question, silent);
    Counts own = ownHost(question, ranking, silent);
    Counts others = tally.counts().minus(own);
    Map<Exclusion, Long> excluded = new HashMap<>(tally.excluded());
    add(excluded, NotByRule.OWN_HOST, own.all());
    boolean nothing =
        isSourceSilent(question, now) && !question.withUnknown() && !question.withStale();
    add(excluded, Exclusion.HOST_STALE, nothing ? others.all() : others.stale());
    if (nothing) {
      return new Page<>(List.of(), 0, excluded, Optional.empty());
    }
    add(excluded, NotByRule.NO_CAPACITY, others.noCapacity());
    Predicate<Host> heard = host -> !silent.contains(host.id()) && sightings.isFresh(host, now);
    PageWalk walk = new PageWalk(view, question, ranking, heard, deadline);
    List<Destination<V>> page = withVerdicts(overrides, question, walk.page());
    return new Page<>(page, others.offered(), excluded, walk.next());
  }

  /**
   * True where nobody knows what the source is by now, so that nothing is known to be COMPATIBLE.
   */
  private boolean isSourceSilent(DestinationsQuestion question, long now) {
    return !sightings.isFresh(question.source().host(), now);
  }

  private List<Destination<V>> withVerdicts(
      ViewOverrides overrides, DestinationsQuestion question, List<Candidate> candidates) {
    List<Destination<V>> page = new ArrayList<>(candidates.size());
    int lastSlot = -1;
    PairVerdict<V> pair = null;
    for (Candidate candidate : candidates) {
      IndexedEndpoint endpoint = candidate.endpoint();
      if (pair == null || endpoint.slot() != lastSlot || !overrides.isEmpty()) {
        pair = verdicts.of(overrides, question.source(), endpoint);
        lastSlot = endpoint.slot();
      }
      page.add(new Destination<>(endpoint, candidate.capacity(), pair));
    }
    return page;
  }

  private static void add(Map<Exclusion, Long> excluded, Exclusion reason, long count) {
    if (count > 0) {
      excluded.put(reason, count);
    }
  }

  /** The endpoints of the source's own host that were counted but are not offered. */
  private static Counts ownHost(
      DestinationsQuestion question, SourceRanking ranking, RoaringBitmap silent) {
    Counts counts = Counts.NONE;
    Host own = question.source().host();
    if (question.scope().has(own)) {
      boolean heard = own.placed().isFresh() && !silent.contains(own.id());
      for (int i = 0; i < own.placed().endpoints().size(); i++) {
        IndexedEndpoint endpoint = IndexedEndpoint.of(own, i);
        if (question.offers(ranking.outcome(endpoint.slot(), own))
            && question.leavesOut(endpoint)) {
          counts = counts.plus(Counts.of(Offer.toOthers(endpoint, question, host -> heard)));
        }
      }
    }
    return counts;
  }
}
