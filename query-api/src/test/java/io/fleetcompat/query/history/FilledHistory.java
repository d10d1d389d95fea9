package io.fleetcompat.query.history;

import io.fleetcompat.query.follow.TopicIds;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.ChangeRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** A history that a test fills by hand; nothing is followed. */
public final class FilledHistory implements AutoCloseable {

  private final HistoryStore store;
  private final History history;
  private long offset = 1;

  /** It knows everything since a time. */
  public FilledHistory(Path directory, long sinceMillis, Clock clock) {
    store = HistoryStore.open(directory, HistoryBounds.DEFAULTS);
    store.begin("id", new TreeMap<>(Map.of(0, PartitionState.begin(0, PartitionState.UNKNOWN))));
    ArrivedChange began = HistorySample.marker(0, 0, sinceMillis);
    store.append(List.of(began), HistorySample.next(List.of(began)));
    history =
        new History(
            store, new MockConsumer<>("none"), new OneId(), new Topics("", 1, (short) 1), clock);
  }

  public History history() {
    return history;
  }

  public void add(long at, ChangeKey subject, ChangeRecord change) {
    ArrivedChange arrived = new ArrivedChange(0, offset++, at, subject, Optional.of(change));
    store.append(List.of(arrived), HistorySample.next(List.of(arrived)));
  }

  @Override
  public void close() {
    history.close();
  }

  private static final class OneId implements TopicIds {

    @Override
    public Map<String, Uuid> of(List<String> topics) {
      return topics.stream().collect(Collectors.toMap(topic -> topic, _ -> Uuid.ONE_UUID));
    }

    @Override
    public Duration retention(String topic) {
      return Duration.ofDays(30);
    }

    @Override
    public Map<TopicPartition, Long> writtenEnds(List<TopicPartition> partitions) {
      return Map.of();
    }

    @Override
    public void close() {}
  }
}
