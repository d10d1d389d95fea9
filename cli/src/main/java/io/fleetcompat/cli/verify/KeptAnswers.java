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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The answers of drivers, as the topic has them now. */
final class KeptAnswers {

  private static final ObjectMapper JSON = new ObjectMapper();

  private KeptAnswers() {}

  static NaiveAnswers read(Cluster cluster) {
    Topic<ProbeKey, ProbedPair> topic = cluster.topics().probeVerdicts();
    List<ProbedPair> newest = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : cluster.newest(topic)) {
      try {
        ProbeKey key = topic.keys().decode(record.key());
        topic.decode(key, record.value()).ifPresent(newest::add);
      } catch (BadRecordException e) {
        throw cluster.unreadable(topic, e);
      }
    }
    Map<Asked, Answer> answers = new HashMap<>();
    newest.stream()
        .filter(pair -> !pair.getAnswers().isEmpty()) // else all who were asked told nothing
        .forEach(pair -> answers.put(asked(pair), of(pair)));
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
