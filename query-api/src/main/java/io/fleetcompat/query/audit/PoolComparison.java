package io.fleetcompat.query.audit;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.audit.PoolDifference.Difference;
import io.fleetcompat.query.audit.PoolDifference.Named;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.PoolReach;
import io.fleetcompat.query.lookup.ViewOverrides;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The comparison of a pool in two views of one replica, endpoint by endpoint. What two profiles of
 * an endpoint make of its pairs is worked out once. One use, one thread.
 */
public final class PoolComparison {

  /** Most endpoints and hosts that are named of each sort. */
  static final int MOST_NAMED = 100;

  private static final int NONE = -1;

  private final String pool;
  private final IndexView before;
  private final IndexView after;
  private final PoolReach reachBefore;
  private final PoolReach reachAfter;
  private final Map<Long, Change> changes = new HashMap<>();
  private final Count devices = new Count();
  private final Count types = new Count();
  private final Names appeared = new Names();
  private final Names gone = new Names();
  private final Set<String> countedAsLive;

  /** Names that are counted, of which the first are kept. */
  private static final class Names {
    private int total;
    private final List<String> first = new ArrayList<>();

    void add(String name) {
      total++;
      if (first.size() < MOST_NAMED) {
        first.add(name);
      }
    }

    Named named() {
      return new Named(total, first);
    }
  }

  /** The hosts that an endpoint gains and loses as its profile becomes another. */
  private record Change(
      RoaringBitmap from, RoaringBitmap to, RoaringBitmap gained, RoaringBitmap lost) {}

  private static final class Count {
    private long before;
    private long after;
    private long gained;
    private long lost;
    private long strandedBefore;
    private long strandedAfter;
    private final Names newlyStranded = new Names();
    private final Names freed = new Names();

    Difference difference() {
      return new Difference(
          before,
          after,
          gained,
          lost,
          strandedBefore,
          strandedAfter,
          newlyStranded.named(),
          freed.named());
    }
  }

  private PoolComparison(
      String pool,
      ViewOverrides before,
      ViewOverrides after,
      Set<String> countedAsLive,
      PairVerdicts<?> verdicts,
      Deadline deadline) {
    this.pool = pool;
    this.countedAsLive = countedAsLive;
    this.before = before.view();
    this.after = after.view();
    this.reachBefore = new PoolReach(before, pool, countedAsLive, verdicts, deadline);
    this.reachAfter = new PoolReach(after, pool, countedAsLive, verdicts, deadline);
  }

  /**
   * The difference of a pool between two views of which hosts and profiles have the same numbers.
   *
   * @param countedAsLive hosts that count although they have fallen silent: those that restart for
   *     an upgrade have, just before it
   */
  public static PoolDifference of(
      String pool,
      ViewOverrides before,
      ViewOverrides after,
      Set<String> countedAsLive,
      PairVerdicts<?> verdicts,
      Deadline deadline) {
    PoolComparison comparison =
        new PoolComparison(pool, before, after, countedAsLive, verdicts, deadline);
    for (int host : comparison.hosts()) {
      deadline.check();
      comparison.compare(host);
    }
    return new PoolDifference(
        pool,
        comparison.appeared.named(),
        comparison.gone.named(),
        comparison.devices.difference(),
        comparison.types.difference());
  }

  /** The numbers of the hosts of both, in order of name. */
  private Iterable<Integer> hosts() {
    TreeMap<String, Integer> byName = new TreeMap<>();
    for (IndexView view : List.of(before, after)) {
      Membership members = view.fleet().pools().get(pool);
      if (members != null) {
        for (OrderedKeys.Walk walk = members.byName().from(0); walk.hasNext(); ) {
          int host = CandidateKey.host(walk.next());
          byName.put(view.fleet().host(host).name(), host);
        }
      }
    }
    return byName.values();
  }

  /** The host where it is live and in the pool; else null. */
  private @Nullable Host live(IndexView view, int number) {
    Host host = view.fleet().find(number);
    boolean counts =
        host != null
            && (host.placed().isFresh() || countedAsLive.contains(host.name()))
            && host.placed().pool().filter(pool::equals).isPresent();
    return counts ? host : null;
  }

  private void compare(int number) {
    Host was = live(before, number);
    Host is = live(after, number);
    if (was == null && is != null) {
      appeared.add(is.name());
    } else if (was != null && is == null) {
      gone.add(was.name());
    }
    Map<String, Integer> had = endpoints(was);
    Map<String, Integer> has = endpoints(is);
    TreeSet<String> names = new TreeSet<>(had.keySet());
    names.addAll(has.keySet());
    for (String name : names) {
      Host whose = is == null ? was : is;
      if (whose != null) {
        compare(whose, name, slot(was, had.get(name)), slot(is, has.get(name)));
      }
    }
  }

  private static Map<String, Integer> endpoints(@Nullable Host host) {
    Map<String, Integer> byName = new HashMap<>();
    if (host != null) {
      EndpointTable table = host.placed().endpoints();
      for (int i = 0; i < table.size(); i++) {
        // Types and devices have different names: one has a parent before it.
        byName.put((table.isType(i) ? "t" : "d") + table.name(i), i);
      }
    }
    return byName;
  }

  private static int slot(@Nullable Host host, @Nullable Integer index) {
    return host == null || index == null ? NONE : host.placed().endpoints().slot(index);
  }

  private void compare(Host host, String name, int from, int to) {
    Count count = name.charAt(0) == 't' ? types : devices;
    Change change =
        changes.computeIfAbsent(
            ((long) from << Integer.SIZE) | (to & 0xffffffffL), _ -> change(from, to));
    int own = host.id();
    count.gained += without(change.gained, own);
    count.lost += without(change.lost, own);
    boolean wasStranded = from != NONE && without(change.from, own) == 0;
    boolean isStranded = to != NONE && without(change.to, own) == 0;
    count.before += from == NONE ? 0 : 1;
    count.after += to == NONE ? 0 : 1;
    count.strandedBefore += wasStranded ? 1 : 0;
    count.strandedAfter += isStranded ? 1 : 0;
    String reference = EndpointName.encode(host.name()) + "/" + name.substring(1);
    if (from != NONE && isStranded && !wasStranded) {
      count.newlyStranded.add(reference);
    } else if (wasStranded && to != NONE && !isStranded) {
      count.freed.add(reference);
    }
  }

  private Change change(int from, int to) {
    RoaringBitmap had = reachBefore.of(from);
    RoaringBitmap has = reachAfter.of(to);
    return new Change(had, has, RoaringBitmap.andNot(has, had), RoaringBitmap.andNot(had, has));
  }

  private static long without(RoaringBitmap hosts, int own) {
    return hosts.getLongCardinality() - (hosts.contains(own) ? 1 : 0);
  }
}
