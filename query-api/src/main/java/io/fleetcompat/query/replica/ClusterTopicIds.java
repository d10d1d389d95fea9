package io.fleetcompat.query.replica;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;

/** The ids that a cluster gives topics. One thread. */
public final class ClusterTopicIds implements TopicIds {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

  private final Admin admin;

  /**
   * @param admin closed with this
   */
  public ClusterTopicIds(Admin admin) {
    this.admin = admin;
  }

  @Override
  public Map<String, Uuid> of(List<String> topics) {
    Map<String, Uuid> ids = new HashMap<>();
    admin
        .describeTopics(topics)
        .topicNameValues()
        .forEach((topic, description) -> ids.put(topic, answer(description).topicId()));
    return ids;
  }

  private static TopicDescription answer(KafkaFuture<TopicDescription> question) {
    try {
      return question.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException fault ? fault : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "Kafka has not described the topics within " + ANSWER_TIMEOUT, e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    admin.close(ANSWER_TIMEOUT);
  }
}
