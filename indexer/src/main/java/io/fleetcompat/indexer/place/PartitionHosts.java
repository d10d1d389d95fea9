package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.told.TopicAudits;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentId;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.HostPartitioner;
import io.fleetcompat.schemas.PlacementRecord;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProberKey;
import io.fleetcompat.settings.LivenessLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The hosts of one partition. A change goes into the stores, into the topics and to what is known
 * of the hosts' liveness, together. One stream thread.
 */
final class PartitionHosts {

  private final HostStates states;
  private final ProfileCounts counts;
  private final HeardHosts heard;
  private final PlaceSinks sinks;
  private final ProbingHosts probing;
  private final PoolHosts pooled;
  private final HostChanges changes;
  private final FoundHosts found;
  private final OlderIncarnations older;

  /** Hears of hosts whose newest document is to be read again. */
  private final Consumer<String> unread;

  /**
   * Hosts whose pool is to be told: their placement says another label of pools than is configured
   * now, or they are of a version that told of no pools.
   */
  private final Deque<String> toPools;

  private final String poolLabel;

  private PartitionHosts(
      HostStates states,
      ProfileCounts counts,
      HeardHosts heard,
      PlaceSinks sinks,
      ProbingHosts probing,
      PoolHosts pooled,
      HostChanges changes,
      FoundHosts found,
      OlderIncarnations older,
      Consumer<String> unread,
      Deque<String> toPools,
      String poolLabel) {
    this.states = states;
    this.counts = counts;
    this.heard = heard;
    this.sinks = sinks;
    this.probing = probing;
    this.pooled = pooled;
    this.changes = changes;
    this.found = found;
    this.older = older;
    this.unread = unread;
    this.toPools = toPools;
    this.poolLabel = poolLabel;
  }

  /**
   * Takes up what is stored; every host counts as heard now.
   *
   * @param lost hears of hosts whose document is to be read again: their placement cannot be read,
   *     or the document was dropped and counts now
   * @param proberKeys tells which answers of drivers by a host count; empty where all do
   */
  static PartitionHosts load(
      ProcessorContext<byte[], byte[]> context,
      LivenessLimits limits,
      String poolLabel,
      UnreadableEntries unreadable,
      Consumer<String> lost,
      Function<String, Optional<ProberKey>> proberKeys) {
    HostStates states =
        new HostStates(context.getStateStore(PlaceNodes.HOST_STORE), unreadable, lost);
    ProfileCounts counts = new ProfileCounts();
    HeardHosts heard = new HeardHosts(limits.staleAfter(), limits.lostAfter());
    long start = context.currentSystemTimeMs();
    states.forEach(
        p -> {
          heard.known(p.getHost(), DocumentId.of(p), p.getLiveness(), start);
          counts.known(p);
        });
    PlaceSinks sinks = new PlaceSinks(context);
    ProbingHosts probing =
        new ProbingHosts(
            context.getStateStore(PlaceNodes.PROBER_STORE), unreadable, proberKeys, sinks);
    HostChanges changes = new HostChanges(context, states);
    FoundHosts found = new FoundHosts(limits.staleAfter());
    Deque<String> toPools = new ArrayDeque<>();
    PoolHosts pooled =
        new PoolHosts(
            context.getStateStore(PlaceNodes.POOL_STORE),
            context.getStateStore(PlaceNodes.CAPACITY_STORE),
            unreadable,
            toPools::add,
            sinks,
            changes);
    states.forEach(
        placement -> {
          if (!PlacementRecord.poolLabel(placement).equals(poolLabel)
              || pooled.isUntold(placement)) {
            toPools.add(placement.getHost());
          }
          found.known(placement, start);
        });
    return new PartitionHosts(
        states,
        counts,
        heard,
        sinks,
        probing,
        pooled,
        changes,
        found,
        new OlderIncarnations(limits.staleAfter()),
        lost,
        toPools,
        poolLabel);
  }

  /**
   * Compares the topic of placements with what is stored.
   *
   * @param lost hears of hosts whose placement is in the topic only
   */
  void compareWith(
      TopicAudits audits, Topic<?, ?> placements, int partition, Consumer<String> lost) {
    audits.add(
        placements,
        PlaceNodes.PLACEMENTS,
        states.told(
            key -> HostPartitioner.partition(key, placements.partitions()) == partition, lost),
        sinks.sent());
  }

  /** Begins the history of the partition, where it has not begun: before anything changes. */
  void begin(long now) {
    changes.begin(now);
  }

