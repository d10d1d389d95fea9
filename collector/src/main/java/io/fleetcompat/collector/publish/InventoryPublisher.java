package io.fleetcompat.collector.publish;

import io.fleetcompat.collector.fault.Faults;
import io.fleetcompat.keys.HostKeys;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.ProbeResult;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of each host's newest document to Kafka, however long that takes: it never blocks who
 * hands one over, keeps one record per host and topic, and tries for ever. After what {@link
 * #faults} says, nothing is sent any more. One for all hosts of a process.
 *
 * <p>Any number of threads may hand over; one thread of its own sends.
 */
public final class InventoryPublisher implements AutoCloseable {

  /** Records on their way at once. */
  static final int MAX_IN_FLIGHT = 256;

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  /** The time beyond that which a producer takes itself to say what became of a record. */
  private static final Duration ANSWER_MARGIN = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(InventoryPublisher.class);

  private final Topics topics;
  private final DocumentLog documents;
  private final Faults faults = new Faults();
  private final Outbox outbox;
  private final Refusals refusals = new Refusals();
  private final PublisherMetrics metrics;
  private final RecordMarks marks;
  private final Sender sender;

  /**
   * @param kafka producer properties, such as {@code bootstrap.servers}
   * @param keys with which records are marked
   * @throws org.apache.kafka.common.config.ConfigException for properties that no producer takes
   */
  public InventoryPublisher(
      Map<String, String> kafka, Topics topics, HostKeys keys, MeterRegistry registry) {
    this(
        new Outbox(MAX_IN_FLIGHT),
        documents -> producers(kafka, documents),
        ProducerSettings.deliveryTimeout(kafka).plus(ANSWER_MARGIN),
        topics,
        new RecordMarks(keys, topics),
        registry);
    sender.start();
  }

  /**
   * @param producers gives a producer each time that the last one is given up; a test has its own
   * @param patience how long a producer may take to say what became of a record
   */
  public InventoryPublisher(
      Supplier<Producer<byte[], byte[]>> producers,
      Duration patience,
      Topics topics,
      MeterRegistry registry) {
    this(
        new Outbox(MAX_IN_FLIGHT),
        _ -> producers,
        patience,
        topics,
        new RecordMarks(HostKeys.none(), topics),
        registry);
    sender.start();
  }

  private InventoryPublisher(
      Outbox outbox,
      Function<DocumentLog, Supplier<Producer<byte[], byte[]>>> producers,
      Duration patience,
      Topics topics,
      RecordMarks marks,
      MeterRegistry registry) {
    this.topics = topics;
    this.outbox = outbox;
    this.documents = new DocumentLog(topics.hostInventory().name());
    this.metrics = PublisherMetrics.of(registry, outbox);
    ProducerHolder holder = new ProducerHolder(producers.apply(documents));
    this.marks = marks;
    this.sender = new Sender(outbox, holder, documents, marks, patience, refusals, metrics, faults);
  }

  /** A publisher that sends nothing: who has the outbox takes the records out, and marks them. */
  static InventoryPublisher into(
      Outbox outbox, RecordMarks marks, Topics topics, MeterRegistry registry) {
    Supplier<Producer<byte[], byte[]>> none =
        () -> {
          throw new IllegalStateException("nothing is sent from here");
        };
    return new InventoryPublisher(outbox, _ -> none, Duration.ZERO, topics, marks, registry);
  }

  private static Supplier<Producer<byte[], byte[]>> producers(
      Map<String, String> kafka, DocumentLog documents) {
    ProducerSettings.check(kafka);
    Map<String, String> settings = Map.copyOf(kafka);
    return () -> new KafkaProducer<>(ProducerSettings.properties(settings, documents));
  }

  /**
   * Replaces the host's unsent document, if there is one, and gives the digest of what is sent. A
   * document that no reader would accept is refused instead, and has no digest: see {@link
   * #refusal}.
   */
  public Optional<DocumentDigest> publish(HostInventory document) {
    Outbox.Slot slot = slot(topics.hostInventory(), document.getHost());
    long number = refusals.next();
    try {
      Codecs.HOST_INVENTORY.check(document);
    } catch (BadRecordException e) {
      refuse(slot, number, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    byte[] bytes = Codecs.HOST_INVENTORY.encode(document);
    if (bytes.length > Limits.RECORD_BYTES) {
      refuse(slot, number, bytes.length + " bytes");
      return Optional.empty();
    }
    refusals.settle(slot.host(), number);
    outbox.put(slot, new Outbox.Content(document.getEpoch(), number, true, bytes));
    return Optional.of(DocumentDigest.of(bytes));
  }

  /** A host without a valid document must fall silent, so its owner asks for {@link #refusal}. */
  private void refuse(Outbox.Slot slot, long number, String found) {
    metrics.refused().increment();
    refusals.refuse(slot, number, Refusals.notAcceptable(slot, found));
  }

  /** Replaces the host's unsent capacity, if there is one. */
  public void publish(HostCapacity capacity) {
    outbox.put(
        slot(topics.hostCapacity(), capacity.getHost()),
        new Outbox.Content(
            capacity.getEpoch(), refusals.next(), false, Codecs.HOST_CAPACITY.encode(capacity)));
  }

  /**
   * Replaces the host's unsent result, if there is one: a host is asked one question at a time, so
   * nobody waits for an older one any more.
   */
  public void publish(ProbeResult result) {
    outbox.put(
        slot(topics.probeResults(), result.getHost()),
        new Outbox.Content(0, refusals.next(), false, Codecs.PROBE_RESULT.encode(result)));
  }

  /**
   * The reason why the host's newest document was refused, and so will not reach Kafka; empty where
   * it was not refused.
   */
  public Optional<String> refusal(String host) {
    return refusals.of(host).or(() -> marks.missing(host));
  }

  /** The reason why the key with which the host marks may not count any more; mostly empty. */
  public Optional<String> keyFault(String host) {
    return marks.fault(host);
  }

  /** False where the host's newest document is one that no reader would take. */
  public boolean isAcceptable(String host) {
    return refusals.of(host).isEmpty();
  }

  /**
   * The host is gone on purpose: tombstones on both topics.
   *
   * @param epoch of its collector; nothing of that epoch is sent after this
   */
  public void remove(String host, long epoch) {
    long number = refusals.next();
    refusals.settle(host, number);
    outbox.put(slot(topics.hostInventory(), host), new Outbox.Content(epoch, number, true, null));
    outbox.put(slot(topics.hostCapacity(), host), new Outbox.Content(epoch, number, false, null));
  }

  /**
   * Calls that whenever Kafka has lost the documents that it had, or has those of the host with the
   * mark of a key that it has no more, until the answer is run. It must not wait.
   */
  public Runnable onLoss(String host, Runnable listener) {
    Runnable log = documents.onLoss(listener);
    Runnable key = marks.onNewKey(host, listener);
    return () -> {
      log.run();
      key.run();
    };
  }

  /** True where Kafka has all that was handed over of the host. */
  public boolean isSent(String host) {
    return !outbox.holds(slot(topics.hostInventory(), host))
        && !outbox.holds(slot(topics.hostCapacity(), host));
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
    sender.stop(CLOSE_WAIT);
    if (!sent) {
      LOG.warn("Stopped with {} records that Kafka does not have", outbox.size());
    }
  }

  private static Outbox.Slot slot(Topic<?, ?> topic, String host) {
    return new Outbox.Slot(topic.name(), host);
  }
}
