package io.fleetcompat.cli.process;

import io.fleetcompat.indexer.DerivedState;
import io.fleetcompat.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * The request to running indexers to make the index anew, and the watch over how far they are. They
 * notice that the changelogs of what follows from their inputs are gone, and begin again without
 * (ADR 0035). One thread.
 */
final class IndexRebuild {

  private final Admin admin;
  private final String application;
  private final Topic<?, ?> documents;
  private final Set<String> changelogs;

  private IndexRebuild(
      Admin admin, String application, Topic<?, ?> documents, Set<String> changelogs) {
    this.admin = admin;
    this.application = application;
    this.documents = documents;
    this.changelogs = Set.copyOf(changelogs);
  }

  /**
   * Asks for it.
   *
   * @throws KafkaException where Kafka refuses, or no indexer has such changelogs
   */
  static IndexRebuild begin(Admin admin, String application, Topic<?, ?> documents) {
    Set<String> there = existing(admin);
    Set<String> changelogs =
        DerivedState.changelogs(application).stream()
            .filter(there::contains)
            .collect(Collectors.toSet());
    if (changelogs.isEmpty()) {
      throw new KafkaException(
          "expected the changelogs of an indexer with the application-id "
              + application
              + ", found none");
    }
    await(admin.deleteTopics(changelogs).all());
    return new IndexRebuild(admin, application, documents, changelogs);
  }

  /** The number of changelogs that were deleted. */
  int size() {
    return changelogs.size();
  }

  /** True where indexers have begun again: they make the changelogs. */
  boolean isBegun() {
    return existing(admin).containsAll(changelogs);
  }

  /** True where they have read all documents that are there now. */
  boolean isRead() {
    List<TopicPartition> partitions = partitions();
    Map<TopicPartition, ListOffsetsResultInfo> ends =
        await(
            admin
                .listOffsets(
                    partitions.stream()
                        .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())))
                .all());
    Map<TopicPartition, OffsetAndMetadata> committed =
        await(admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata());
    return ends.entrySet().stream()
        .filter(end -> end.getValue().offset() > 0)
        .allMatch(
            end -> {
              OffsetAndMetadata position = committed.get(end.getKey());
              return position != null && position.offset() >= end.getValue().offset();
            });
  }

  private List<TopicPartition> partitions() {
    return await(admin.describeTopics(List.of(documents.name())).allTopicNames()).values().stream()
        .flatMap(found -> found.partitions().stream())
        .map(partition -> new TopicPartition(documents.name(), partition.partition()))
        .toList();
  }

  private static Set<String> existing(Admin admin) {
    return await(admin.listTopics().names());
  }

  private static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new KafkaException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }
}
