package io.fleetcompat.query.watch;

import io.fleetcompat.query.answer.AlertsAnswer;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.schemas.AlertKey;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.AlertRecord;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The topic of alerts. A tombstone is no event: that the alert is over was told before. A record
 * that cannot be read is rejected.
 */
final class AlertsTopic implements FeedTopic {

  private final Topic<AlertKey, AlertRecord> topic;
  private final RejectedRecords rejected;
  private final Clock clock;

  AlertsTopic(Topic<AlertKey, AlertRecord> topic, RejectedRecords rejected, Clock clock) {
    this.topic = topic;
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
      AlertKey key = topic.keys().decode(record.key());
      return topic
          .decode(key, record.value())
          .map(alert -> new Content(new EventSubject.Alert(key), AlertsAnswer.alert(alert)));
    } catch (BadRecordException | RuntimeException | StackOverflowError e) {
      rejected.add(record, e.toString(), clock.millis());
      return Optional.empty();
    }
  }
}
