package io.fleetcompat.indexer.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watchdog that notices that inputs grow while nothing of them is committed: one line in the log,
 * a metric, and a reason not to be ready, until it is over. It does not restart anything: what it
 * was seen to find is in the broker, and stays there (ADR 0015).
 *
 * <p>Threads: one of its own; {@link #stall} may be called from any.
 */
public final class Watchdog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  /** Looks within the time that is tolerated. */
  private static final int LOOKS = 6;

  /** Partitions that a sentence names. */
  private static final int SHOWN = 4;

  private static final Duration MOST_BETWEEN_LOOKS = Duration.ofSeconds(10);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);
  private static final String WHAT_TO_DO = "docs/operations.md, \"The index stands still\"";

  private final Application application;
  private final Duration tolerated;
  private final Backlog backlog = new Backlog();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile Sight sight = Sight.ALL_WELL;

  /** Opened by the first look, and again after a look that failed for no reason of Kafka's. */
  private @Nullable KafkaView view;

  private long answeredAt = System.nanoTime();

  /**
   * The findings of the last look.
   *
   * @param stalled the number of partitions that stand still; NaN where that cannot be seen
   * @param reason the same in words; empty while all is well
   */
  private record Sight(double stalled, Optional<String> reason) {

    static final Sight ALL_WELL = new Sight(0, Optional.empty());

    static Sight none(String reason) {
      return new Sight(Double.NaN, Optional.of(reason));
    }

    boolean isBlind() {
      return Double.isNaN(stalled);
    }
  }

  private Watchdog(Application application, Duration tolerated) {
    this.application = application;
    this.tolerated = tolerated;
    this.thread = Thread.ofPlatform().daemon().name("watchdog").unstarted(this::run);
  }

  /**
   * Starts.
   *
   * @param tolerated how long records may wait before that is called a stall
   */
  public static Watchdog start(
      Application application, Duration tolerated, MeterRegistry registry) {
    Watchdog watchdog = new Watchdog(application, tolerated);
    Gauge.builder("fleetcompat.indexer.stalled.partitions", () -> watchdog.sight.stalled())
        .description(
            "partitions of which records wait and none is committed; NaN where nobody can see that")
        .register(registry);
    watchdog.thread.start();
    return watchdog;
  }

  /**
   * The reason why nothing moves though there is something to do, or why nobody can say whether it
   * does; empty while all is well.
   */
  public Optional<String> stall() {
    return sight.reason();
  }

  private void run() {
    try {
      while (!closed.await(betweenLooks().toNanos(), TimeUnit.NANOSECONDS)) {
        lookWithCare();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (closed.getCount() > 0) {
        tell(Sight.none("the watchdog has ended: nobody would notice a stall"));
      }
      closeView();
    }
  }

  private Duration betweenLooks() {
    Duration part = tolerated.dividedBy(LOOKS);
    return part.compareTo(MOST_BETWEEN_LOOKS) < 0 ? part : MOST_BETWEEN_LOOKS;
  }

  /** Whatever a look throws: a healthy indexer does not end with its watchdog. */
  @SuppressWarnings("IllegalCatch")
  private void lookWithCare() throws InterruptedException {
    try {
      Sight seen = look(view());
      answeredAt = System.nanoTime();
      tell(seen);
    } catch (ExecutionException | KafkaException e) {
      failed(e);
    } catch (RuntimeException e) {
      failed(e);
      closeView();
    }
  }

  private KafkaView view() {
    KafkaView open = view;
    if (open == null) {
      open = KafkaView.open(application);
      view = open;
    }
    return open;
  }

  private void failed(Exception fault) {
    LOG.debug("the watchdog could not look", fault);
    Duration silent = Duration.ofNanos(System.nanoTime() - answeredAt);
    if (silent.compareTo(tolerated) >= 0) {
      tell(Sight.none("expected Kafka to say how far the index is, found: " + fault));
    }
  }

  @SuppressWarnings("IllegalCatch") // what cannot be closed is left
  private void closeView() {
    KafkaView open = view;
    view = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (RuntimeException e) {
      LOG.warn("the watchdog's clients could not be closed: {}", e.toString());
    }
  }

  private Sight look(KafkaView kafka) throws ExecutionException, InterruptedException {
    Positions positions = kafka.positions();
    List<String> stalled = new ArrayList<>();
    backlog
        .look(positions, application.restored().getAsLong(), System.nanoTime())
        .forEach(
            (partition, waited) -> {
              if (waited.compareTo(tolerated) >= 0
                  && application.isConcernedWith(partition)
                  && hasMore(kafka, positions, partition)) {
                stalled.add(
                    "%s (%d of %d done, for %d s)"
                        .formatted(
                            partition,
                            positions.next(partition),
                            positions.end(partition),
                            waited.toSeconds()));
              }
            });
    return stalled.isEmpty()
        ? Sight.ALL_WELL
        : new Sight(stalled.size(), Optional.of(reason(stalled, kafka)));
  }

  private boolean hasMore(KafkaView kafka, Positions positions, TopicPartition partition) {
    long end = positions.end(partition);
    boolean more = kafka.hasMore(partition, positions.next(partition), end);
    if (!more) {
      backlog.nothingBefore(partition, end);
    }
    return more;
  }

  private String reason(List<String> stalled, KafkaView kafka) throws InterruptedException {
    return "records wait and nothing is committed: %s; the indexer is %s; %s; see %s"
        .formatted(few(stalled), application.state().get(), heldBack(kafka), WHAT_TO_DO);
  }

  private static String few(List<String> all) {
    String shown = String.join(", ", all.subList(0, Math.min(SHOWN, all.size())));
    return all.size() <= SHOWN ? shown : shown + " and " + (all.size() - SHOWN) + " more";
  }

  private static String heldBack(KafkaView kafka) throws InterruptedException {
    try {
      List<String> heldBack = kafka.heldBack().stream().map(HeldBack::toString).toList();
      return heldBack.isEmpty()
          ? "no open transaction holds it back"
          : "held back: " + few(heldBack);
    } catch (ExecutionException | KafkaException e) {
      return "whether an open transaction holds it back cannot be seen (" + e.getMessage() + ")";
    }
  }

  /** One line when something begins, one when it is over. */
  private void tell(Sight seen) {
    Sight before = sight;
    sight = seen;
    if (seen.reason().isPresent() == before.reason().isPresent()
        && seen.isBlind() == before.isBlind()) {
      return;
    }
    if (seen.reason().isEmpty()) {
      LOG.info("the index moves again");
    } else if (seen.isBlind()) {
      LOG.warn("nobody can say whether the index stands still: {}", seen.reason().get());
    } else {
      LOG.warn("the index stands still: {}", seen.reason().get());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (!thread.join(CLOSE_WITHIN)) {
        LOG.warn("the watchdog did not stop within {}", CLOSE_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
