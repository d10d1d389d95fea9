package io.fleetcompat.indexer.pool;

import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.report.RecordGuard;
import io.fleetcompat.indexer.report.Rejection;
import io.fleetcompat.indexer.reread.NewestRecords;
import io.fleetcompat.indexer.reread.WantedAgain;
import io.fleetcompat.indexer.sink.TopicSink;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.tick.Ticks;
import io.fleetcompat.indexer.told.Comparing;
import io.fleetcompat.indexer.told.SentKeys;
import io.fleetcompat.indexer.told.TopicAudits;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.PoolHost;
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
 * The way from what hosts bring to their pools, and what verdicts depend on, to the health of
 * pools. Records that nobody can use are rejected, overrides of operators among them. There is one
 * task of this. One stream thread.
 */
public final class PoolProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  /** The time in which changes of a pool gather before its health is assessed again. */
  private static final Duration TICK = Duration.ofMillis(200);

  /** The time after which it looks whether overrides have expired. */
  private static final Duration WAKE = Duration.ofSeconds(1);

  private final Topics topics;
  private final NewestRecords newest;
  private final Comparing comparing;
  private final IndexerMetrics metrics;
  private final Rejection rejection;
  private final InputRecords records;
  private final RecordGuard guard = new RecordGuard();
  private final Ticks wakes = new Ticks(WAKE);
  private final Ticks ticks = new Ticks(TICK);
  private final List<IndexerMetrics.Registration> gauges = new ArrayList<>();
  private @Nullable Running running;

  /**
   * The parts that are there while the task runs; made anew by every init, since tasks are revived.
   */
  private record Running(
      ProcessorContext<byte[], byte[]> context,
      KeptInputs inputs,
      PoolTask task,
      UnreadableEntries unreadable,
      WantedAgain lost,
      TopicAudits audits) {}

  /**
   * Made for one task.
   *
   * @param newest reads inputs again where what was kept of them is lost
   * @param comparing of the topic of pools' health
   */
  public PoolProcessor(
      Topics topics, NewestRecords newest, Comparing comparing, IndexerMetrics metrics) {
    this.topics = topics;
    this.newest = newest;
    this.comparing = comparing;
    this.metrics = metrics;
    this.rejection = new Rejection(metrics);
    this.records = new InputRecords(topics);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    close();
    WantedAgain lost = new WantedAgain(newest, context.taskId().partition());
    UnreadableEntries unreadable = new UnreadableEntries(context, PoolNodes.REJECTED, rejection);
    PoolStores stores =
        new PoolStores(
            context,
            unreadable,
            host -> lost.add(topics.poolMembers().name(), RecordKeys.HOST.encode(host)));
    SentKeys sent = new SentKeys();
    TopicSink<String> sink =
        new TopicSink<>(context, PoolNodes.HEALTH, RecordKeys.POOL, Optional.of(sent));
    TopicAudits audits =
        new TopicAudits(comparing, context, metrics)
            .add(topics.poolHealth(), PoolNodes.HEALTH, stores.toldHealths(), sent);
    PoolChanges changes = new PoolChanges(context);
    PoolTask task = PoolTask.load(stores, new ToldHealths(stores, sink, changes), metrics);
    stores.forEachInput((topic, key, value) -> restore(task, stores, lost, topic, key, value));
    KeptInputs inputs = new KeptInputs(topics, stores, changes);
    running = new Running(context, inputs, task, unreadable, lost, audits);
    wakes.restart(
        context,
        now -> {
          unreadable.sweep(now);
          lost.tick(now, this::take);
          tickIfNeeded(now);
          if (isWhole()) {
            audits.tick(now);
          }
        });
    gauges.add(metrics.gauge("pools", "state", "known", task::pools));
    gauges.add(metrics.gauge("pools", "state", "waiting", task::waiting));
  }

  /** Takes up a stored record; one that this version cannot use is read again where it is from. */
  private void restore(
      PoolTask task, PoolStores stores, WantedAgain lost, String topic, byte[] key, byte[] value) {
    try {
      records.read(topic, key, value, task);
    } catch (BadRecordException e) {
      Runnable mend =
          records.isInput(topic)
              ? () -> lost.add(topic, key)
              : () -> stores.putInput(topic, key, null);
      stores.unreadableInput(topic, key, value, e, mend);
    }
  }

  private void tickIfNeeded(long now) {
    if (isWhole() && running().task().hasWork(now)) {
      ticks.start(running().context(), this::tick);
    }
  }

  /** Nothing is told of pools while a part of what is kept of them is read again. */
  private boolean isWhole() {
    return running().unreadable().isEmpty() && running().lost().isEmpty();
  }

  private void tick(long now) {
    running().task().tick(now);
    if (!running().task().hasWork(now)) {
      ticks.stop();
    }
  }

  @Override
  public void close() {
    wakes.stop();
    ticks.stop();
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
    running().lost().came(from.topic(), record.key());
    take(record, from);
  }

  private void take(Record<byte[], byte[]> record, RecordMetadata from) {
    long now = running().context().currentSystemTimeMs();
    try {
      if (from.topic().equals(topics.poolMembers().name())) {
        host(record);
      } else {
        input(record, from.topic());
      }
    } catch (BadRecordException e) {
      running().context().forward(rejection.of(record, from, e, now), PoolNodes.REJECTED);
    }
    tickIfNeeded(now);
  }

  /** A record that nobody can use ends what its host brought: nobody knows what it has now. */
  private void host(Record<byte[], byte[]> record) throws BadRecordException {
    String host = RecordKeys.HOST.decode(record.key());
    Optional<PoolHost> member = Optional.empty();
    try {
      member = guard.run(() -> member(host, record.value()));
    } finally {
      running().task().host(host, member);
    }
  }

  private Optional<PoolHost> member(String host, byte @Nullable [] value)
      throws BadRecordException {
    Optional<PoolHost> member = topics.poolMembers().decode(host, value);
    if (member.isPresent()) {
      PoolStores.requireHost(host, member.get());
    }
    return member;
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("init comes first");
    }
    return running;
  }

  /** Keeps what verdicts depend on; what a record ends that cannot be used is kept no more. */
  private void input(Record<byte[], byte[]> record, String topic) throws BadRecordException {
    KeptInputs inputs = running().inputs();
    try {
      if (records.read(topic, record.key(), record.value(), running().task())) {
        inputs.put(topic, record.key(), record.value());
      }
    } catch (BadRecordException e) {
      if (record.key() != null) {
        inputs.put(topic, record.key(), null);
      }
      throw e;
    }
  }
}
