package io.fleetcompat.query.outcome;

import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.MigrationOutcome;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Writes outcomes to their topic. The producer is made for the first one: most processes never
 * write. Any thread.
 */
public final class OutcomeSender implements AutoCloseable {

  /** Less time is none: what is sent may be taken, and nobody would wait to hear it. */
  private static final Duration LEAST_TIME = Duration.ofMillis(100);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Topic<String, MigrationOutcome> topic;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Producer<byte[], byte[]>> producer = Optional.empty(); // guarded by lock
  private boolean closed;

  public OutcomeSender(
      Topic<String, MigrationOutcome> topic, Supplier<Producer<byte[], byte[]>> producers) {
    this.topic = topic;
    this.producers = producers;
  }

  /**
   * Writes one, and waits until Kafka has taken it.
   *
   * @throws OutcomeNotRecordedException where it has not, or nobody knows it
   * @throws InterruptedException where the process ends
   */
  public void send(String id, MigrationOutcome outcome, Duration atMost)
      throws OutcomeNotRecordedException, InterruptedException {
    if (atMost.compareTo(LEAST_TIME) < 0) {
      throw new OutcomeNotRecordedException("there was no time left to write it");
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic.name(), topic.keys().encode(id), Codecs.OUTCOME.encode(outcome));
    try {
      producer().send(record).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new OutcomeNotRecordedException(String.valueOf(cause.getMessage()), e);
    } catch (TimeoutException e) {
      throw new OutcomeNotRecordedException(
          "it did not answer within " + atMost.toMillis() + " ms", e);
    } catch (KafkaException | IllegalStateException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new OutcomeNotRecordedException(String.valueOf(cause.getMessage()), e);
    }
  }

  private Producer<byte[], byte[]> producer() {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the server is stopping");
      }
      Producer<byte[], byte[]> open = producer.orElseGet(producers);
      producer = Optional.of(open);
      return open;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      producer.ifPresent(open -> open.close(CLOSE_TIMEOUT));
    } finally {
      lock.unlock();
    }
  }
}
