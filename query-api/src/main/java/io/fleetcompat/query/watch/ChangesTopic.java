package io.fleetcompat.query.watch;

import io.fleetcompat.query.answer.ChangesAnswer;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.history.ArrivedChange;
import io.fleetcompat.query.history.ChangeDecoder;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.ChangeRecord;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topic of changes. A record that cannot be read is rejected. */
final class ChangesTopic implements FeedTopic {

  private final Topic<ChangeKey, ChangeRecord> topic;
  private final ChangeDecoder decoder;
  private final RejectedRecords rejected;
  private final Clock clock;

  ChangesTopic(Topic<ChangeKey, ChangeRecord> topic, RejectedRecords rejected, Clock clock) {
    this.topic = topic;
    this.decoder = new ChangeDecoder(topic, rejected, clock);
    this.rejected = rejected;
    this.clock = clock;
  }

  @Override
  public String name() {
    return topic.name();
  }

  @Override
  public Optional<Content> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return decoder.decode(record).flatMap(ChangesTopic::content);
    } catch (RuntimeException | StackOverflowError e) {
      rejected.add(record, e.toString(), clock.millis()); // one bad record ends no watch
      return Optional.empty();
    }
  }

  private static Optional<Content> content(ArrivedChange arrived) {
    return arrived.change().map(change -> content(arrived, change));
  }

  private static Content content(ArrivedChange arrived, ChangeRecord change) {
    return new Content(
        new EventSubject.Change(arrived.subject(), ArrivedChange.withoutBefore(change)),
        ChangesAnswer.change(arrived.timestamp(), arrived.subject(), change));
  }
}
