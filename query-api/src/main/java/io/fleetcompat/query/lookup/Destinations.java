package io.fleetcompat.query.lookup;

import io.fleetcompat.query.lookup.PageWalk.Candidate;
import io.fleetcompat.query.lookup.SourceRanking.Group;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Answers "where may this device go?": merges ordered sets, as far as the page needs. Any thread.
 */
public final class Destinations {

  /** Most candidates on a page. */
  public static final int MAX_LIMIT = 1000;

  /** Most candidates looked at for one page; where more would be, the page ends early. */
  static final int MAX_EXAMINED = 50_000;

  private final PairVerdicts verdicts;
  private final Sightings sightings;

  public Destinations(PairVerdicts verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
  }

  /**
   * The question.
   *
   * @param scope the fleet, or one pool
   * @param after where the page before ended
   * @param onlyCapacity only where an instance can be created now
   * @param withUnknown also where it is not known
   * @param withStale also on hosts that have fallen silent
   * @param withOwnHost also on the source's own host
   */
  public record Question(
      Place source,
      Membership scope,
      int limit,
      Optional<String> after,
      boolean onlyCapacity,
      boolean withUnknown,
      boolean withStale,
      boolean withOwnHost) {}

  /** A destination, and what the rules say of it. */
  public record Destination(Place place, int capacity, PairVerdict pair) {}

  /**
   * A page.
   *
   * @param total of all pages, as the index has it
   * @param excluded endpoints that are left out, by rule
   * @param next the cursor of the next page
   */
  public record Page(
      List<Destination> destinations,
      long total,
      SortedMap<String, Long> excluded,
      Optional<String> next) {}

  /**
   * @throws IllegalArgumentException where the cursor did not come from an answer
   */
  public Page find(IndexView view, Question question) {
    int source = question.source().slot();
    SourceRanking ranking = verdicts.ranking(view, source);
    List<Group> groups =
        ranking.groups().stream().filter(g -> Tally.isOffered(g, question)).toList();
    Optional<Cursor> after = question.after().map(Cursor::parse);
    PageWalk walk = new PageWalk(view, question, after, groups, sightings);
    List<Destination> page = new ArrayList<>(walk.page().size());
    int lastSlot = -1;
    PairVerdict pair = null;
    for (Candidate candidate : walk.page()) {
      Place place = candidate.place();
      if (pair == null || place.slot() != lastSlot) {
        pair = verdicts.of(view, source, place.slot());
        lastSlot = place.slot();
      }
      page.add(new Destination(place, candidate.capacity(), pair));
    }
    Tally tally = ranking.tally(question);
    long total = tally.total() - notOffered(question, groups);
    return new Page(page, total, tally.excluded(), walk.next());
  }

  /** How many endpoints of the source's own host were counted and are not offered. */
  private static long notOffered(Question question, List<Group> groups) {
    Host own = question.source().host();
    boolean counted = own.placed().isFresh() || question.withStale();
    if (!counted || !question.scope().has(own.id())) {
      return 0;
    }
    long count = 0;
    for (int i = 0; i < own.placed().endpoints().size(); i++) {
      int slot = own.placed().endpoints().slot(i);
      if (groups.stream().anyMatch(group -> group.has(slot))) {
        Place place = Place.of(own, i);
        boolean hasCapacity = !question.onlyCapacity() || place.capacity() > 0;
        count += hasCapacity && isLeftOut(place, question) ? 1 : 0;
      }
    }
    return count;
  }

  static boolean isLeftOut(Place place, Question question) {
    Place source = question.source();
    return place.host().id() == source.host().id()
        && (!question.withOwnHost() || place.endpoint().equals(source.endpoint()));
  }
}
