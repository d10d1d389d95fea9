package io.fleetcompat.cli.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.oracle.NaiveAnswers;
import io.fleetcompat.oracle.NaiveAnswers.Answer;
import io.fleetcompat.oracle.NaiveAnswers.Asked;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.ProbeKey;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.ProbedAnswer;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.settings.Secrets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The answers of drivers, as the topic has them now: read from Kafka itself, not from the API that
 * is verified.
 */
final class KeptAnswers {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final ObjectMapper JSON = new ObjectMapper();

  private KeptAnswers() {}

  /**
   * @param kafka settings of the client, passed through
   */
  static NaiveAnswers read(
      String bootstrapServers, Map<String, String> kafka, Topic<ProbeKey, ProbedPair> topic) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("default.api.timeout.ms", "30000");
    settings.putAll(kafka);
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    settings.put("allow.auto.create.topics", "false");
    TopicPartition all = new TopicPartition(topic.name(), 0);
    Map<String, Optional<ProbedPair>> newest = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(all));
      consumer.seekToBeginning(List.of(all));
      long end = consumer.endOffsets(List.of(all)).getOrDefault(all, 0L);
      while (consumer.position(all) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          ProbeKey key = topic.keys().decode(record.key());
          newest.put(key.toString(), topic.decode(key, record.value()));
        }
      }
    } catch (KafkaException | BadRecordException e) {
      throw CommandFailure.failed(
          "expected to read %s from Kafka at %s, found: %s"
              .formatted(
                  topic.name(),
                  bootstrapServers,
                  Secrets.removedFrom(CommandFailure.why(e), kafka)));
    }
    Map<Asked, Answer> answers = new HashMap<>();
    newest.values().forEach(pair -> pair.ifPresent(known -> answers.put(asked(known), of(known))));
    return new NaiveAnswers(answers);
  }

  private static Asked asked(ProbedPair pair) {
    Map<String, String> place = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : parse(pair.getDestination()).properties()) {
      if (field.getValue().isTextual()) {
        place.put(field.getKey(), field.getValue().textValue());
      }
    }
    return new Asked(pair.getSource(), place);
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw CommandFailure.failed("expected a class of destinations, found: " + e.getMessage());
    }
  }

  private static Answer of(ProbedPair pair) {
    long accepted = pair.getAnswers().stream().filter(answer -> answer.getErrno() == 0).count();
    if (accepted == pair.getAnswers().size()) {
      long hosts = pair.getAnswers().stream().map(ProbedAnswer::getHost).distinct().count();
      return hosts > 1 ? Answer.ACCEPTED : Answer.ACCEPTED_ONCE;
    }
    return accepted == 0 ? Answer.REFUSED : Answer.CONFLICT;
  }
}
