package io.fleetcompat.indexer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch over the indexer's topics while it runs, those of its stores' changelogs too. A topic
 * that is gone is made again, if the indexer makes topics. One that is another than before, or a
 * changelog that is gone, ends this indexer, since its stores and its positions are of what is
 * gone: the next start begins anew (ADR 0035). What a topic holds is no affair of this watch, but
 * of {@code TopicAudit}.
 *
 * <p>Threads: one of its own; {@link #obstacle} may be called from any.
 */
final class TopicsWatch implements AutoCloseable {

  /** The time between two looks. */
  static final Duration EVERY = Duration.ofSeconds(5);

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(TopicsWatch.class);

  private final IndexerConfig config;
  private final Map<String, Object> admin;
  private final List<String> changelogs;
  private final Consumer<String> end;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("topics-watch").unstarted(this::run);
  private volatile Optional<String> obstacle = Optional.empty();

  /** The ids of all that were there at any time since the start. For the thread alone. */
  private TopicIds known;

  /** The changelogs that the look before did not find. For the thread alone. */
  private Set<String> missed = Set.of();

  private TopicsWatch(
      IndexerConfig config,
      Map<String, Object> admin,
      List<String> changelogs,
      TopicIds opened,
      Consumer<String> end) {
    this.config = config;
    this.admin = admin;
    this.changelogs = List.copyOf(changelogs);
    this.known = opened;
    this.end = end;
  }

  /**
   * Starts.
   *
   * @param changelogs the names of those of the indexer's stores, which Streams makes
   * @param opened the ids of the topics that the indexer began with
   * @param end ends the indexer, for the reason that it is given
   */
  static TopicsWatch start(
      IndexerConfig config,
      Map<String, Object> admin,
      List<String> changelogs,
      TopicIds opened,
      Consumer<String> end) {
    TopicsWatch watch = new TopicsWatch(config, admin, changelogs, opened, end);
    watch.thread.start();
    return watch;
  }

  private TopicIds ids(Admin kafka) throws ExecutionException, InterruptedException {
    List<String> names = new ArrayList<>(changelogs);
    config.topics().all().forEach(topic -> names.add(topic.name()));
    return TopicIds.ask(kafka, names);
  }

  /** The reason why the indexer is not ready, or no more; empty while all its topics are there. */
  Optional<String> obstacle() {
    return obstacle;
  }

  private void run() {
    try (Admin kafka = Admin.create(admin)) {
      boolean goesOn = true;
      while (goesOn && !closed.await(EVERY.toNanos(), TimeUnit.NANOSECONDS)) {
        goesOn = lookWithCare(kafka);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** True where the indexer goes on. While Kafka does not answer, nothing is known to be gone. */
  private boolean lookWithCare(Admin kafka) throws InterruptedException {
    try {
      return look(kafka);
    } catch (ExecutionException
        | KafkaException
        | TopicSetup.TopicException
        | TopicSetup.AdminException
        | IOException e) {
      LOG.debug("the topics could not be looked at", e);
      return true;
    }
  }

  private boolean look(Admin kafka) throws ExecutionException, InterruptedException, IOException {
    SortedSet<String> missing = ids(kafka).missingSince(known);
    if (!missing.isEmpty()) {
      say("expected the topics " + missing + ", found that they are gone");
      if (config.createTopics()) {
        TopicSetup.ensure(kafka, config.topics(), true);
      }
    }
    TopicIds now = ids(kafka);
    SortedSet<String> gone = now.madeAnewSince(known);
    gone.addAll(missingTwice(now.missingSince(known)));
    if (!gone.isEmpty()) {
      say("the topics " + gone + " were deleted, or made anew: the indexer begins again");
      end.accept(obstacle.orElseThrow());
      return false;
    }
    if (missing.isEmpty()) {
      obstacle = Optional.empty();
    }
    know(now);
    return true;
  }

  /**
   * The changelogs that are gone for good: a broker that is asked may not have heard yet of one
   * that was just made.
   */
  private Set<String> missingTwice(SortedSet<String> missing) {
    Set<String> twice = new TreeSet<>(missing);
    twice.retainAll(changelogs);
    twice.retainAll(missed);
    missed = missing;
    return twice;
  }

  /** Streams makes changelogs after the start. */
  private void know(TopicIds now) throws IOException {
    TopicIds all = known.and(now);
    if (!all.equals(known)) {
      all.keepIn(config.stateDir());
      known = all;
    }
  }

  private void say(String reason) {
    if (!obstacle.equals(Optional.of(reason))) {
      LOG.warn("{}", reason);
    }
    obstacle = Optional.of(reason);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (!thread.equals(Thread.currentThread()) && !thread.join(CLOSE_WITHIN)) {
        LOG.warn("the watch over the topics did not stop within {}", CLOSE_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
