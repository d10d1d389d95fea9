package io.fleetcompat.cli.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes what an administrator decides to a topic, and waits until all replicas in sync have it.
 *
 * @param properties of clients, a consumer's among them
 */
record TopicWriter(Map<String, Object> properties) {

  /**
   * Writes records.
   *
   * @param records made for a producer, which knows the partitions of topics
   * @throws KafkaException if not all of them were written
   */
  void write(Function<Producer<byte[], byte[]>, Stream<ProducerRecord<byte[], byte[]>>> records) {
    Map<String, Object> writing = new HashMap<>(properties);
    writing.keySet().removeIf(name -> !writesWith(name));
    writing.put("acks", "all");
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent =
          records.apply(producer).<Future<RecordMetadata>>map(producer::send).toList();
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException("not all records were written", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing", e);
    }
  }

  private static boolean writesWith(String name) {
    return ProducerConfig.configNames().contains(name)
        || !ConsumerConfig.configNames().contains(name);
  }
}
