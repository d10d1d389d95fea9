package io.fleetcompat.indexer;

import io.fleetcompat.schemas.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics that this indexer's state was made from, as the state directory names them. Where any
 * was made anew since, or a changelog is gone, the local stores are deleted, since they are of what
 * is gone; and positions are forgotten, which a thread may have committed after that: in the topics
 * that are others, or in all where a changelog is lost, since all that it held must be made again.
 *
 * @param now the ids of the topics that are there
 * @param anew those of our topics that were made anew
 * @param lost the changelogs that were lost
 */
record FormerTopics(TopicIds now, SortedSet<String> anew, SortedSet<String> lost) {

  /** The time for other indexers to notice it, too, and to end. */
  private static final Duration OTHERS_END_WITHIN = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(FormerTopics.class);

  /** Forgets what was of topics that are gone. */
  static FormerTopics forget(Admin admin, IndexerConfig config) {
    try {
      FormerTopics found = find(admin, config);
      if (found.isAny()) {
        LOG.warn(
            "the topics {} were made anew, the changelogs {} were lost: stores are read from Kafka"
                + " again",
            found.anew,
            found.lost);
        delete(config.stateDir().resolve(config.applicationId()));
        removeMembers(admin, config);
        forgetPositions(admin, config, found.toRead(config));
      }
      found.now.keepIn(config.stateDir());
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("the ids of topics could not be kept", e);
    } catch (ExecutionException e) {
      throw new TopicSetup.AdminException("could not ask the ids of topics: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were looked at", e);
    }
  }

  private static FormerTopics find(Admin admin, IndexerConfig config)
      throws ExecutionException, InterruptedException {
    TopicIds kept = TopicIds.keptIn(config.stateDir());
    Set<String> ours = new HashSet<>(config.topics().all().stream().map(Topic::name).toList());
    Set<String> names = new HashSet<>(kept.byName().keySet());
    names.addAll(ours);
    TopicIds now = TopicIds.ask(admin, names);
    SortedSet<String> lost = new TreeSet<>(now.madeAnewSince(kept));
    SortedSet<String> anew = new TreeSet<>(lost);
    lost.addAll(now.missingSince(kept));
    lost.removeAll(ours);
    anew.retainAll(ours);
    return new FormerTopics(now, anew, lost);
  }

  /**
   * True where the stores are whole and what the indexer told may not be: then it is compared at
   * once. Where stores are made again, nothing is taken back that they do not hold yet.
   */
  boolean isToldAgain() {
    return !anew.isEmpty() && lost.isEmpty();
  }

  private boolean isAny() {
    return !anew.isEmpty() || !lost.isEmpty();
  }

  private Set<TopicPartition> toRead(IndexerConfig config) {
    Set<TopicPartition> partitions = new HashSet<>();
    for (Topic<?, ?> topic : config.topics().all()) {
      if (!lost.isEmpty() || anew.contains(topic.name())) {
        for (int p = 0; p < topic.partitions(); p++) {
          partitions.add(new TopicPartition(topic.name(), p));
        }
      }
    }
    return partitions;
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /**
   * A static member that did not leave keeps its partitions, and nobody makes changelogs then. All
   * go, since no one may go on: whoever runs joins again.
   */
  private static void removeMembers(Admin admin, IndexerConfig config) throws InterruptedException {
    try {
      admin
          .removeMembersFromConsumerGroup(
              config.applicationId(), new RemoveMembersFromConsumerGroupOptions())
          .all()
          .get();
    } catch (ExecutionException | KafkaException e) {
      LOG.info("no member was removed from the group: {}", e.toString());
    }
  }

  /**
   * Kafka refuses while others of the group read the topics: they end, and forget, too. Those that
   * go on for longer have begun anew already.
   */
  private static void forgetPositions(
      Admin admin, IndexerConfig config, Set<TopicPartition> partitions)
      throws InterruptedException {
    long end = System.nanoTime() + OTHERS_END_WITHIN.toNanos();
    Optional<String> refusal = refusal(admin, config, partitions);
    while (refusal.isPresent() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(POLL.toNanos());
      refusal = refusal(admin, config, partitions);
    }
    refusal.ifPresent(why -> LOG.warn("positions in topics were not forgotten: {}", why));
  }

  private static Optional<String> refusal(
      Admin admin, IndexerConfig config, Set<TopicPartition> partitions)
      throws InterruptedException {
    try {
      admin.deleteConsumerGroupOffsets(config.applicationId(), partitions).all().get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return e.getCause() instanceof GroupIdNotFoundException
          ? Optional.empty()
          : Optional.of(String.valueOf(e.getCause()));
    }
  }
}
