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

  /**
   * A page of names, which somebody was told while it was gathered.
   *
   * @param total of all pages, as the index has it
   * @param next the cursor of the next page
   */
  public record NamedPage(long total, Optional<String> next) {}

  /** Whoever is told the names of a page, in its order. */
  public interface Names {
    /**
     * @param endpoint its name within the host
     */
    void add(String host, String endpoint);
  }

  /** The page that the question asks for. */
  public Page<V> find(IndexView view, DestinationsQuestion question, Deadline deadline) {
    Counted counted = counted(view, question, deadline);
    if (counted.nothing) {
      return new Page<>(List.of(), 0, counted.excluded, Optional.empty());
    }
    List<Candidate> candidates = new ArrayList<>();
    Optional<String> next =
        walk(
            view,
            question,
            counted,
            (host, index, key) -> candidates.add(Candidate.of(host, index, key)),
            deadline);
    List<Destination<V>> page = withVerdicts(counted.overrides, question, candidates);
    return new Page<>(page, counted.total, counted.excluded, next);
  }

  /** The same page, of which the names alone are wanted: nothing is made of its entries. */
  public NamedPage names(
      IndexView view, DestinationsQuestion question, Names names, Deadline deadline) {
    Counted counted = counted(view, question, deadline);
    if (counted.nothing) {
      return new NamedPage(0, Optional.empty());
    }
    Optional<String> next =
        walk(
            view,
            question,
            counted,
            (host, index, key) -> names.add(host.name(), host.placed().endpoints().name(index)),
            deadline);
    return new NamedPage(counted.total, next);
  }

  /**
   * The answer to a question but for its page.
   *
   * @param nothing whether there is none, since nobody knows what the source is by now
   */
  private record Counted(
      ViewOverrides overrides,
      SourceRanking ranking,
      Predicate<Host> heard,
      boolean nothing,
      long total,
      Map<Exclusion, Long> excluded) {}

  private Counted counted(IndexView view, DestinationsQuestion question, Deadline deadline) {
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
    if (!nothing) {
      add(excluded, NotByRule.NO_CAPACITY, others.noCapacity());
    }
    Predicate<Host> heard = host -> !silent.contains(host.id()) && sightings.isFresh(host, now);
    return new Counted(overrides, ranking, heard, nothing, others.offered(), excluded);
  }

  private static Optional<String> walk(
      IndexView view,
      DestinationsQuestion question,
      Counted counted,
      PageWalk.Taker taker,
      Deadline deadline) {
    return new PageWalk(view, question, counted.ranking, counted.heard, taker, deadline).next();
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