  /** The host's newest placement. */
  Optional<Placement> find(String host) {
    return states.find(host);
  }

  /** The findings about hosts in the records under their names. */
  FoundHosts found() {
    return found;
  }

  /** Prepares the change that a newer document of a host makes. */
  HostChanges.Prepared prepare(
      Optional<Placement> before, PlacedDocument document, long timestamp) {
    return changes.prepare(before, document, timestamp);
  }

  /**
   * Takes a newer document of a host.
   *
   * @param before the host's newest placement
   * @param change that it makes
   * @throws BadRecordException if what follows from it is too large; nothing is changed then
   */
  void place(
      Optional<Placement> before,
      PlacedDocument document,
      HostChanges.Prepared change,
      long timestamp,
      long now)
      throws BadRecordException {
    Placement placement = document.placement();
    String host = placement.getHost();
    byte[] encoded = document.encode();
    change.tell();
    states.put(host, encoded);
    // Also where only the version is new: replicas hold heartbeats against it.
    sinks.placement(host, encoded, timestamp);
    ProfileCounts.Change profiles = counts.move(before, Optional.of(placement));
    for (Fingerprint appeared : profiles.appeared()) {
      String canonical = Objects.requireNonNull(document.contents().get(appeared));
      sinks.present(appeared, canonical, timestamp);
    }
    vanish(profiles.vanished(), timestamp);
    if (probing.contains(host)) {
      probing.tell(placement, timestamp);
    }
    pooled.tell(placement, timestamp);
    found.placed(host);
    older.forget(host);
    heard.placed(host, DocumentId.of(placement), now);
  }

  /** Another document than the placed one has its version. */
  void conflict(String host, DocumentVersion version, long timestamp) {
    if (found.conflict(host, version)) {
      heard.doubt(host);
      findAnew(host, timestamp);
    }
  }

  /** True of a document that counts although it is older than the placed one. */
  boolean takesUp(String host, DocumentId document) {
    return older.takesUp(host, document);
  }

  /** A record came under the name of a host that is not its own, or is an old one of it. */
  void speaksFalsely(String host, long now) {
    if (heard.liveness(host).isPresent() && found.speaksFalsely(host, now)) {
      findAnew(host, now);
    }
  }

  /** Other generations of a host's key count now. */
  void changeKey(String host, long timestamp) {
    probing.tellKey(host, timestamp);
  }

  /** Tells of the keys of all hosts: of those that are registered, and those that ask drivers. */
  void tellKeys(List<String> registered, long timestamp) {
    probing.tellKeys(registered, timestamp);
  }

  /** Nobody can know any more that a host lives: it is stale until it is heard again. */
  void doubt(String host, long timestamp) {
    if (heard.liveness(host).filter(Liveness.FRESH::equals).isPresent()) {
      heard.doubt(host);
      become(host, Liveness.STALE, timestamp);
    }
  }

  /** Doubts all hosts of which a condition does not hold. */
  void doubtUnless(Predicate<String> believed, long timestamp) {
    List<String> doubted = new ArrayList<>();
    states.forEach(
        placement -> {
          if (!believed.test(placement.getHost())) {
            doubted.add(placement.getHost());
          }
        });
    doubted.forEach(host -> doubt(host, timestamp));
  }

  /**
   * A heartbeat came that a host has sent before its newest one: another collector of it may be.
   */
  void hearOlder(HostCapacity heartbeat, long timestamp, long now) {
    String host = heartbeat.getHost();
    if (heard.liveness(host).isPresent()
        && found.heard(host, heartbeat.getEpoch(), timestamp, now)) {
      findAnew(host, timestamp);
    }
  }

  /** Removes a host and what was known of it, if it is there. */
  void remove(String host, long timestamp) {
    Optional<Placement> before = states.find(host);
    if (before.isEmpty()) {
      return;
    }
    changes.removed(before.get(), timestamp);
    pooled.remove(before.get(), timestamp);
    states.remove(host);
    sinks.placement(host, null, timestamp);
    vanish(counts.move(before, Optional.empty()).vanished(), timestamp);
    probing.withdraw(host, timestamp);
    heard.forget(host);
    found.forget(host);
    older.forget(host);
  }

  /** Removes what was told of a host whose placement was lost, and that there is no more. */
  void withdraw(String host, long timestamp) {
    states.remove(host);
    sinks.placement(host, null, timestamp);
    pooled.forget(host, timestamp);
    probing.withdraw(host, timestamp);
  }

