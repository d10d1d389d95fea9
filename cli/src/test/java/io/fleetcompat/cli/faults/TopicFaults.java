package io.fleetcompat.cli.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fleetcompat.cli.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Faults of topics that the indexer writes, and how it is seen that they are right again. */
final class TopicFaults {

  private static final String ROW = "[0-9a-f]{16}/[0-9a-f]{32}";
  private static final byte[] GARBAGE = {1, 2, 3};

  private TopicFaults() {}

  /** Tombstones under all keys of a topic. */
  static void empty(Stage stage, Step step) throws Exception {
    if (overwrite(stage, step.word(0), Optional.empty()) == 0) {
      throw new AssertionError("expected records in " + step.word(0) + ", found none");
    }
  }

  /** Garbage under all keys of all changelogs. */
  static void garbleChangelogs(Stage stage) throws Exception {
    List<String> changelogs =
        new KafkaAccess(stage.bootstrapServers())
            .topics().stream().filter(name -> name.endsWith("-changelog")).toList();
    int live = 0;
    for (String changelog : changelogs) {
      live += overwrite(stage, changelog, Optional.of(GARBAGE));
    }
    if (live == 0) {
      throw new AssertionError("expected records in changelogs, found none in " + changelogs);
    }
  }

  /** Gives how many of the keys had a value. */
  private static int overwrite(Stage stage, String topic, Optional<byte[]> value) throws Exception {
    KafkaAccess kafka = new KafkaAccess(stage.bootstrapServers());
    Collection<ConsumerRecord<byte[], byte[]>> newest = kafka.newest(topic);
    kafka.send(
        newest.stream()
            .map(
                found ->
                    new ProducerRecord<>(topic, found.partition(), found.key(), value.orElse(null)))
            .toList());
    return (int) newest.stream().filter(found -> found.value() != null).count();
  }

  /** Each row of the matrix under the key of the next one, and rows under keys that nobody has. */
  static void swapRows(Stage stage) throws Exception {
    KafkaAccess kafka = new KafkaAccess(stage.bootstrapServers());
    List<ConsumerRecord<byte[], byte[]>> rows =
        kafka.newest(stage.topics().matrix().name()).stream().filter(TopicFaults::isRow).toList();
    if (rows.size() < 2) {
      throw new AssertionError("expected two rows of the matrix, found " + rows.size());
    }
    List<ProducerRecord<byte[], byte[]>> foreign = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      ConsumerRecord<byte[], byte[]> row = rows.get(i);
      byte[] other = rows.get((i + 1) % rows.size()).value();
      byte[] nobodys = nobodys(row.key());
      foreign.add(new ProducerRecord<>(row.topic(), row.partition(), row.key(), other));
      foreign.add(new ProducerRecord<>(row.topic(), row.partition(), nobodys, other));
    }
    kafka.send(foreign);
  }

  /** The key of a profile that there is not, in the same generation. */
  private static byte[] nobodys(byte[] key) {
    String[] parts = new String(key, UTF_8).split("/", 2);
    return (parts[0] + "/" + new StringBuilder(parts[1]).reverse()).getBytes(UTF_8);
  }

  private static boolean isRow(ConsumerRecord<byte[], byte[]> record) {
    return record.value() != null && new String(record.key(), UTF_8).matches(ROW);
  }

  /** All topics but Kafka's own. */
  static void deleteAll(Stage stage) throws Exception {
    KafkaAccess kafka = new KafkaAccess(stage.bootstrapServers());
    kafka.delete(kafka.topics().stream().filter(name -> !name.startsWith("__")).toList());
  }

  /** Requires that what follows from documents is what the topics say, within that time. */
  static void verifyRebuilt(Stage stage, Step step) throws Exception {
    stage.history().standStill(_ -> verifyRebuilt(stage.bootstrapServers(), step));
  }

  private static void verifyRebuilt(String servers, Step step) {
    String within = String.valueOf(step.duration(0).toSeconds());
    Run run = Run.of("rebuild", "--verify", "--bootstrap-servers", servers, "--within", within);
    if (run.status() != 0) {
      throw new AssertionError("expected no difference, found " + run);
    }
  }
}
