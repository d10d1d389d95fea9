package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.health.EndpointCounts;
import io.fleetcompat.compatibility.health.HostCount;
import io.fleetcompat.compatibility.health.Obstacles;
import io.fleetcompat.compatibility.health.PoolContents;
import io.fleetcompat.compatibility.health.PoolVerdicts;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.ProfileEntry;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/**
 * A pool of a view, as the assessment of its health takes it: what its live hosts have, and the
 * verdicts on each pair of it. Verdicts are looked up when they are asked for, and then kept. One
 * thread.
 */
public final class ViewPool implements PoolContents, PoolVerdicts {

  /** Most profiles of a pool that are assessed, as the indexer has it. */
  static final int MAX_ASSESSED = 4096;

  private final IndexView view;
  private final PoolPairs pairs;
  private final Deadline deadline;
  private final BitSet slots = new BitSet();
  private final BitSet assessed = new BitSet();
  private final Map<Integer, Members> bySlot = new HashMap<>();
  private final Map<Integer, Ways> ways = new HashMap<>();

  /** The endpoints of live hosts with one profile. */
  private static final class Members {
    private final RoaringBitmap hosts = new RoaringBitmap();
    private final RoaringBitmap withRoom = new RoaringBitmap();
    private int devices;
    private int types;
  }

  /** The destinations of one source. */
  private record Ways(BitSet compatible, BitSet unknown) {}

  /** A pool of which the view may have no host: then it is empty. */
  public ViewPool(
      ViewOverrides overrides, String pool, PairVerdicts<?> verdicts, Deadline deadline) {
    this.view = overrides.view();
    this.pairs = new PoolPairs(overrides, pool, verdicts);
    this.deadline = deadline;
    Membership members = view.fleet().pools().get(pool);
    for (int slot = 0; members != null && slot < view.matrix().slots(); slot++) {
      OrderedKeys live = members.endpoints(slot).placedFresh();
      if (live.size() > 0) {
        slots.set(slot);
        assessed.set(slot, assessed.cardinality() < MAX_ASSESSED && isKnown(slot));
        bySlot.put(slot, members(live));
      }
    }
  }

  private Members members(OrderedKeys live) {
    Members of = new Members();
    for (OrderedKeys.Walk walk = live.from(0); walk.hasNext(); ) {
      long key = walk.next();
      int host = CandidateKey.host(key);
      boolean type = view.fleet().host(host).placed().endpoints().isType(CandidateKey.index(key));
      of.hosts.add(host);
      of.types += type ? 1 : 0;
      of.devices += type ? 0 : 1;
      if (!type || CandidateKey.isBeyondCapacity(key) || CandidateKey.capacity(key) > 0) {
        of.withRoom.add(host);
      }
    }
    return of;
  }

  private boolean isKnown(int slot) {
    return view.matrix().profile(slot) != null;
  }

  private Members at(int slot) {
    return Objects.requireNonNull(bySlot.get(slot));
  }

  /** The number of live hosts. */
  public int liveHosts() {
    return countHosts(slots, Set.of());
  }

  /** The hosts that have a profile, by number; not to be changed. */
  public RoaringBitmap hostsOf(int slot) {
    return at(slot).hosts;
  }

  @Override
  public BitSet slots() {
    return slots;
  }

  @Override
  public BitSet unknownSlots() {
    BitSet unknown = (BitSet) slots.clone();
    unknown.andNot(assessed);
    return unknown;
  }

  @Override
  public Fingerprint profile(int slot) {
    return view.matrix().fingerprint(slot);
  }

  @Override
  public Likeness likeness(int slot) {
    ProfileEntry entry = view.matrix().profile(slot);
    return entry == null ? Likeness.NONE : Likeness.of(entry.profile());
  }

  @Override
  public EndpointCounts endpoints(int slot) {
    return new EndpointCounts(at(slot).devices, at(slot).types);
  }

  @Override
  public EndpointCounts endpointsOn(int slot, int host) {
    EndpointTable table = view.fleet().host(host).placed().endpoints();
    int devices = 0;
    int types = 0;
    if (at(slot).hosts.contains(host)) {
      for (int i = 0; i < table.size(); i++) {
        boolean here = table.slot(i) == slot;
        types += here && table.isType(i) ? 1 : 0;
        devices += here && !table.isType(i) ? 1 : 0;
      }
    }
    return new EndpointCounts(devices, types);
  }

  @Override
  public HostCount hosts(int slot) {
    return count(at(slot).hosts);
  }

  @Override
  public HostCount hostsWithRoom(int slot) {
    return count(at(slot).withRoom);
  }

  private static HostCount count(RoaringBitmap set) {
    int hosts = set.getCardinality();
    return hosts == 0 ? HostCount.NONE : new HostCount(hosts, set.first());
  }

  @Override
  public int countHosts(BitSet some, Set<Integer> more) {
    RoaringBitmap all = new RoaringBitmap();
    some.stream().forEach(slot -> all.or(at(slot).hosts));
    more.forEach(all::add);
    return all.getCardinality();
  }

  @Override
  public BitSet compatible(int source) {
    return ways(source).compatible();
  }

  @Override
  public BitSet unknown(int source) {
    return ways(source).unknown();
  }

  private Ways ways(int source) {
    return ways.computeIfAbsent(source, this::find);
  }

  private Ways find(int source) {
    deadline.check();
    Ways found = new Ways(new BitSet(), new BitSet());
    if (assessed.get(source)) {
      assessed.stream()
          .forEach(
              destination -> {
                switch (pairs.outcome(source, destination)) {
                  case COMPATIBLE -> found.compatible().set(destination);
                  case UNKNOWN -> found.unknown().set(destination);
                  case INCOMPATIBLE -> {}
                }
              });
    }
    return found;
  }

  @Override
  public Obstacles obstacles(int source, int destination) {
    return Obstacles.of(verdict(source, destination));
  }

  /** The verdict with its reasons. */
  public Verdict verdict(int source, int destination) {
    return pairs.verdict(source, destination);
  }
}
