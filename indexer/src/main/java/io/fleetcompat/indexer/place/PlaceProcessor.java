package io.fleetcompat.indexer.place;

import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.report.RecordGuard;
import io.fleetcompat.indexer.report.Rejection;
import io.fleetcompat.indexer.reread.NewestRecords;
import io.fleetcompat.indexer.reread.WantedAgain;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.tick.Ticks;
import io.fleetcompat.indexer.told.Comparing;
import io.fleetcompat.indexer.told.TopicAudits;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.RecordStamp;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.DocumentId;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.FindingKind;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.RegisteredKey;
import io.fleetcompat.settings.LivenessLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The way from one partition's documents and heartbeats to placements and the partition's census.
 * One stream thread.
 *
 * <p>A document counts only if it is newer by (epoch, sequence) than what is stored, or if the host
 * has spoken for it alone for long ({@link OlderIncarnations}). A tombstone removes the host and
 * what was known of it, so whatever comes after it in the log counts again.
 */
public final class PlaceProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  /** The time between two looks for silent hosts. */
  private static final Duration LIVENESS_TICK = Duration.ofSeconds(1);

  /** Most hosts that change their liveness in one tick; the others follow in the next. */
  private static final int MAX_CHANGES_PER_TICK = 1000;

  private final String inventoryTopic;
  private final String capacityTopic;
  private final String keyTopic;
  private final Topics topics;
  private final NewestRecords newest;
  private final Comparing comparing;
  private final LivenessLimits limits;
  private final String poolLabel;
  private final Optional<FleetKey> key;
  private final KnownProfiles known;
  private final IndexerMetrics metrics;
  private final Rejection rejection;
  private final RecordGuard guard = new RecordGuard();
  private final Ticks wakes = new Ticks(LIVENESS_TICK);
  private final List<IndexerMetrics.Registration> gauges = new ArrayList<>();
  private @Nullable Running running;

  /** Hosts whose documents are read again for their key alone. */
  private final Set<String> readForKey = new HashSet<>();

  /** True until it was looked whether hosts that were placed before have marked anything. */
  private boolean doubtUnmarked;

  /**
   * The parts that are there while the task runs; made anew by every init, since tasks are revived.
   */
  private record Running(
      ProcessorContext<byte[], byte[]> context,
      PartitionHosts hosts,
      HostMarks marks,
      WantedAgain lost,
      TopicAudits audits,
      long begun) {}

  /**
   * Made for one task.
   *
   * @param topics of documents and heartbeats
   * @param newest reads documents again where what was kept of them is lost
   * @param comparing of the topic of placements
   * @param poolLabel the label that names a host's pool
   * @param key by which records are known to be their hosts'; empty where nobody asks
   */
  public PlaceProcessor(
      Topics topics,
      NewestRecords newest,
      Comparing comparing,
      LivenessLimits limits,
      String poolLabel,
      Optional<FleetKey> key,
      KnownProfiles known,
      IndexerMetrics metrics) {
    this.inventoryTopic = topics.hostInventory().name();
    this.capacityTopic = topics.hostCapacity().name();
    this.keyTopic = topics.keys().name();
    this.topics = topics;
    this.newest = newest;
    this.comparing = comparing;
    this.limits = limits;
    this.poolLabel = poolLabel;
    this.key = key;
    this.known = known;
    this.metrics = metrics;
    this.rejection = new Rejection(metrics);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    close();
    readForKey.clear();
    WantedAgain lost = new WantedAgain(newest, context.taskId().partition());
    UnreadableEntries unreadable = new UnreadableEntries(context, PlaceNodes.REJECTED, rejection);
    Consumer<String> lostHost = host -> lost.add(inventoryTopic, RecordKeys.HOST.encode(host));
    HostMarks marks =
        HostMarks.load(
            context, key, unreadable, host -> lost.add(keyTopic, RecordKeys.HOST.encode(host)));
    PartitionHosts hosts =
        PartitionHosts.load(context, limits, poolLabel, unreadable, lostHost, marks::proberKey);
    TopicAudits audits = new TopicAudits(comparing, context, metrics);
    hosts.compareWith(audits, topics.placements(), context.taskId().partition(), lostHost);
    running = new Running(context, hosts, marks, lost, audits, context.currentSystemTimeMs());
    doubtUnmarked = marks.areAsked();
    wakes.restart(
        context,
        now -> {
          hosts.begin(now);
          doubtUnmarked(now);
          unreadable.sweep(now);
          placeLost(now);
          if (unreadable.isEmpty() && lost.isEmpty()) {
            audits.tick(now);
          }
          hosts.noticeSilence(now, MAX_CHANGES_PER_TICK);
          hosts.moveToPools(now, MAX_CHANGES_PER_TICK);
        });
    gauges.add(metrics.gauge("hosts", "liveness", "fresh", () -> hosts.count().fresh()));
    gauges.add(metrics.gauge("hosts", "liveness", "stale", () -> hosts.count().stale()));
    gauges.add(metrics.gauge("hosts", "liveness", "lost", () -> hosts.count().lost()));
    gauges.add(found(hosts, "twin", FindingKind.TWIN_HOST));
    gauges.add(found(hosts, "conflicting-documents", FindingKind.CONFLICTING_DOCUMENTS));
    gauges.add(found(hosts, "false-speaker", FindingKind.FALSE_SPEAKER));
  }

  private IndexerMetrics.Registration found(PartitionHosts hosts, String label, FindingKind kind) {
    return metrics.gauge("hosts.found", "finding", label, () -> hosts.found().count(kind));
  }

  /** Doubts hosts that were placed before anybody asked for marks, until one of theirs is heard. */
  private void doubtUnmarked(long now) {
    if (doubtUnmarked) {
      doubtUnmarked = false;
      running().hosts().doubtUnless(running().marks()::isHeardWithItsKey, now);
      // A key may have been taken away while nobody asked for marks.
      running().hosts().tellKeys(running().marks().registered(), now);
    }
  }

  /** Places hosts again whose placement was lost; it may have been the last with its profiles. */
  private void placeLost(long now) {
    WantedAgain lost = running().lost();
    if (!lost.isEmpty()) {
      lost.tick(now, (record, from) -> take(record, from, true));
      if (lost.isEmpty()) {
        running().hosts().takeBackProfiles(now);
      }
    }
  }

  @Override
  public void close() {
    wakes.stop();
    if (running != null) {
      running.lost().close();
      running.audits().close();
    }
    gauges.forEach(IndexerMetrics.Registration::close);
    gauges.clear();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from = running().context().recordMetadata().orElseThrow();
    metrics.received(from.topic());
    take(record, from, false);
  }

  /**
   * Takes a record.
   *
   * @param again true where it was read again, since what was kept of it was lost
   */
  private void take(Record<byte[], byte[]> record, RecordMetadata from, boolean again) {
    try {
      String host = RecordKeys.HOST.decode(record.key());
      take(host, record, from, again);
    } catch (BadRecordException e) {
      running().context().forward(rejection.of(record, from, e, now()), PlaceNodes.REJECTED);
    }
  }

  private void take(String host, Record<byte[], byte[]> record, RecordMetadata from, boolean again)
      throws BadRecordException {
    try {
      if (from.topic().equals(keyTopic)) {
        registered(host, record);
      } else if (from.topic().equals(capacityTopic)) {
        heartbeat(host, record);
      } else {
        inventory(host, record, from, again);
      }
    } catch (BadRecordException e) {
      switch (e.code()) {
        case UNSIGNED, FORGED, REPLAYED -> {
          if (isReadOnceMore(record, from, e.code())) {
            metrics.repeated();
            return;
          }
          if (!running().marks().isEarly(host)) {
            running().hosts().speaksFalsely(host, now());
          }
        }
        default -> {}
      }
      throw e;
    }
  }

  /**
   * True of what may have been taken before: where all is read again from the beginning, heartbeats
   * before the newest one, and documents before a removal, accuse nobody. The broker stamps the
   * time of heartbeats.
   */
  private boolean isReadOnceMore(Record<byte[], byte[]> record, RecordMetadata from, Code code) {
    return record.timestamp() < running().begun()
        && (from.topic().equals(capacityTopic) || code == Code.REPLAYED);
  }

  /** Takes a host's registered key; where nobody can read what is registered, it has none. */
  private void registered(String host, Record<byte[], byte[]> record) throws BadRecordException {
    HostMarks marks = running().marks();
    running().lost().came(keyTopic, record.key());
    Optional<RegisteredKey> found = Optional.empty();
    try {
      found = guard.run(() -> topics.keys().decode(host, record.value()));
    } finally {
      marks.register(host, found);
      if (found.filter(RegisteredKey::getRemoved).isPresent()) {
        running().hosts().remove(host, record.timestamp());
      } else if (!marks.isHeardWithItsKey(host)) {
        running().hosts().doubt(host, record.timestamp());
      }
      running().hosts().changeKey(host, record.timestamp());
    }
    // Its document may have come before its key, and been refused.
    boolean isMissing =
        marks.areAsked() && marks.hasKey(host) && running().hosts().find(host).isEmpty();
    if (marks.wasEarly(host) || isMissing) {
      readForKey.add(host);
      running().lost().add(inventoryTopic, record.key());
    }
  }

  /**
   * Where what was kept of it is lost, and it cannot be placed again, nothing may be left of it. A
   * record that is not the host's leaves the host's own wanted.
   */
  private void inventory(
      String host, Record<byte[], byte[]> record, RecordMetadata from, boolean again)
      throws BadRecordException {
    // What was placed stays where only its key was late.
    boolean forKey = readForKey.contains(host);
    boolean lost = again && !forKey;
    boolean placed = false;
    try {
      boolean isThere = !again || from.offset() >= 0;
      RecordStamp stamp =
          isThere ? running().marks().document(host, record, inventoryTopic) : HeardMark.NONE;
      lost |= running().lost().came(inventoryTopic, record.key()) && !forKey;
      if (record.value() == null) {
        running().hosts().remove(host, record.timestamp());
        if (isThere) {
          running().marks().removed(host, stamp);
        }
      } else {
        document(host, record, from, stamp);
        running().marks().placed(host, stamp);
        placed = true;
      }
    } finally {
      if (again || placed) {
        readForKey.remove(host);
      }
      if (lost && !placed) {
        running().hosts().withdraw(host, record.timestamp());
      }
    }
  }

  private void document(
      String host, Record<byte[], byte[]> record, RecordMetadata from, RecordStamp stamp)
      throws BadRecordException {
    HostInventory document = guard.run(() -> Codecs.HOST_INVENTORY.decode(record.value()));
    OfHost.require(host, document.getHost());
    DocumentDigest digest = DocumentDigest.of(record.value());
    Optional<Placement> before = running().hosts().find(host);
    DocumentVersion version = DocumentVersion.of(document);
    DocumentId found = new DocumentId(version, Optional.of(digest));
    if (before.isPresent()
        && !version.isNewerThan(DocumentVersion.of(before.get()))
        && !running().hosts().takesUp(host, found)
        && !running().marks().isOfNewerKey(host, stamp)) {
      requireNoConflict(DocumentId.of(before.get()), found, host, record.timestamp());
      metrics.notNewer();
      return;
    }
    PlacedDocument.Source source =
        new PlacedDocument.Source(from.partition(), from.offset(), digest);
    List<String> findings = running().hosts().found().lasting(host);
    PlacedDocument placed =
        guard.run(() -> PlacedDocument.of(known, poolLabel, document, source, findings));
    HostChanges.Prepared change =
        guard.run(() -> running().hosts().prepare(before, placed, record.timestamp()));
    running().hosts().place(before, placed, change, record.timestamp(), now());
  }

  /** A document that is read twice is no conflict; another one of the same version is. */
  private void requireNoConflict(DocumentId placed, DocumentId found, String host, long timestamp)
      throws BadRecordException {
    if (found.conflictsWith(placed)) {
      running().hosts().conflict(host, found.version(), timestamp);
      throw new BadRecordException(
          Code.CONFLICT, "one document with each version: " + placed, "another one: " + found);
    }
  }

  /**
   * Capacity itself is read by replicas, from its own topic; here it says that the host lives, and
   * whether its pool has room.
   */
  private void heartbeat(String host, Record<byte[], byte[]> record) throws BadRecordException {
    int generation = running().marks().generation(host);
    HostMarks.Order order = running().marks().heartbeat(host, record, capacityTopic, now());
    if (running().marks().generation(host) > generation) {
      running().hosts().changeKey(host, record.timestamp());
    }
    if (order == HostMarks.Order.REPEATED) {
      metrics.repeated();
      return;
    }
    boolean isNewer = order == HostMarks.Order.NEWER;
    if (record.value() == null && isNewer) {
      running().hosts().forgetCapacity(host, record.timestamp());
      return;
    }
    if (record.value() != null) {
      HostCapacity capacity = guard.run(() -> Codecs.HOST_CAPACITY.decode(record.value()));
      OfHost.require(host, capacity.getHost());
      if (isNewer) {
        running().hosts().hear(capacity, record.timestamp(), now());
        return;
      }
      running().hosts().hearOlder(capacity, record.timestamp(), now());
    }
    throw running().marks().older(host);
  }

  /** The number of hosts of whose marks something is in memory. */
  int keptMarks() {
    return running().marks().kept();
  }

  private long now() {
    return running().context().currentSystemTimeMs();
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("init comes first");
    }
    return running;
  }
}
