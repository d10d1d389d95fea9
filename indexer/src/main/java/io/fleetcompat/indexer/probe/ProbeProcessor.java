package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.report.Rejection;
import io.fleetcompat.indexer.reread.NewestRecords;
import io.fleetcompat.indexer.reread.WantedAgain;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.tick.Ticks;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.HostRecord;
import io.fleetcompat.records.ProbedPairs;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.ProbeKey;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.ProbeResult;
import io.fleetcompat.schemas.avro.Prober;
import io.fleetcompat.schemas.avro.ProfileRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The way from profiles, hosts that ask drivers, and results to questions and answers. There is one
 * task of this. One stream thread.
 */
public final class ProbeProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  /** The time after which it looks whether questions have become due. */
  private static final Duration WAKE = Duration.ofSeconds(1);

  private final Topics topics;
  private final NewestRecords newest;
  private final ProbeLimits limits;
  private final Optional<FleetKey> key;
  private final IndexerMetrics metrics;
  private final Rejection rejection;
  private final Ticks ticks;
  private final Ticks wakes = new Ticks(WAKE);
  private final List<IndexerMetrics.Registration> gauges = new ArrayList<>();
  private @Nullable Running running;

  /**
   * The parts that are there while the task runs; made anew by every init, since tasks are revived.
   */
  private record Running(
      ProcessorContext<byte[], byte[]> context,
      ProbeTask task,
      UnreadableEntries unreadable,
      WantedAgain lost) {}

  /**
   * Made for one task.
   *
   * @param newest reads inputs, and what was told, again where what was kept of them is lost
   * @param key by which answers are known to be their hosts'; empty where nobody asks
   */
  public ProbeProcessor(
      Topics topics,
      NewestRecords newest,
      ProbeLimits limits,
      Optional<FleetKey> key,
      IndexerMetrics metrics) {
    this.topics = topics;
    this.newest = newest;
    this.limits = limits;
    this.key = key;
    this.metrics = metrics;
    this.rejection = new Rejection(metrics);
    this.ticks = new Ticks(limits.tick());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    close();
    WantedAgain lost = new WantedAgain(newest, context.taskId().partition());
    UnreadableEntries unreadable = new UnreadableEntries(context, ProbeNodes.REJECTED, rejection);
    ProbeTask task =
        ProbeTask.load(
            limits,
            key.isPresent(),
            new ProbeStores(context, unreadable, new LostInputs(topics, lost)),
            new ProbeSinks(context),
            metrics,
            context.currentSystemTimeMs());
    running = new Running(context, task, unreadable, lost);
    wakes.restart(
        context,
        now -> {
          unreadable.sweep(now);
          lost.tick(now, this::take);
          tickIfNeeded(now);
        });
    gauges.add(metrics.gauge("probe.pairs", "state", "known", () -> task.counts().pairs()));
    gauges.add(metrics.gauge("probe.pairs", "state", "open", () -> task.counts().open()));
    gauges.add(metrics.gauge("probe.pairs", "state", "refused", () -> task.counts().refused()));
  }

  /** The inputs, and what was told, that are wanted again where nobody can read what was kept. */
  private record LostInputs(Topics topics, WantedAgain lost) implements ProbeStores.Lost {
    @Override
    public void profile(String name) {
      lost.add(topics.profiles().name(), RecordKeys.PROFILE.encode(name));
    }

    @Override
    public void prober(String host) {
      lost.add(topics.probers().name(), RecordKeys.HOST.encode(host));
    }

    @Override
    public void verdict(ProbeKey pair) {
      lost.add(topics.probeVerdicts().name(), RecordKeys.PROBE.encode(pair));
    }
  }

  private void tickIfNeeded(long now) {
    if (task().hasWork(now)) {
      ticks.start(context(), this::tick);
    }
  }

  private void tick(long now) {
    task().tick(now);
    if (!task().hasWork(now)) {
      ticks.stop();
    }
  }

  @Override
  public void close() {
    wakes.stop();
    ticks.stop();
    if (running != null) {
      running.lost().close();
    }
    gauges.forEach(IndexerMetrics.Registration::close);
    gauges.clear();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from = context().recordMetadata().orElseThrow();
    metrics.received(from.topic());
    running().lost().came(from.topic(), record.key());
    take(record, from);
  }

  private void take(Record<byte[], byte[]> record, RecordMetadata from) {
    long now = context().currentSystemTimeMs();
    try {
      take(record, from.topic(), now);
      tickIfNeeded(now);
    } catch (BadRecordException e) {
      context().forward(rejection.of(record, from, e, now), ProbeNodes.REJECTED);
    }
  }

  private void take(Record<byte[], byte[]> record, String topic, long now)
      throws BadRecordException {
    if (topic.equals(topics.profiles().name())) {
      String key = RecordKeys.PROFILE.decode(record.key());
      Optional<ProfileRecord> profile = topics.profiles().decode(key, record.value());
      task().profile(Fingerprint.parse(key), profile.map(ProfileRecord::getCanonical), now);
      return;
    }
    if (topic.equals(topics.probeVerdicts().name())) {
      ProbeKey pair = RecordKeys.PROBE.decode(record.key());
      task().restore(ProbedPairs.pair(pair), topics.probeVerdicts().decode(pair, record.value()));
      return;
    }
    String host = RecordKeys.HOST.decode(record.key());
    if (topic.equals(topics.probers().name())) {
      Optional<Prober> prober = topics.probers().decode(host, record.value());
      task().prober(host, prober, now);
    } else {
      int generation = generation(host, record, topic);
      Optional<ProbeResult> result = topics.probeResults().decode(host, record.value());
      if (result.isPresent()) {
        result(host, result.get(), generation, now);
      }
    }
  }

  /** The generation of the key that marks a result; 0 where nobody asks for marks. */
  private int generation(String host, Record<byte[], byte[]> record, String topic)
      throws BadRecordException {
    if (key.isEmpty()) {
      return 0;
    }
    return key.get()
        .checkDocument(
            host,
            new HostRecord(topic, record.key(), record.value()),
            record.headers(),
            task().accepted(host))
        .generation();
  }

  private void result(String host, ProbeResult result, int generation, long now)
      throws BadRecordException {
    if (!host.equals(result.getHost())) {
      throw new BadRecordException(
          Code.HOST_MISMATCH, "a result of the host that its key says", result.getHost());
    }
    task()
        .result(
            ProbedPairs.pair(RecordKeys.PROBE.parse(result.getPair())), result, generation, now);
  }

  private ProcessorContext<byte[], byte[]> context() {
    return running().context();
  }

  private ProbeTask task() {
    return running().task();
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("init comes first");
    }
    return running;
  }
}
