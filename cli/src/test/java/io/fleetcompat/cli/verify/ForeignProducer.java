package io.fleetcompat.cli.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer of somebody else, also while brokers die and come back. */
public final class ForeignProducer {

  private ForeignProducer() {}

  /**
   * Returns when Kafka has all of these. A record may be there twice: a producer that prevents this
   * is refused for ever (OUT_OF_ORDER_SEQUENCE_NUMBER) where its first batch met a broker that was
   * just starting.
   */
  public static void send(String bootstrapServers, List<ProducerRecord<byte[], byte[]>> records)
      throws InterruptedException, ExecutionException {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "enable.idempotence", false);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      records.forEach(record -> sent.add(producer.send(record)));
      for (Future<?> one : sent) {
        one.get();
      }
    }
  }
}
