package io.fleetcompat.collector.publish;

import io.fleetcompat.collector.fault.Faults;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.HostPartitioner;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostInventory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of each host's newest document to Kafka, however long that takes: it never blocks who
 * hands one over, keeps one record per host and topic, and tries for ever. Whatever a producer
 * throws is tried again with another one; an error ends the thread, and {@link #faults} says so.
 * One for all hosts of a process.
 *
 * <p>Any number of threads may hand over; one thread of its own sends.
 */
public final class InventoryPublisher implements AutoCloseable {

  /** Records on their way at once. */
  static final int MAX_IN_FLIGHT = 256;

  static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  static final Duration LAST_BACKOFF = Duration.ofSeconds(10);

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
  private static final long TAKE_MILLIS = 1000;

  /** Beyond the time that a producer takes itself to say what became of a record. */
  private static final Duration ANSWER_MARGIN = Duration.ofSeconds(30);

  private static final String THREAD = "inventory-publisher";
  private static final Logger LOG = LoggerFactory.getLogger(InventoryPublisher.class);

  private final Topics topics;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final Duration patience;
  private final Faults faults = new Faults();
  private final Outbox outbox = new Outbox(MAX_IN_FLIGHT);
  private final PublisherMetrics metrics;
  private final Thread sender;
  private final Backoff backoff = new Backoff(FIRST_BACKOFF, LAST_BACKOFF);

  /** By host, why its newest record was refused. */
  private final Map<String, String> refusals = new ConcurrentHashMap<>();

  private volatile boolean closed;
  private volatile boolean broken;
  private @Nullable Producer<byte[], byte[]> producer;

  /**
   * @param kafka producer properties, such as {@code bootstrap.servers}
   * @throws org.apache.kafka.common.config.ConfigException for properties that no producer takes
   */
  public InventoryPublisher(Map<String, String> kafka, Topics topics, MeterRegistry registry) {
    this(
        producers(kafka),
        ProducerSettings.deliveryTimeout(kafka).plus(ANSWER_MARGIN),
        topics,
        registry);
  }

  /** With producers of a test's own. */
  InventoryPublisher(
      Supplier<Producer<byte[], byte[]>> producers,
      Duration patience,
      Topics topics,
      MeterRegistry registry) {
    this.producers = producers;
    this.patience = patience;
    this.topics = topics;
    this.metrics = PublisherMetrics.of(registry, outbox);
    this.sender = new Thread(this::sendAll, THREAD);
    sender.setDaemon(true);
    sender.start();
  }

  private static Supplier<Producer<byte[], byte[]>> producers(Map<String, String> kafka) {
    ProducerSettings.check(kafka);
    Map<String, String> settings = Map.copyOf(kafka);
    return () -> new KafkaProducer<>(ProducerSettings.properties(settings));
  }

  /**
   * Replaces the host's unsent document, if there is one. A document that no reader would accept is
   * refused instead: see {@link #refusal}.
   */
  public void publish(HostInventory document) {
    byte[] bytes = Codecs.HOST_INVENTORY.encode(document);
    try {
      Codecs.HOST_INVENTORY.check(document);
    } catch (BadRecordException e) {
      refuse(documentOf(document.getHost()), e.getMessage());
      return;
    }
    if (bytes.length > Limits.RECORD_BYTES) {
      refuse(documentOf(document.getHost()), "found " + bytes.length + " bytes");
      return;
    }
    refusals.remove(document.getHost());
    outbox.put(documentOf(document.getHost()), () -> bytes);
  }

  /** Replaces the host's unsent capacity, if there is one. */
  public void publish(HostCapacity capacity) {
    byte[] bytes = Codecs.HOST_CAPACITY.encode(capacity);
    put(topics.hostCapacity(), capacity.getHost(), () -> bytes);
  }

  /**
   * The reason why the host's newest document was refused, and so will not reach Kafka; empty where
   * it was not refused.
   */
  public Optional<String> refusal(String host) {
    return Optional.ofNullable(refusals.get(host));
  }

  /** The host is gone on purpose: tombstones on both topics. */
  public void remove(String host) {
    refusals.remove(host);
    put(topics.hostInventory(), host, () -> null);
    put(topics.hostCapacity(), host, () -> null);
  }

  /** The faults after which nothing is sent any more, or nothing else can be trusted. */
  public Faults faults() {
    return faults;
  }

  /** Records that Kafka does not have yet. */
  public int unsent() {
    return outbox.size();
  }

  /** Waits until Kafka has all that was handed over; false where that takes longer. */
  public boolean flush(Duration most) {
    try {
      return outbox.awaitEmpty(most.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Sends what it can within a few seconds, and stops. */
  @Override
  public void close() {
    boolean sent = flush(CLOSE_WAIT);
    closed = true;
    sender.interrupt();
    try {
      sender.join(CLOSE_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!sent) {
      LOG.warn("Stopped with {} records that Kafka does not have", outbox.size());
    }
  }

  private Outbox.Slot documentOf(String host) {
    return new Outbox.Slot(topics.hostInventory().name(), host);
  }

  private void put(Topic<?, ?> topic, String host, Outbox.Content content) {
    outbox.put(new Outbox.Slot(topic.name(), host), content);
  }

  private void sendAll() {
    try {
      while (!closed) {
        giveUpOverdue();
        Optional<Outbox.Pending> next = outbox.take(TAKE_MILLIS);
        if (next.isPresent()) {
          send(next.get());
          backoff.sleep();
        }
      }
    } catch (InterruptedException e) {
      if (!closed) {
        faults.end(THREAD, e);
      }
    } catch (RuntimeException | Error e) {
      faults.end(THREAD, e);
    } finally {
      // The producer's close would give up at once where the thread is still interrupted.
      boolean _ = Thread.interrupted();
      closeProducer();
    }
  }

  /** A producer whose own thread is gone tells of nothing any more: another takes its place. */
  private void giveUpOverdue() {
    for (Outbox.Pending pending : outbox.overdue(patience)) {
      failed(pending, new TimeoutException("no answer of the producer within " + patience));
      broken = true;
    }
  }

  private void send(Outbox.Pending pending) {
    Outbox.Slot slot = pending.slot();
    byte[] value = pending.content().bytes();
    int size = value == null ? 0 : value.length;
    if (size > Limits.RECORD_BYTES) {
      refuse(slot, "found " + size + " bytes");
      outbox.done(pending);
      return;
    }
    try {
      byte[] key = RecordKeys.HOST.encode(slot.host());
      Producer<byte[], byte[]> open = producer();
      int partitions = open.partitionsFor(slot.topic()).size();
      int partition = HostPartitioner.partition(slot.host(), partitions);
      Future<RecordMetadata> _ =
          open.send(
              new ProducerRecord<>(slot.topic(), partition, key, value),
              (_, failure) -> answered(pending, size, failure));
    } catch (RuntimeException e) {
      failed(pending, e);
    }
  }

  /** On the producer's own thread, which must not be left with what goes wrong here. */
  private void answered(Outbox.Pending pending, int size, @Nullable Exception failure) {
    try {
      if (failure == null) {
        sent(pending, size);
      } else {
        failed(pending, failure);
      }
    } catch (RuntimeException | Error e) {
      boolean _ = faults.isOfOneItem(THREAD, e);
      broken = true;
      outbox.failed(pending);
    }
  }

  private void sent(Outbox.Pending pending, int size) {
    backoff.succeeded();
    metrics.sent().increment();
    metrics.bytes().increment(size);
    if (pending.slot().equals(documentOf(pending.slot().host()))) {
      refusals.remove(pending.slot().host());
    }
    outbox.done(pending);
  }

  /** On the producer's own thread, or on ours. */
  private void failed(Outbox.Pending pending, Exception failure) {
    if (failure instanceof RecordTooLargeException) {
      refuse(pending.slot(), failure.getMessage());
      outbox.done(pending);
      return;
    }
    metrics.failures().increment();
    if (backoff.failed()) {
      LOG.warn(
          "Expected Kafka to take {} of {}, found {}; trying for ever",
          pending.slot().topic(),
          pending.slot().host(),
          failure.toString());
    }
    // An idempotent producer that has met such an error takes nothing more: a new one does.
    if (!(failure instanceof RetriableException)) {
      broken = true;
    }
    outbox.failed(pending);
  }

  /** A host without a valid document must fall silent, so its owner asks for {@link #refusal}. */
  private void refuse(Outbox.Slot slot, @Nullable String found) {
    metrics.refused().increment();
    String why =
        "expected a record for %s of at most %d bytes that readers accept, found: %s"
            .formatted(slot.topic(), Limits.RECORD_BYTES, found);
    if (!why.equals(refusals.put(slot.host(), why))) {
      LOG.error("{}: {}; it sends no sign of life until that is mended", slot.host(), why);
    }
  }

  private Producer<byte[], byte[]> producer() {
    if (broken) {
      closeProducer();
      broken = false;
    }
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      open = producers.get();
      producer = open;
    }
    return open;
  }

  private void closeProducer() {
    Producer<byte[], byte[]> open = producer;
    producer = null;
    if (open == null) {
      return;
    }
    try {
      open.close(Duration.ZERO);
    } catch (RuntimeException e) {
      LOG.debug("A producer that is given up did not close", e);
    }
  }
}
