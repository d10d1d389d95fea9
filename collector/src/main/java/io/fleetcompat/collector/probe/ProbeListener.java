package io.fleetcompat.collector.probe;

import io.fleetcompat.collector.fault.Faults;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.HostPartitioner;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbeResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads the questions to one host from now on, and answers them one after another.
 * What Kafka throws is tried again with another consumer; a question that nobody can read is left
 * out. Any thread may close it.
 */
public final class ProbeListener implements AutoCloseable {

  private static final String THREAD = "probe-requests";
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  /** The pause after Kafka has failed, or while the topic is not there. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The shortest time between two writes, whoever asks. */
  private static final Duration GAP = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(ProbeListener.class);

  private final Map<String, Object> settings;
  private final Topic<String, ProbeRequest> topic;
  private final ProbeDesk desk;
  private final Consumer<ProbeResult> results;
  private final Faults faults;
  private final Thread thread = new Thread(this::listen, THREAD);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Optional<KafkaConsumer<byte[], byte[]>> reading = Optional.empty();
  private Optional<String> trouble = Optional.empty();
  private long lastBegan = System.nanoTime() - GAP.toNanos();

  private ProbeListener(
      Map<String, String> kafka,
      Topic<String, ProbeRequest> topic,
      ProbeDesk desk,
      Consumer<ProbeResult> results,
      Faults faults) {
    this.settings = settings(kafka);
    this.topic = topic;
    this.desk = desk;
    this.results = results;
    this.faults = faults;
    thread.setDaemon(true);
  }

  /**
   * Begins to listen.
   *
   * @param kafka settings of Kafka's clients, its address among them
   * @param results takes what came of each question
   */
  public static ProbeListener start(
      Map<String, String> kafka,
      Topic<String, ProbeRequest> topic,
      ProbeDesk desk,
      Consumer<ProbeResult> results,
      Faults faults) {
    ProbeListener listener = new ProbeListener(kafka, topic, desk, results, faults);
    listener.thread.start();
    return listener;
  }

  /** Those of the configured settings that a consumer knows, and what must not be changed. */
  private static Map<String, Object> settings(Map<String, String> configured) {
    Map<String, Object> settings = new HashMap<>(configured);
    settings.keySet().retainAll(ConsumerConfig.configNames());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "fleetcompat-collector-probe");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    settings.put("enable.metrics.push", "false");
    settings.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    settings.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return settings;
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void listen() {
    try {
      while (!isStopped()) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
          reading = Optional.of(consumer);
          read(consumer);
        } catch (KafkaException e) {
          say(e.toString());
        } finally {
          reading = Optional.empty();
        }
        boolean _ = stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      faults.end(THREAD, e);
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer) {
    int partitions = consumer.partitionsFor(topic.name(), ANSWER_TIMEOUT).size();
    if (partitions == 0) {
      say("no topic " + topic.name());
      return;
    }
    TopicPartition own =
        new TopicPartition(topic.name(), HostPartitioner.partition(desk.host(), partitions));
    consumer.assign(List.of(own));
    consumer.seekToEnd(List.of(own));
    long from = consumer.position(own, ANSWER_TIMEOUT);
    LOG.info("{}: answers questions to its drivers, from {}@{} on", desk.host(), own, from);
    trouble = Optional.empty();
    while (!isStopped()) {
      consumer.poll(POLL).forEach(this::take);
    }
  }

  /** Said once, not at every attempt. */
  private void say(String found) {
    if (!isStopped() && !trouble.equals(Optional.of(found))) {
      trouble = Optional.of(found);
      LOG.warn("expected to read {}, found {}; trying for ever", topic.name(), found);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (isStopped()) {
      return;
    }
    try {
      String host = topic.keys().decode(record.key());
      Optional<ProbeRequest> request =
          host.equals(desk.host()) ? topic.decode(host, record.value()) : Optional.empty();
      request.filter(asked -> asked.getHost().equals(host)).ifPresent(this::answer);
    } catch (BadRecordException e) {
      LOG.warn(
          "a question at {}-{} is left out: {}", topic.name(), record.offset(), e.getMessage());
    } catch (RuntimeException e) {
      boolean _ = faults.isOfOneItem(desk.host() + ": probe", e);
    }
  }

  private void answer(ProbeRequest request) {
    LockSupport.parkNanos(lastBegan + GAP.toNanos() - System.nanoTime());
    lastBegan = System.nanoTime();
    ProbeResult result = desk.answer(request);
    LOG.info(
        "{}: {} was asked about a version: {} {} {}",
        desk.host(),
        result.getEndpoint(),
        result.getOutcome(),
        result.getName(),
        result.getDetail());
    results.accept(result);
  }

  /** Answers what is being answered, and stops. */
  @Override
  public void close() {
    stopped.countDown();
    reading.ifPresent(KafkaConsumer::wakeup);
    try {
      thread.join(CLOSE_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
