package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.IndexChange.Rejected;
import io.fleetcompat.query.replica.IndexChange.Removal;
import io.fleetcompat.query.replica.IndexDecoder.Decoded;
import io.fleetcompat.query.replica.IndexLog.Position;
import io.fleetcompat.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the index topics from their beginning and publishes a snapshot per batch. No record and
 * nothing that Kafka's client throws ends it: a record that cannot be used is rejected, Kafka is
 * asked again. Only a mistake of ours or a broken machine does; then {@link #ended} says so.
 *
 * <p>One thread runs it; any thread may ask it, and close it.
 */
public final class IndexFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IndexFollower.class);
  private static final Duration MISSING_TOPIC_PAUSE = Duration.ofMillis(500);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final IndexLog log;
  private final Replica replica;
  private final Clock clock;
  private final IndexDecoder decoder;
  private final KafkaFaults faults = new KafkaFaults();
  private final RejectedRecords rejected = new RejectedRecords();
  private final LongAdder applied = new LongAdder();
  private final Thread thread;
  private ViewEdit edit;
  private boolean open;
  private long missingSaidAt = Long.MIN_VALUE;
  private volatile Optional<String> missing = Optional.empty();
  private volatile boolean closed;
  private volatile String end = "it was closed";

  /**
   * @param consumer closed with this, as are the ids
   */
  public IndexFollower(
      Consumer<byte[], byte[]> consumer,
      TopicIds topicIds,
      Topics topics,
      Replica replica,
      Clock clock) {
    List<FollowedTopic<?, ?>> followed = FollowedTopic.all(topics);
    List<String> names = followed.stream().<String>map(t -> t.topic().name()).toList();
    this.log = new IndexLog(consumer, topicIds, names, clock);
    this.replica = replica;
    this.clock = clock;
    this.decoder = new IndexDecoder(followed);
    this.edit = new ViewEdit(replica.snapshot().view());
    this.thread = Thread.ofPlatform().name("index-follower").daemon(true).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Records that could not be used. */
  public RejectedRecords rejected() {
    return rejected;
  }

  /** Records that were used. */
  public long applied() {
    return applied.sum();
  }

  /** The reason why it has stopped following for good; empty while it follows. */
  public Optional<String> ended() {
    boolean follows = thread.isAlive() || thread.getState() == Thread.State.NEW;
    return follows ? Optional.empty() : Optional.of("the index is not followed any more: " + end);
  }

  /**
   * The reason why its published snapshot may no longer be enough, although it goes on; empty where
   * it is enough.
   */
  public Optional<String> hindered() {
    return missing.map(IndexFollower::waitingFor).or(() -> faults.lasting(clock.millis()));
  }

  private static String waitingFor(String topic) {
    return "waiting for the topic " + topic + ": the indexer creates it, or 'topics --create'";
  }

  @Override
  public void close() {
    closed = true;
    if (thread.getState() == Thread.State.NEW) {
      closeLog();
      return;
    }
    log.wakeup();
    LockSupport.unpark(thread);
    try {
      if (!thread.join(CLOSE_TIMEOUT)) {
        LOG.warn("the index follower did not stop within {}", CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        try {
          step();
        } catch (KafkaFaultException e) {
          meet(e.fault());
        }
      }
    } catch (RuntimeException | Error e) {
      end = e.toString();
      LOG.error("the index is not followed any more", e);
      throw e;
    } finally {
      closeLog();
    }
  }

  /** A consumer that fails as it is closed is no reason to call an orderly end a failure. */
  private void closeLog() {
    try {
      log.close();
    } catch (RuntimeException e) {
      LOG.warn("the consumer of the index topics did not close in order: {}", e.toString());
    }
  }

  private void step() throws KafkaFaultException {
    if (!open && !open()) {
      return;
    }
    apply(log.read());
    publish(log.position());
    if (log.hasAnswered()) {
      faults.overcome();
    }
  }

  /** Begins to read; false while a topic is missing. */
  private boolean open() throws KafkaFaultException {
    missing = log.open();
    if (missing.isEmpty()) {
      open = true;
      return true;
    }
    long now = clock.millis();
    if (missingSaidAt == Long.MIN_VALUE || now - missingSaidAt > KafkaFaults.SAY_EVERY.toMillis()) {
      missingSaidAt = now;
      LOG.info(waitingFor(missing.get()));
    }
    pause(MISSING_TOPIC_PAUSE);
    return false;
  }

  private void meet(RuntimeException fault) {
    switch (fault) {
      case WakeupException _ -> {} // it was closed
      case InterruptException _ ->
          Thread.interrupted(); // by nobody of ours: it is closed otherwise
      case InvalidOffsetException e -> beginAgain(e);
      case TopicMadeAnewException e -> beginAgain(e);
      default -> pause(faults.failed(fault, clock.millis()));
    }
  }

  /**
   * The topics are others than those that were read: they were made anew, or lost their end. What
   * was read from the old ones is no answer any more.
   */
  private void beginAgain(KafkaException fault) {
    LOG.warn("the index is read again from its beginning: {}", fault.toString());
    IndexView empty = replica.snapshot().view().emptied();
    replica.publish(new Snapshot(empty, 0, 0, 0, false));
    edit = new ViewEdit(empty);
    open = false;
  }

  private void pause(Duration time) {
    if (!closed) {
      LockSupport.parkNanos(time.toNanos());
    }
  }

  private void apply(ConsumerRecords<byte[], byte[]> records) {
    for (Decoded decoded : decoder.decode(records)) {
      if (applied(decoded) instanceof Rejected(Removal _, String reason)) {
        rejected.add(decoded.record(), reason, clock.millis());
      } else {
        applied.increment();
      }
    }
  }

  /** The change that was made: the rejection of the record where its own could not be made. */
  private IndexChange applied(Decoded decoded) {
    try {
      make(decoded.change());
      return decoded.change();
    } catch (RuntimeException | StackOverflowError e) {
      Rejected rejection = IndexDecoder.rejected(decoded.removal(), e);
      make(rejection);
      return rejection;
    }
  }

  private void make(IndexChange change) {
    edit.replay(change);
    replica.hear(change);
  }

  private void publish(Position position) {
    Snapshot before = replica.snapshot();
    if (!before.ready() && position.completeAt().isEmpty()) {
      replica.publish(new Snapshot(before.view(), 0, 0, position.lag(), false));
      return;
    }
    long asOf = Math.max(before.asOf(), position.completeAt().orElse(0L));
    replica.publish(new Snapshot(edit.commit(), position.revision(), asOf, position.lag(), true));
  }
}
