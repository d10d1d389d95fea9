package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.IndexerMetrics;
import io.fleetcompat.indexer.Rejection;
import io.fleetcompat.indexer.store.CensusKey;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.HostName;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.Placement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Host documents and heartbeats of one partition → placements, and the partition's census. One
 * stream thread.
 *
 * <p>A document counts only if it is newer by (epoch, sequence) than what is stored. A tombstone
 * removes the host and what was known of it, so whatever comes after it in the log counts again.
 */
public final class PlaceProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  /** How often silent hosts are looked for. */
  private static final Duration LIVENESS_TICK = Duration.ofSeconds(1);

  /** Most hosts that change their liveness in one tick; the others follow in the next. */
  static final int MAX_CHANGES_PER_TICK = 1000;

  /** Room for key and batch header beside a value, within the largest record. */
  private static final int RECORD_OVERHEAD_BYTES = 4096;

  private static final int MAX_UTF8_BYTES_PER_CHAR = 3;

  private final PlaceNodes nodes;
  private final PlaceRules rules;
  private final KnownProfiles known;
  private final IndexerMetrics metrics;
  private final Rejection rejection;
  private final List<IndexerMetrics.Registration> gauges = new ArrayList<>();
  private @Nullable Task task;

  /** What there is while the task runs; made anew by every init, since tasks are revived. */
  private record Task(
      ProcessorContext<byte[], byte[]> context,
      HostStates hosts,
      ProfileCounts counts,
      HeardHosts heard) {}

  public PlaceProcessor(
      PlaceNodes nodes, PlaceRules rules, KnownProfiles known, IndexerMetrics metrics) {
    this.nodes = nodes;
    this.rules = rules;
    this.known = known;
    this.metrics = metrics;
    this.rejection = new Rejection(metrics);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    HostStates hosts = new HostStates(context.getStateStore(nodes.hostStore()));
    ProfileCounts counts = new ProfileCounts(context.getStateStore(nodes.countStore()));
    HeardHosts heard = new HeardHosts(rules.staleAfter(), rules.lostAfter());
    long start = context.currentSystemTimeMs();
    hosts.forEach(
        placement ->
            heard.known(
                placement.getHost(),
                DocumentVersion.of(placement),
                placement.getLiveness(),
                start));
    task = new Task(context, hosts, counts, heard);
    close();
    context.schedule(LIVENESS_TICK, PunctuationType.WALL_CLOCK_TIME, this::noticeSilence);
    gauges.add(metrics.gauge("hosts", "liveness", "fresh", () -> heard.counts().fresh()));
    gauges.add(metrics.gauge("hosts", "liveness", "stale", () -> heard.counts().stale()));
    gauges.add(metrics.gauge("hosts", "liveness", "lost", () -> heard.counts().lost()));
  }

  @Override
  public void close() {
    gauges.forEach(IndexerMetrics.Registration::close);
    gauges.clear();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from = task().context().recordMetadata().orElseThrow();
    metrics.received(from.topic());
    try {
      String host = host(record.key());
      if (from.topic().equals(nodes.capacityTopic())) {
        heartbeat(host, record);
      } else if (record.value() == null) {
        remove(host, record.timestamp());
      } else {
        document(host, record, from);
      }
    } catch (BadRecordException e) {
      long now = task().context().currentSystemTimeMs();
      task().context().forward(rejection.of(record, from, e, now), nodes.rejected());
    }
  }

  private static String host(byte @Nullable [] key) throws BadRecordException {
    String host = key == null ? "" : new String(key, StandardCharsets.UTF_8);
    if (!HostName.isValid(host) || host.indexOf('\ufffd') >= 0) {
      throw new BadRecordException(Code.INVALID, HostName.RULE + " as the key", "'" + host + "'");
    }
    return host;
  }

  private void document(String host, Record<byte[], byte[]> record, RecordMetadata from)
      throws BadRecordException {
    HostInventory document = Codecs.HOST_INVENTORY.decode(record.value());
    requireSameHost(host, document.getHost());
    Optional<Placement> before = task().hosts().find(host);
    DocumentVersion version = DocumentVersion.of(document);
    if (before.map(DocumentVersion::of).filter(known -> !version.isNewerThan(known)).isPresent()) {
      metrics.notNewer();
      return;
    }
    Placing placing = Placing.of(known, document, from.partition(), from.offset());
    accept(before, placing, record.timestamp());
  }

  private void accept(Optional<Placement> before, Placing placing, long timestamp)
      throws BadRecordException {
    Placement placement = placing.placement();
    String host = placement.getHost();
    byte[] encoded = bounded(Codecs.PLACEMENT.encode(placement));
    requireBounded(placing.contents().values());
    task().hosts().put(host, encoded);
    // Also where only the version is new: replicas hold heartbeats against it.
    forward(nodes.placements(), host, encoded, timestamp);
    ProfileCounts.Change change = task().counts().move(before, Optional.of(placement));
    for (Fingerprint appeared : change.appeared()) {
      byte[] census = census(appeared, placing.contents());
      forward(nodes.census(), key(appeared), census, timestamp);
    }
    change.vanished().forEach(f -> forward(nodes.census(), key(f), null, timestamp));
    task().heard().placed(host, DocumentVersion.of(placement), now());
  }

  private void remove(String host, long timestamp) {
    Optional<Placement> before = task().hosts().find(host);
    if (before.isEmpty()) {
      return;
    }
    task().hosts().remove(host);
    forward(nodes.placements(), host, null, timestamp);
    ProfileCounts.Change change = task().counts().move(before, Optional.empty());
    change.vanished().forEach(f -> forward(nodes.census(), key(f), null, timestamp));
    task().heard().forget(host);
  }

  /** Capacity itself is read by replicas, from its own topic; here it says that the host lives. */
  private void heartbeat(String host, Record<byte[], byte[]> record) throws BadRecordException {
    if (record.value() == null) {
      return;
    }
    HostCapacity capacity = Codecs.HOST_CAPACITY.decode(record.value());
    requireSameHost(host, capacity.getHost());
    Optional<Liveness> before = task().heard().liveness(host);
    if (before.isEmpty()) {
      return;
    }
    if (task().heard().heard(host, DocumentVersion.of(capacity), now())
        && before.get() != Liveness.FRESH) {
      become(host, Liveness.FRESH, record.timestamp());
    }
  }

  private void noticeSilence(long now) {
    task()
        .heard()
        .nowStale(now, MAX_CHANGES_PER_TICK)
        .forEach(host -> become(host, Liveness.STALE, now));
    task()
        .heard()
        .nowLost(now, MAX_CHANGES_PER_TICK)
        .forEach(host -> become(host, Liveness.LOST, now));
  }

  private void become(String host, Liveness liveness, long timestamp) {
    Placement before =
        task().hosts().find(host).orElseThrow(() -> new IllegalStateException("no host " + host));
    byte[] encoded = Codecs.PLACEMENT.encode(HostStates.with(before, liveness));
    task().hosts().put(host, encoded);
    forward(nodes.placements(), host, encoded, timestamp);
  }

  private byte[] census(Fingerprint fingerprint, Map<Fingerprint, String> contents) {
    FingerprintBytes bytes = new FingerprintBytes(fingerprint.bytes());
    return Codecs.CENSUS.encode(new Census(partition(), bytes, 1, contents.get(fingerprint)));
  }

  /** What would not fit into a record is refused with its cause, before anything is changed. */
  private static byte[] bounded(byte[] placement) throws BadRecordException {
    requireBounded("placement", placement.length);
    return placement;
  }

  private static void requireBounded(Collection<String> contents) throws BadRecordException {
    for (String content : contents) {
      requireBounded("profile", (long) content.length() * MAX_UTF8_BYTES_PER_CHAR);
    }
  }

  private static void requireBounded(String what, long bytes) throws BadRecordException {
    if (bytes > Topics.MAX_RECORD_BYTES - RECORD_OVERHEAD_BYTES) {
      throw new BadRecordException(
          Code.TOO_LARGE,
          "a document whose " + what + " fits into " + Topics.MAX_RECORD_BYTES + " bytes",
          bytes + " bytes");
    }
  }

  private static void requireSameHost(String key, String host) throws BadRecordException {
    if (!key.equals(host)) {
      throw new BadRecordException(
          Code.HOST_MISMATCH, "a record of host '" + key + "', as its key says", "'" + host + "'");
    }
  }

  private void forward(String node, String key, byte @Nullable [] value, long timestamp) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    task().context().forward(new Record<>(bytes, value, timestamp), node);
  }

  private String key(Fingerprint fingerprint) {
    return new CensusKey(partition(), fingerprint).toString();
  }

  private int partition() {
    return task().context().taskId().partition();
  }

  private long now() {
    return task().context().currentSystemTimeMs();
  }

  private Task task() {
    if (task == null) {
      throw new IllegalStateException("init comes first");
    }
    return task;
  }
}
