package io.fleetcompat.query.lookup;

import io.fleetcompat.query.lookup.Slots.InPool;
import io.fleetcompat.query.lookup.SourceRanking.Group;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProfileEndpoints;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/** One page being gathered from the ordered sets of the profiles, best first. One thread. */
final class PageWalk {

  /** Most candidates looked at for one page; where more would be, the page ends early. */
  private static final int MAX_EXAMINED = 50_000;

  private static final int EXAMINED_PER_CHECK = 256;

  /** An endpoint, with its capacity as it was sorted by. */
  record Candidate(IndexedEndpoint endpoint, int capacity) {}

  private final IndexView view;
  private final DestinationsQuestion question;
  private final SourceRanking ranking;
  private final Predicate<Host> heard;
  private final Deadline deadline;
  private final List<Candidate> page = new ArrayList<>();
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
      Deadline deadline) {
    this.view = view;
    this.question = question;
    this.ranking = ranking;
    this.heard = heard;
    this.deadline = deadline;
    Optional<Cursor> after = question.after();
    for (Group group : ranking.groups(question)) {
      int order = after.map(a -> group.standing().compareTo(a.standing())).orElse(1);
      if (order >= 0 && !walk(group, order == 0 ? after : Optional.empty())) {
        return;
      }
    }
  }

  List<Candidate> page() {
    return page;
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
    return page.size() >= question.limit() || examined >= MAX_EXAMINED;
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
    IndexedEndpoint endpoint = IndexedEndpoint.of(host, CandidateKey.index(key));
    if (everywhere && ranking.isElsewhere(endpoint.slot(), host)) {
      return;
    }
    if (Offer.of(endpoint, question, heard) == Offer.OFFERED) {
      boolean beyond = CandidateKey.isBeyondCapacity(key);
      page.add(new Candidate(endpoint, beyond ? endpoint.capacity() : CandidateKey.capacity(key)));
    }
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
