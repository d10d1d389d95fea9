package io.fleetcompat.query.follow;

import io.fleetcompat.query.follow.TopicLog.Position;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that follows topics for a reader. Nothing that Kafka's client throws ends it: Kafka is
 * asked again. Only a mistake of ours or a broken machine does; then {@link #ended} says so.
 *
 * <p>One thread runs it; any thread may ask it, and close it.
 */
public final class TopicFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration MISSING_TOPIC_PAUSE = Duration.ofMillis(500);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final String what;
  private final TopicLog log;
  private final TopicReader reader;
  private final Clock clock;
  private final KafkaFaults faults = new KafkaFaults();
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition reached = lock.newCondition();
  private long readQuestion; // guarded by lock
  private boolean open;
  private long missingSaidAt = Long.MIN_VALUE;
  private volatile Optional<String> missing = Optional.empty();
  private volatile boolean closed;
  private volatile String end = "it was closed";

  /**
   * @param what is followed, for the log and whoever asks: {@code index}
   * @param consumer closed with this, as are the ids
   */
  public TopicFollower(
      String what,
      Consumer<byte[], byte[]> consumer,
      TopicIds topicIds,
      List<String> topics,
      TopicReader reader,
      Clock clock) {
    this.what = what;
    this.log = new TopicLog(consumer, topicIds, topics, clock);
    this.reader = reader;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name(what + "-follower").daemon(true).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** The reason why it has stopped following for good; empty while it follows. */
  public Optional<String> ended() {
    boolean follows = thread.isAlive() || thread.getState() == Thread.State.NEW;
    return follows
        ? Optional.empty()
        : Optional.of("the %s is not followed any more: %s".formatted(what, end));
  }

  /**
   * The reason why what was read may no longer be enough, although it goes on; empty where it is
   * enough.
   */
  public Optional<String> hindered() {
    return missing.map(TopicFollower::waitingFor).or(() -> faults.lasting(clock.millis()));
  }

  private static String waitingFor(String topic) {
    return "waiting for the topic " + topic + ": the indexer creates it, or 'topics --create'";
  }

  /**
   * Waits until all that Kafka had when this was called is read, that of open transactions too;
   * false where it was not in time. Who waits at the same time shares one question to Kafka.
   */
  public boolean awaitCurrent(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    long question = log.askSoon();
    lock.lock();
    try {
      while (readQuestion < question && left > 0 && !closed) {
        left = reached.awaitNanos(left);
      }
      return readQuestion >= question;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    wakeWaiters();
    if (thread.getState() == Thread.State.NEW) {
      closeLog();
      return;
    }
    log.wakeup();
    LockSupport.unpark(thread);
    try {
      if (!thread.join(CLOSE_TIMEOUT)) {
        LOG.warn("the follower of the {} did not stop within {}", what, CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void wakeWaiters() {
    lock.lock();
    try {
      reached.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (!closed) {
        try {
          stepOrMeet();
        } catch (ReadAgainException e) {
          open = false;
          pause(e.pause());
        }
      }
    } catch (RuntimeException | Error e) {
      end = e.toString();
      LOG.error("the {} is not followed any more", what, e);
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
      LOG.warn("the consumer of the {} did not close in order: {}", what, e.toString());
    }
  }

  private void stepOrMeet() {
    try {
      step();
    } catch (KafkaFaultException e) {
      meet(e.fault());
    }
  }

  private void step() throws KafkaFaultException {
    if (!open && !open()) {
      return;
    }
    reader.read(log.read());
    reached(log.position());
    if (log.hasAnswered()) {
      faults.overcome();
    }
  }

  private void reached(Position position) {
    reader.reached(position.revision(), position.lag(), position.completeAt());
    lock.lock();
    try {
      if (readQuestion < position.awaited()) {
        readQuestion = position.awaited();
        reached.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Begins to read; false while a topic is missing. */
  private boolean open() throws KafkaFaultException {
    missing = log.find();
    if (missing.isEmpty()) {
      log.begin(reader.begin(log.found()));
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
      case WakeupException _ -> {} // it was closed, or asked to ask Kafka
      case InterruptException _ ->
          Thread.interrupted(); // by nobody of ours: it is closed otherwise
      case InvalidOffsetException e -> beginAgain(e);
      case TopicMadeAnewException e -> beginAgain(e);
      default -> pause(faults.failed(fault, clock.millis()));
    }
  }

  /** The topics were made anew, or lost their end: what was read from the old ones is no answer. */
  private void beginAgain(RuntimeException fault) {
    reader.forget(fault.toString());
    open = false;
  }

  private void pause(Duration time) {
    if (!closed) {
      LockSupport.parkNanos(time.toNanos());
    }
  }
}
