package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.lookup.SourceRanking.Group;
import io.fleetcompat.query.replica.CandidateKey;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Members;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.OrderedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Answers "where may this device go?": merges ordered sets, as far as the page needs. Any thread.
 */
public final class Destinations {

  /** Most candidates on a page. */
  public static final int MAX_LIMIT = 1000;

  /** Most candidates looked at for one page; where more would be, the page ends early. */
  static final int MAX_EXAMINED = 50_000;

  private final PairVerdicts verdicts;
  private final SourceRankings rankings;
  private final Sightings sightings;

  public Destinations(PairVerdicts verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
    this.rankings = new SourceRankings(verdicts);
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
  public record Destination(Place place, PairVerdict pair) {}

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
    SourceRanking ranking = rankings.of(view, question.source().slot());
    List<Group> groups =
        ranking.groups().stream()
            .filter(g -> question.withUnknown() || g.standing().outcome() == Outcome.COMPATIBLE)
            .toList();
    Optional<Cursor> after = question.after().map(Cursor::parse);
    PageWalk walk = new PageWalk(view, question, after, groups, sightings);
    List<Destination> page = new ArrayList<>();
    for (Place place : walk.page()) {
      page.add(new Destination(place, verdicts.of(view, question.source().slot(), place.slot())));
    }
    return new Page(
        page, total(question, groups), excluded(question, ranking, groups), walk.next());
  }

  private static long total(Question question, List<Group> groups) {
    long total = 0;
    for (Group group : groups) {
      for (int slot : group.slots()) {
        Members members = question.scope().members(slot);
        if (members != null) {
          total += offered(members.fresh(), question);
          total += question.withStale() ? offered(members.quiet(), question) : 0;
          total -= notOffered(slot, question);
        }
      }
    }
    return total;
  }

  static int offered(OrderedKeys keys, Question question) {
    return question.onlyCapacity()
        ? keys.first(key -> CandidateKey.capacityOrder(key) > CandidateKey.capacityOrder(1))
        : keys.size();
  }

  /**
   * How many of the profile's endpoints on the source's own host were counted and are not offered.
   */
  private static long notOffered(int slot, Question question) {
    Host own = question.source().host();
    if (!question.scope().hosts().contains(own.id())) {
      return 0;
    }
    boolean counted = own.placed().isFresh() || question.withStale();
    if (!counted) {
      return 0;
    }
    long count = 0;
    for (int i = 0; i < own.placed().endpoints().size(); i++) {
      if (own.placed().endpoints().slot(i) == slot) {
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

  private static SortedMap<String, Long> excluded(
      Question question, SourceRanking ranking, List<Group> groups) {
    TreeMap<String, Long> counts = new TreeMap<>();
    count(question, ranking.excluded(), counts);
    if (!question.withUnknown()) {
      count(question, ranking.unknown(), counts);
    }
    long stale = question.withStale() ? 0 : stale(question, groups);
    if (stale > 0) {
      counts.put("host-stale", stale);
    }
    return counts;
  }

  private static long stale(Question question, List<Group> groups) {
    return groups.stream()
        .flatMap(group -> group.slots().stream())
        .map(question.scope()::members)
        .filter(Objects::nonNull)
        .mapToLong(members -> members.quiet().size())
        .sum();
  }

  private static void count(
      Question question, Map<String, List<Integer>> slots, Map<String, Long> counts) {
    slots.forEach(
        (rule, those) -> {
          long endpoints = those.stream().mapToLong(slot -> endpoints(question, slot)).sum();
          if (endpoints > 0) {
            counts.merge(rule, endpoints, Long::sum);
          }
        });
  }

  private static long endpoints(Question question, int slot) {
    Members members = question.scope().members(slot);
    return members == null ? 0 : members.endpoints();
  }
}
