package io.fleetcompat.cli.faults;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.Placement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Documents that somebody else writes under the names of every second host: each says what another
 * host has. One thread.
 */
final class Forgeries {

  private final KafkaAccess kafka;
  private final String inventory;
  private final String capacity;

  private Forgeries(Stage stage) {
    this.kafka = new KafkaAccess(stage.bootstrapServers());
    this.inventory = stage.topics().hostInventory().name();
    this.capacity = stage.topics().hostCapacity().name();
  }

  /** With the version of the host's next document, or with the greatest one that there is. */
  static void forge(Stage stage, Step step) throws Exception {
    boolean greatest =
        switch (step.word(0)) {
          case "next" -> false;
          case "greatest" -> true;
          default -> throw new IllegalArgumentException("expected next or greatest, found " + step);
        };
    Forgeries forgeries = new Forgeries(stage);
    stage.history().standStill(hosts -> forgeries.forge(hosts, greatest));
  }

  private void forge(List<String> hosts, boolean greatest) throws Exception {
    Map<String, ConsumerRecord<byte[], byte[]>> documents = documents();
    List<ProducerRecord<byte[], byte[]>> forged = new ArrayList<>();
    for (int i = 1; i < hosts.size(); i += 2) {
      ConsumerRecord<byte[], byte[]> truth = documents.get(hosts.get(i));
      ConsumerRecord<byte[], byte[]> other = documents.get(hosts.get(i - 1));
      if (truth != null && other != null) {
        byte[] lie = lie(truth, other, greatest);
        forged.add(new ProducerRecord<>(inventory, truth.partition(), truth.key(), lie));
      }
    }
    if (forged.isEmpty()) {
      throw new AssertionError("expected documents of " + hosts + ", found " + documents.keySet());
    }
    kafka.send(forged);
  }

  private static byte[] lie(
      ConsumerRecord<byte[], byte[]> truth, ConsumerRecord<byte[], byte[]> other, boolean greatest)
      throws BadRecordException {
    HostInventory before = Codecs.HOST_INVENTORY.decode(truth.value());
    HostInventory lie = Codecs.HOST_INVENTORY.decode(other.value());
    lie.put("host", before.getHost());
    lie.put("epoch", greatest ? Long.MAX_VALUE : before.getEpoch());
    lie.put("sequence", greatest ? Long.MAX_VALUE : before.getSequence() + 1);
    return Codecs.HOST_INVENTORY.encode(lie);
  }

  /**
   * Deletes both records of each host that is placed by a document of the greatest version. The
   * host's own documents may have come after that one, so the topic of documents does not show it.
   */
  static void deleteGreatest(Stage stage) throws Exception {
    Forgeries forgeries = new Forgeries(stage);
    List<ProducerRecord<byte[], byte[]>> tombstones = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> placed :
        forgeries.kafka.newest(stage.topics().placements().name())) {
      if (placed.value() != null && isGreatest(Codecs.PLACEMENT.decode(placed.value()))) {
        for (String topic : List.of(forgeries.inventory, forgeries.capacity)) {
          tombstones.add(new ProducerRecord<>(topic, placed.partition(), placed.key(), null));
        }
      }
    }
    if (tombstones.isEmpty()) {
      throw new AssertionError("expected placements by forged documents, found none");
    }
    forgeries.kafka.send(tombstones);
  }

  private static boolean isGreatest(Placement placement) {
    return placement.getEpoch() == Long.MAX_VALUE;
  }

  private Map<String, ConsumerRecord<byte[], byte[]>> documents() {
    Map<String, ConsumerRecord<byte[], byte[]>> documents = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> document : kafka.newest(inventory)) {
      if (document.value() != null) {
        documents.put(new String(document.key(), StandardCharsets.UTF_8), document);
      }
    }
    return documents;
  }
}
