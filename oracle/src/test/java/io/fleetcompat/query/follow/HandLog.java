package io.fleetcompat.query.follow;

import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;

/** The following of topics without its thread: each step reads what the consumer has. */
public final class HandLog {

  private final TopicLog log;
  private final TopicReader reader;

  public HandLog(
      Consumer<byte[], byte[]> consumer,
      TopicIds ids,
      List<String> topics,
      TopicReader reader,
      Clock clock) {
    this.log = new TopicLog(consumer, ids, topics, clock);
    this.reader = reader;
    try {
      log.find().ifPresent(missing -> fail(missing));
      log.begin(reader.begin(log.found()));
    } catch (KafkaFaultException e) {
      throw new AssertionError(e);
    }
  }

  private static void fail(String missing) {
    throw new AssertionError("no topic " + missing);
  }

  /** Reads once. */
  public void step() {
    try {
      reader.read(log.read());
      TopicLog.Position position = log.position();
      reader.reached(position.revision(), position.lag(), position.completeAt());
    } catch (KafkaFaultException e) {
      throw new AssertionError(e);
    }
  }
}
