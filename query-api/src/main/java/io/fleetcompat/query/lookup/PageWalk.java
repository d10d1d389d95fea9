package io.fleetcompat.query.lookup;

import io.fleetcompat.query.lookup.Slots.InPool;
import io.fleetcompat.query.lookup.SourceRanking.Group;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProfileEndpoints;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/** One page being gathered from the ordered sets of the profiles, best first. One thread. */
final class PageWalk {

  /** Most candidates looked at for one page; where more would be, the page ends early. */
  private static final int MAX_EXAMINED = 50_000;

  private static final int EXAMINED_PER_CHECK = 256;

  /** An endpoint, with its capacity as it was sorted by. */
  record Candidate(IndexedEndpoint endpoint, int capacity) {

    static Candidate of(Host host, int index, long key) {
      IndexedEndpoint endpoint = IndexedEndpoint.of(host, index);
      boolean beyond = CandidateKey.isBeyondCapacity(key);
      return new Candidate(endpoint, beyond ? endpoint.capacity() : CandidateKey.capacity(key));
    }
  }

  /** Whoever takes what the page has, in its order. */
  interface Taker {
    /**
     * @param index of the endpoint in the host's table
     * @param key that it was sorted by
     */
    void take(Host host, int index, long key);
  }

  private final IndexView view;
  private final DestinationsQuestion question;
  private final SourceRanking ranking;
  private final Predicate<Host> heard;
  private final Taker taker;
  private final Deadline deadline;
  private int taken;
  private int examined;
  private Optional<Cursor> last = Optional.empty();
  private Optional<Cursor> next = Optional.empty();

  /**
   * @param heard whether a host has not fallen silent
   */
  PageWalk(
      IndexView view,
      DestinationsQuestion question,
      SourceRanking ranking,
      Predicate<Host> heard,
      Taker taker,
      Deadline deadline) {
    this.view = view;
    this.question = question;
    this.ranking = ranking;
    this.heard = heard;
    this.taker = taker;
    this.deadline = deadline;
    Optional<Cursor> after = question.after();
    for (Group group : ranking.groups(question)) {
      int order = after.map(a -> group.standing().compareTo(a.standing())).orElse(1);
      if (order >= 0 && !walk(group, order == 0 ? after : Optional.empty())) {
        return;
      }
    }
  }

  /** The cursor of the next page; empty where nothing is left. */
  Optional<String> next() {
    return next.map(Cursor::encode);
  }

  /** Takes from one group; false where the page is full. */
  private boolean walk(Group group, Optional<Cursor> after) {
    PriorityQueue<Remaining> queue = new PriorityQueue<>((a, b) -> a.walk.compareNext(b.walk));
    for (int slot : group.slots().everywhere()) {
      add(queue, question.scope().members().endpoints(slot), true, after);
    }
    for (InPool part : group.slots().inPools()) {
      question
          .scope()
          .within(view, part.pool())
          .ifPresent(members -> add(queue, members.endpoints(part.slot()), false, after));
    }
    while (!queue.isEmpty()) {
      if (isFull()) {
        next = last;
        return false;
      }
      Remaining source = queue.remove();
      long key = source.walk.next();
      source.left--;
      if (source.left > 0) {
        queue.add(source);
      }
      take(key, source.everywhere);
      if (isFull()) {
        last = Optional.of(Cursor.of(group.standing(), key, view));
      }
    }
    return true;
  }

  private boolean isFull() {
    return taken >= question.limit() || examined >= MAX_EXAMINED;
  }

  /**
   * @param everywhere whether hosts count only where their endpoints do not stand elsewhere
   */
  private void take(long key, boolean everywhere) {
    examined++;
    if (examined % EXAMINED_PER_CHECK == 0) {
      deadline.check();
    }
    Host host = view.fleet().hostOf(key);
    int index = CandidateKey.index(key);
    if (everywhere && ranking.isElsewhere(host.placed().endpoints().slot(index), host)) {
      return;
    }
    if (isOffered(host, index)) {
      taken++;
      taker.take(host, index, key);
    }
  }

  /** As {@link Offer} has it, with no object made for hosts other than the source's own. */
  private boolean isOffered(Host host, int index) {
    if (host.id() == question.source().host().id()) {
      return Offer.of(IndexedEndpoint.of(host, index), question, heard) == Offer.OFFERED;
    }
    return (question.withStale() || heard.test(host))
        && (!question.onlyCapacity()
            || host.capacities().room(host.placed().endpoints(), index) > 0);
  }

  private void add(
      PriorityQueue<Remaining> queue,
      ProfileEndpoints endpoints,
      boolean everywhere,
      Optional<Cursor> after) {
    add(queue, endpoints.placedFresh(), everywhere, after);
    if (question.withStale()) {
      add(queue, endpoints.placedQuiet(), everywhere, after);
    }
  }

  private void add(
      PriorityQueue<Remaining> queue,
      OrderedKeys keys,
      boolean everywhere,
      Optional<Cursor> after) {
    int end = Tally.offered(keys, question);
    int begin = after.map(a -> keys.first(key -> a.isBefore(key, view))).orElse(0);
    if (begin < end) {
      queue.add(new Remaining(keys.from(begin), everywhere, end - begin));
    }
  }

  /** The rest of one profile's candidates. */
  private static final class Remaining {
    private final OrderedKeys.Walk walk;
    private final boolean everywhere;
    private int left;

    Remaining(OrderedKeys.Walk walk, boolean everywhere, int left) {
      this.walk = walk;
      this.everywhere = everywhere;
      this.left = left;
    }
  }
}
