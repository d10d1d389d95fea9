package io.fleetcompat.collector.publish;

import io.fleetcompat.collector.fault.Faults;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.RecordKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that sends what the outbox has, for as long as each record takes. Whatever a producer
 * throws is tried again with another one; an error ends the thread, and {@link Faults} says so.
 * Answers come on the producer's own thread; any thread stops it.
 */
final class Sender {

  static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  static final Duration LAST_BACKOFF = Duration.ofSeconds(10);

  private static final long TAKE_MILLIS = 1000;
  private static final String THREAD = "inventory-publisher";
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  private final Outbox outbox;
  private final ProducerHolder producers;
  private final DocumentLog documents;
  private final RecordMarks marks;
  private final Duration patience;
  private final Refusals refusals;
  private final PublisherMetrics metrics;
  private final Faults faults;
  private final Backoff backoff = new Backoff(FIRST_BACKOFF, LAST_BACKOFF);
  private final Thread thread = new Thread(this::sendAll, THREAD);
  private volatile boolean stopped;

  /**
   * @param patience how long a producer may take to say what became of a record
   */
  Sender(
      Outbox outbox,
      ProducerHolder producers,
      DocumentLog documents,
      RecordMarks marks,
      Duration patience,
      Refusals refusals,
      PublisherMetrics metrics,
      Faults faults) {
    this.outbox = outbox;
    this.producers = producers;
    this.documents = documents;
    this.marks = marks;
    this.patience = patience;
    this.refusals = refusals;
    this.metrics = metrics;
    this.faults = faults;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Ends the thread, whatever it waits for; waits for that at most that long. */
  void stop(Duration most) {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(most.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendAll() {
    try {
      while (!stopped) {
        giveUpOverdue();
        Optional<Outbox.Pending> next = outbox.take(TAKE_MILLIS);
        if (next.isPresent()) {
          send(next.get());
          backoff.sleep();
        }
      }
    } catch (InterruptedException e) {
      if (!stopped) {
        faults.end(THREAD, e);
      }
    } catch (RuntimeException | Error e) {
      faults.end(THREAD, e);
    } finally {
      // The producer's close would give up at once where the thread is still interrupted.
      boolean _ = Thread.interrupted();
      producers.close();
    }
  }

  /** A producer whose own thread is gone tells of nothing any more: another takes its place. */
  private void giveUpOverdue() {
    for (Outbox.Pending pending : outbox.overdue(patience)) {
      failed(pending, new TimeoutException("no answer of the producer within " + patience));
      producers.giveUp();
    }
  }

  private void send(Outbox.Pending pending) {
    Outbox.Slot slot = pending.slot();
    byte[] value = pending.content().bytes();
    int size = value == null ? 0 : value.length;
    if (size > Limits.RECORD_BYTES) {
      refuse(pending, Refusals.notAcceptable(slot, size + " bytes"));
      return;
    }
    try {
      byte[] key = RecordKeys.HOST.encode(slot.host());
      // Its partition is HostPartitioning's.
      Future<RecordMetadata> _ =
          producers
              .open()
              .send(
                  new ProducerRecord<>(
                      slot.topic(), null, key, value, marks.of(slot, key, pending.content())),
                  (where, failure) -> answered(pending, size, where, failure));
    } catch (IOException e) {
      LOG.debug("no key", e); // the marks have said so, once
      metrics.refused().increment();
      outbox.done(pending);
    } catch (RuntimeException e) {
      failed(pending, e);
    }
  }

  /** Runs on the producer's own thread, which must not be left with what goes wrong here. */
  private void answered(
      Outbox.Pending pending,
      int size,
      @Nullable RecordMetadata where,
      @Nullable Exception failure) {
    try {
      if (failure == null) {
        sent(pending, size);
        note(pending.slot(), where);
      } else {
        failed(pending, failure);
      }
    } catch (RuntimeException | Error e) {
      boolean _ = faults.isOfOneItem(THREAD, e);
      producers.giveUp();
      outbox.failed(pending);
    }
  }

  private void note(Outbox.Slot slot, @Nullable RecordMetadata where) {
    if (where != null && where.hasOffset() && slot.topic().equals(documents.topic())) {
      documents.acknowledged(where.partition(), where.offset());
    }
  }

  private void sent(Outbox.Pending pending, int size) {
    backoff.succeeded();
    metrics.sent().increment();
    metrics.bytes().increment(size);
    if (pending.content().settles()) {
      refusals.settle(pending.slot().host(), pending.content().number());
    }
    outbox.done(pending);
  }

  /** Runs on the producer's own thread, or on ours. */
  private void failed(Outbox.Pending pending, Exception failure) {
    if (failure instanceof RecordTooLargeException) {
      refuse(pending, Refusals.notAcceptable(pending.slot(), String.valueOf(failure.getMessage())));
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
      producers.giveUp();
    }
    outbox.failed(pending);
  }

  private void refuse(Outbox.Pending pending, String why) {
    metrics.refused().increment();
    refusals.refuse(pending.slot(), pending.content().number(), why);
    outbox.done(pending);
  }
}