  /** Takes back profiles that only hosts had whose placements were lost. */
  void takeBackProfiles(long timestamp) {
    vanish(
        changes.notedProfiles().stream().filter(profile -> !counts.has(profile)).toList(),
        timestamp);
  }

  private void vanish(List<Fingerprint> profiles, long timestamp) {
    profiles.forEach(profile -> sinks.absent(profile, timestamp));
    changes.vanished(profiles);
  }

  /**
   * A host that is known says that it lives, which document is its newest, and whether it asks
   * drivers: that it does not, counts at once; that it does, once its document is known.
   */
  void hear(HostCapacity heartbeat, long timestamp, long now) {
    String host = heartbeat.getHost();
    boolean probes = heartbeat.getProbes();
    if (!probes) {
      probing.withdraw(host, timestamp);
    }
    Optional<Liveness> before = heard.liveness(host);
    if (before.isEmpty()) {
      return;
    }
    if (found.heard(host, heartbeat.getEpoch(), timestamp, now)) {
      findAnew(host, timestamp);
    }
    DocumentId named = DocumentId.of(heartbeat);
    Optional<DocumentId> placed = heard.document(host);
    if (placed.isPresent() && older.heard(host, placed.get(), named, timestamp)) {
      unread.accept(host);
    }
    if (heard.isContradictedBy(host, named)) {
      conflict(host, named.version(), timestamp);
    }
    if (placed.filter(known -> named.version().isOlderThan(known.version())).isPresent()) {
      return; // of a collector that does not speak for the host, or not yet
    }
    // Also where the document that it names is not placed yet: replicas take its capacity, too.
    pooled.hear(heartbeat, () -> states.find(host), timestamp);
    if (found.isConflicting(host) || !heard.heard(host, named, now)) {
      return;
    }
    if (before.get() != Liveness.FRESH) {
      become(host, Liveness.FRESH, timestamp);
    }
    if (probes && !probing.contains(host)) {
      states.find(host).ifPresent(placement -> probing.tell(placement, timestamp));
    }
  }

  /** A host's heartbeats were removed: nobody knows its capacity. */
  void forgetCapacity(String host, long timestamp) {
    pooled.forgetCapacity(host, () -> states.find(host), timestamp);
  }

  /** Looks for hosts that fell silent, up to so many of each kind. */
  void noticeSilence(long now, int most) {
    heard.nowStale(now, most).forEach(host -> become(host, Liveness.STALE, now));
    heard.nowLost(now, most).forEach(host -> become(host, Liveness.LOST, now));
    found.ended(now).forEach(host -> findAnew(host, now));
  }

  /** Tells the pools of hosts that wait for it, up to so many. */
  void moveToPools(long now, int most) {
    for (int moved = 0; moved < most && !toPools.isEmpty(); moved++) {
      states.find(toPools.remove()).ifPresent(placement -> moveToPool(placement, now));
    }
  }

  private void moveToPool(Placement before, long now) {
    Placement after = HostStates.with(before, poolLabel);
    if (after.equals(before)) {
      pooled.tell(before, now);
    } else {
      replace(before, after, now);
    }
  }

  private void become(String host, Liveness liveness, long timestamp) {
    Placement before =
        states.find(host).orElseThrow(() -> new IllegalStateException("no host " + host));
    replace(before, HostStates.with(before, liveness), timestamp);
    if (liveness != Liveness.FRESH) {
      probing.withdraw(host, timestamp);
    }
  }

  /** Something is found about a host, or no longer: one whose documents conflict is not live. */
  private void findAnew(String host, long timestamp) {
    states
        .find(host)
        .ifPresent(
            before -> {
              boolean goesSilent =
                  found.isConflicting(host) && before.getLiveness() == Liveness.FRESH;
              Liveness liveness = goesSilent ? Liveness.STALE : before.getLiveness();
              replace(before, HostStates.with(before, liveness, found.of(host)), timestamp);
              if (goesSilent) {
                probing.withdraw(host, timestamp);
              }
            });
  }

  /** No document says so: the host's placement becomes another. */
  private void replace(Placement before, Placement after, long timestamp) {
    changes.becomes(before, after, timestamp);
    byte[] encoded = Codecs.PLACEMENT.encode(after);
    states.put(after.getHost(), encoded);
    sinks.placement(after.getHost(), encoded, timestamp);
    pooled.tell(after, timestamp);
  }

  /** The numbers of hosts by liveness; asked by any thread. */
  HeardHosts.Counts count() {
    return heard.counts();
  }
}
