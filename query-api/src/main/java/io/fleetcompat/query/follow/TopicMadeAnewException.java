package io.fleetcompat.query.follow;

import org.apache.kafka.common.KafkaException;

/** A topic is another than the one that was opened under its name: it was deleted and made anew. */
final class TopicMadeAnewException extends KafkaException {

  private static final long serialVersionUID = 1;

  TopicMadeAnewException(String topic) {
    super("the topic " + topic + " was deleted and made anew");
  }
}
