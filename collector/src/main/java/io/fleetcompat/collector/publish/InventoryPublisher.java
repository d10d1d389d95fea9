package io.fleetcompat.collector.publish;

import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.HostPartitioner;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostInventory;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the newest document of each host to Kafka, however long that takes: it never blocks who
 * hands one over, keeps one record per host and topic, and tries for ever. One for all hosts of a
 * process.
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
  private static final Logger LOG = LoggerFactory.getLogger(InventoryPublisher.class);

  private final Topics topics;
  private final Map<String, String> kafka;
  private final Outbox outbox = new Outbox(MAX_IN_FLIGHT);
  private final PublisherMetrics metrics;
  private final Thread sender;
  private final Backoff backoff = new Backoff(FIRST_BACKOFF, LAST_BACKOFF);
  private volatile boolean closed;
  private volatile boolean broken;
  private @Nullable Producer<byte[], byte[]> producer;

  /**
   * @param kafka producer properties, such as {@code bootstrap.servers}
   * @throws org.apache.kafka.common.config.ConfigException for properties that no producer takes
   */
  public InventoryPublisher(Map<String, String> kafka, Topics topics, MeterRegistry registry) {
    this.kafka = Map.copyOf(kafka);
    this.topics = topics;
    ProducerSettings.check(kafka);
    this.metrics = PublisherMetrics.of(registry, outbox);
    this.sender = new Thread(this::sendAll, "inventory-publisher");
    sender.setDaemon(true);
    sender.start();
  }

  /** Replaces the host's unsent document, if there is one. */
  public void publish(HostInventory document) {
    byte[] bytes = Codecs.HOST_INVENTORY.encode(document);
    put(topics.hostInventory(), document.getHost(), () -> bytes);
  }

  /** Replaces the host's unsent capacity, if there is one. */
  public void publish(HostCapacity capacity) {
    byte[] bytes = Codecs.HOST_CAPACITY.encode(capacity);
    put(topics.hostCapacity(), capacity.getHost(), () -> bytes);
  }

  /** The host is gone on purpose: tombstones on both topics. */
  public void remove(String host) {
    put(topics.hostInventory(), host, () -> null);
    put(topics.hostCapacity(), host, () -> null);
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

  private void put(Topics.Topic topic, String host, Outbox.Content content) {
    outbox.put(new Outbox.Slot(topic.name(), host), content);
  }

  private void sendAll() {
    try {
      while (!closed) {
        Optional<Outbox.Pending> next = outbox.take(TAKE_MILLIS);
        if (next.isPresent()) {
          send(next.get());
          backoff.sleep();
        }
      }
    } catch (InterruptedException e) {
      // Somebody closed us. This thread ends here, and the producer must not see the interrupt.
    } finally {
      // The producer's close would give up at once where the thread is still interrupted.
      boolean _ = Thread.interrupted();
      closeProducer();
    }
  }

  private void send(Outbox.Pending pending) {
    Outbox.Slot slot = pending.slot();
    byte[] value = pending.content().bytes();
    int size = value == null ? 0 : value.length;
    if (size > Topics.MAX_RECORD_BYTES) {
      refuse(slot, "found " + size);
      return;
    }
    try {
      byte[] key = slot.host().getBytes(StandardCharsets.UTF_8);
      Producer<byte[], byte[]> open = producer();
      int partitions = open.partitionsFor(slot.topic()).size();
      int partition = HostPartitioner.partition(slot.host(), partitions);
      Future<RecordMetadata> _ =
          open.send(
              new ProducerRecord<>(slot.topic(), partition, key, value),
              (_, failure) -> sent(pending, size, failure));
    } catch (KafkaException e) {
      sent(pending, size, e);
    }
  }

  /** On the producer's own thread, or on ours. */
  private void sent(Outbox.Pending pending, int size, @Nullable Exception failure) {
    if (failure == null) {
      backoff.succeeded();
      metrics.sent().increment();
      metrics.bytes().increment(size);
      outbox.done(pending.slot());
      return;
    }
    if (failure instanceof RecordTooLargeException) {
      refuse(pending.slot(), failure.getMessage());
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

  private void refuse(Outbox.Slot slot, @Nullable String found) {
    metrics.refused().increment();
    LOG.error(
        "Expected a record of at most {} bytes for {} of {}, {}: lower bounds.bytes",
        Topics.MAX_RECORD_BYTES,
        slot.topic(),
        slot.host(),
        found);
    outbox.done(slot);
  }

  private Producer<byte[], byte[]> producer() {
    if (broken) {
      closeProducer();
      broken = false;
    }
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      open = new KafkaProducer<>(ProducerSettings.properties(kafka));
      producer = open;
    }
    return open;
  }

  private void closeProducer() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }
}
