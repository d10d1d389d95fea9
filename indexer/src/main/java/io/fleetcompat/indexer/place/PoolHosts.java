package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.store.TypedStore;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.store.ValueForm;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.schemas.CapacityRecord;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.FindingKind;
import io.fleetcompat.schemas.PlacementRecord;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.DeclaredMember;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.PoolHost;
import io.fleetcompat.schemas.avro.PoolMember;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The hosts of a partition that are in a pool, with how many endpoints each has of each profile.
 * What was told is stored, so it is told again only where it differs; so is the newest capacity of
 * every host, since a document and a heartbeat come apart. One stream thread.
 */
final class PoolHosts {

  private final TypedStore<String, PoolHost> told;
  private final TypedStore<String, HostCapacity> capacities;
  private final PlaceSinks sinks;
  private final HostChanges changes;

  /**
   * @param lost hears of hosts of which nobody knows what was told
   */
  PoolHosts(
      KeyValueStore<String, byte[]> told,
      KeyValueStore<String, byte[]> capacities,
      UnreadableEntries unreadable,
      Consumer<String> lost,
      PlaceSinks sinks,
      HostChanges changes) {
    this.told =
        new TypedStore<>(
            told,
            RecordKeys.HOST,
            ValueForm.of(Codecs.POOL_HOST, (host, r) -> OfHost.require(host, r.getHost())),
            unreadable,
            lost);
    // A capacity that cannot be read is known again with the next heartbeat.
    this.capacities =
        new TypedStore<>(
            capacities,
            RecordKeys.HOST,
            ValueForm.of(Codecs.HOST_CAPACITY, (host, c) -> OfHost.require(host, c.getHost())),
            unreadable);
    this.capacities.check();
    this.sinks = sinks;
    this.changes = changes;
  }

  /** True of a host in a pool that nothing was told of, or only what an earlier version tells. */
  boolean isUntold(Placement placement) {
    return PlacementRecord.pool(placement).isPresent()
        && told.stored(placement.getHost()).filter(Codecs.POOL_HOST::isCurrent).isEmpty();
  }

  /** The host's placement is new, or its liveness is, or what is found about it. */
  void tell(Placement placement, long timestamp) {
    Optional<String> pool = PlacementRecord.pool(placement);
    if (pool.isEmpty()) {
      withdraw(placement.getHost(), timestamp);
      return;
    }
    String host = placement.getHost();
    SortedMap<Fingerprint, Count> counts = counts(placement, capacity(host));
    PoolHost record =
        new PoolHost(
            host,
            pool.get(),
            placement.getLiveness(),
            members(counts),
            placement.getFindings().contains(FindingKind.TWIN_HOST.toString()),
            declared(counts),
            placement.getFindings());
    byte[] encoded = Codecs.POOL_HOST.encode(record);
    if (!told.holds(host, encoded)) {
      told.putEncoded(host, encoded);
      sinks.poolHost(host, encoded, timestamp);
    }
  }

  /**
   * A heartbeat of a host that is known. Most have the capacity of the one before, and cost a look
   * into a store.
   *
   * @param placement of the host, asked for only where it is needed
   */
  void hear(HostCapacity heartbeat, Supplier<Optional<Placement>> placement, long timestamp) {
    String host = heartbeat.getHost();
    byte[] encoded = Codecs.HOST_CAPACITY.encode(capacityAlone(heartbeat));
    if (!capacities.holds(host, encoded)) {
      Optional<Placement> known = placement.get();
      changed(host, known, CapacityRecord.capacity(heartbeat), timestamp);
      capacities.putEncoded(host, encoded);
      known.ifPresent(there -> tell(there, timestamp));
    }
  }

  /** The capacity of a host is not known any more. */
  void forgetCapacity(String host, Supplier<Optional<Placement>> placement, long timestamp) {
    if (capacities.isOccupied(host)) {
      Optional<Placement> known = placement.get();
      changed(host, known, Map.of(), timestamp);
      capacities.remove(host);
      known.ifPresent(there -> tell(there, timestamp));
    }
  }

  /** The host is gone. */
  void remove(Placement placement, long timestamp) {
    String host = placement.getHost();
    changed(host, Optional.of(placement), Map.of(), timestamp);
    forget(host, timestamp);
  }

  /** Takes back all that was told of a host, and what is known of it. */
  void forget(String host, long timestamp) {
    capacities.remove(host);
    withdraw(host, timestamp);
  }

  private void changed(
      String host, Optional<Placement> placement, Map<String, Integer> has, long timestamp) {
    Optional<String> pool = placement.flatMap(PlacementRecord::pool);
    capacities
        .stored(host)
        .ifPresent(stored -> changes.capacity(host, pool, stored, capacity(host), has, timestamp));
  }

  private void withdraw(String host, long timestamp) {
    if (told.isOccupied(host)) {
      told.remove(host);
      sinks.poolHost(host, null, timestamp);
    }
  }

  private static HostCapacity capacityAlone(HostCapacity heartbeat) {
    return new HostCapacity(
        heartbeat.getHost(),
        0L,
        0L,
        Instant.EPOCH,
        new TreeMap<>(heartbeat.getCapacity()),
        false,
        heartbeat.getOffers(),
        null,
        Map.of());
  }

  private Map<String, Integer> capacity(String host) {
    return capacities.find(host).map(CapacityRecord::capacity).orElse(Map.of());
  }

  /** The endpoints of one profile, being counted. */
  private static final class Count {
    private int devices;
    private int types;
    private boolean room;
    private int declaredYes;
    private int declaredNo;
  }

  private static SortedMap<Fingerprint, Count> counts(
      Placement placement, Map<String, Integer> capacity) {
    TreeMap<Fingerprint, Count> counts = new TreeMap<>();
    List<FingerprintBytes> profiles = placement.getProfiles();
    for (PlacedEndpoint endpoint : PlacementRecord.endpoints(placement)) {
      Fingerprint profile = Fingerprint.of(profiles.get(endpoint.getProfile()).bytes());
      Count count = counts.computeIfAbsent(profile, _ -> new Count());
      if (EndpointKind.valueOf(endpoint.getKind().name()).isType()) {
        count.types++;
        count.room |= capacity.getOrDefault(endpoint.getName(), 0) > 0;
      } else {
        count.devices++;
        count.room = true;
        Boolean claim = placement.getClaims().get(endpoint.getName());
        if (claim != null) {
          count.declaredYes += claim ? 1 : 0;
          count.declaredNo += claim ? 0 : 1;
        }
      }
    }
    return counts;
  }

  private static List<DeclaredMember> declared(SortedMap<Fingerprint, Count> counts) {
    List<DeclaredMember> declared = new ArrayList<>();
    int member = 0;
    for (Count count : counts.values()) {
      if (count.declaredYes + count.declaredNo > 0) {
        declared.add(new DeclaredMember(member, count.declaredYes, count.declaredNo));
      }
      member++;
    }
    return declared;
  }

  private static List<PoolMember> members(SortedMap<Fingerprint, Count> counts) {
    List<PoolMember> members = new ArrayList<>();
    counts.forEach(
        (profile, count) ->
            members.add(
                new PoolMember(
                    new FingerprintBytes(profile.bytes()),
                    count.devices,
                    count.types,
                    count.room)));
    return members;
  }
}
