package io.fleetcompat.indexer.pool;

import io.fleetcompat.compatibility.health.EndpointCounts;
import io.fleetcompat.compatibility.health.HostCount;
import io.fleetcompat.compatibility.health.PoolContents;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.PoolHost;
import io.fleetcompat.schemas.avro.PoolMember;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;

/**
 * The hosts of one pool and the profiles that its live ones have: counts and sets that a host's
 * record is added to and taken from, so that a change costs what the host has. One stream thread.
 */
final class PoolMembership implements PoolContents {

  /**
   * Most profiles of a pool that are judged; what the others can do is unknown. All pairs of so
   * many are 32 million verdicts, of two bits.
   */
  static final int MAX_ASSESSED = 4096;

  private final HostNumbers numbers;
  private final Function<String, PoolHost> records;
  private final Function<Fingerprint, Likeness> likeness;
  private final Predicate<Fingerprint> isKnown;
  private final EnumMap<Liveness, Integer> hosts = new EnumMap<>(Liveness.class);
  private final Map<Fingerprint, Integer> slotOf = new HashMap<>();
  private final List<Members> bySlot = new ArrayList<>();
  private final BitSet slots = new BitSet();

  /** The endpoints of hosts whose records were looked up for one assessment. */
  private final Map<Integer, Map<Fingerprint, EndpointCounts>> lookedUp = new HashMap<>();

  /** The endpoints of live hosts with one profile. */
  private static final class Members {
    private final Fingerprint profile;
    private final RoaringBitmap hosts = new RoaringBitmap();
    private final RoaringBitmap withRoom = new RoaringBitmap();
    private EndpointCounts endpoints = EndpointCounts.NONE;

    Members(Fingerprint profile) {
      this.profile = profile;
    }
  }

  /**
   * @param records of hosts that are in the pool
   * @param likeness of profiles; {@link Likeness#NONE} where the content is not known
   * @param isKnown whether the content of a profile is known
   */
  PoolMembership(
      HostNumbers numbers,
      Function<String, PoolHost> records,
      Function<Fingerprint, Likeness> likeness,
      Predicate<Fingerprint> isKnown) {
    this.numbers = numbers;
    this.records = records;
    this.likeness = likeness;
    this.isKnown = isKnown;
  }

  /** Adds a host; gives the slots of profiles that the pool did not have. */
  List<Integer> add(PoolHost host) {
    hosts.merge(host.getLiveness(), 1, Integer::sum);
    List<Integer> appeared = new ArrayList<>();
    if (host.getLiveness() == Liveness.FRESH) {
      int number = numbers.of(host.getHost());
      for (PoolMember member : host.getMembers()) {
        Fingerprint profile = fingerprint(member);
        Integer slot = slotOf.get(profile);
        if (slot == null) {
          slot = open(profile);
          appeared.add(slot);
        }
        Members of = bySlot.get(slot);
        of.hosts.add(number);
        if (member.getRoom()) {
          of.withRoom.add(number);
        }
        of.endpoints = of.endpoints.plus(counts(member));
      }
    }
    return appeared;
  }

  /** Takes out a host, as it was added; gives the slots of profiles that the pool has no more. */
  List<Integer> remove(PoolHost host) {
    hosts.computeIfPresent(host.getLiveness(), (_, count) -> count == 1 ? null : count - 1);
    List<Integer> vanished = new ArrayList<>();
    if (host.getLiveness() == Liveness.FRESH) {
      int number = numbers.of(host.getHost());
      for (PoolMember member : host.getMembers()) {
        int slot = slot(fingerprint(member)).orElseThrow();
        Members of = bySlot.get(slot);
        of.hosts.remove(number);
        of.withRoom.remove(number);
        of.endpoints = of.endpoints.minus(counts(member));
        if (of.hosts.isEmpty()) {
          slotOf.remove(of.profile);
          slots.clear(slot);
          vanished.add(slot);
        }
      }
    }
    return vanished;
  }

  private int open(Fingerprint profile) {
    int slot = slots.nextClearBit(0);
    Members members = new Members(profile);
    if (slot == bySlot.size()) {
      bySlot.add(members);
    } else {
      bySlot.set(slot, members);
    }
    slots.set(slot);
    slotOf.put(profile, slot);
    return slot;
  }

  /** True where no host is in the pool. */
  boolean isEmpty() {
    return hosts.isEmpty();
  }

  int hosts(Liveness liveness) {
    return hosts.getOrDefault(liveness, 0);
  }

  /** The slot of a profile; empty where no live host has it. */
  Optional<Integer> slot(Fingerprint profile) {
    return Optional.ofNullable(slotOf.get(profile));
  }

  /** The name of a host by its number. */
  String name(int host) {
    return numbers.name(host);
  }

  @Override
  public BitSet slots() {
    return slots;
  }

  @Override
  public BitSet unknownSlots() {
    BitSet unknown = new BitSet();
    slots.stream()
        .filter(slot -> slot >= MAX_ASSESSED || !isKnown.test(profile(slot)))
        .forEach(unknown::set);
    return unknown;
  }

  /** True where the contents of all profiles that are assessed are known. */
  boolean isComplete() {
    return slots.stream().limit(MAX_ASSESSED).allMatch(slot -> isKnown.test(profile(slot)));
  }

  @Override
  public Fingerprint profile(int slot) {
    return bySlot.get(slot).profile;
  }

  @Override
  public Likeness likeness(int slot) {
    return likeness.apply(profile(slot));
  }

  @Override
  public EndpointCounts endpoints(int slot) {
    return bySlot.get(slot).endpoints;
  }

  @Override
  public EndpointCounts endpointsOn(int slot, int host) {
    if (!bySlot.get(slot).hosts.contains(host)) {
      return EndpointCounts.NONE;
    }
    return lookedUp
        .computeIfAbsent(host, this::lookUp)
        .getOrDefault(profile(slot), EndpointCounts.NONE);
  }

  private Map<Fingerprint, EndpointCounts> lookUp(int host) {
    Map<Fingerprint, EndpointCounts> counts = new HashMap<>();
    records
        .apply(numbers.name(host))
        .getMembers()
        .forEach(member -> counts.put(fingerprint(member), counts(member)));
    return counts;
  }

  /** Forgets what was looked up: hosts may change now. */
  void endAssessment() {
    lookedUp.clear();
  }

  @Override
  public HostCount hosts(int slot) {
    return count(bySlot.get(slot).hosts);
  }

  @Override
  public HostCount hostsWithRoom(int slot) {
    return count(bySlot.get(slot).withRoom);
  }

  @Override
  public int countHosts(BitSet some, Set<Integer> more) {
    RoaringBitmap all = new RoaringBitmap();
    some.stream().forEach(slot -> all.or(bySlot.get(slot).hosts));
    more.forEach(all::add);
    return all.getCardinality();
  }

  private static HostCount count(RoaringBitmap set) {
    int cardinality = set.getCardinality();
    return cardinality == 0 ? HostCount.NONE : new HostCount(cardinality, set.first());
  }

  private static Fingerprint fingerprint(PoolMember member) {
    return Fingerprint.of(member.getProfile().bytes());
  }

  private static EndpointCounts counts(PoolMember member) {
    return new EndpointCounts(member.getDevices(), member.getTypes());
  }
}
