package io.fleetcompat.cli.process;

import io.fleetcompat.cli.LocalStack;
import io.fleetcompat.cli.Run;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A fleet in which a rule keeps hosts apart, and the commands that turn it off and on again. */
final class OverriddenFleet {

  static final Duration SOON = Duration.ofMinutes(2);
  static final int YES = 0;
  static final int NO = 3;

  private static final String PARENT = "0000:00:02.0";
  private static final String FUNCTION = "devices/pci0000:00/" + PARENT;
  private static final String TYPE = FUNCTION + "/mdev_supported_types/t/";

  private final LocalStack stack;

  OverriddenFleet(Path directory) {
    this.stack = new LocalStack(directory);
  }

  /** The address of an API. */
  static String address(QueryServer server) {
    return "http://127.0.0.1:" + server.port();
  }

  void host(String name, String pool, String version) throws IOException {
    Path folder = stack.fleet().resolve(name);
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("host.json"), "{\"labels\": {\"pool\": \"%s\"}}".formatted(pool));
    SysfsTrees.write(
        folder.resolve("sys"),
        new TreeMap<>(
            Map.of(
                TYPE + "software_version", version,
                TYPE + "device_api", "vfio-pci",
                FUNCTION + "/vendor", "0x8086")),
        Map.of("class/mdev_bus/" + PARENT, "../../" + FUNCTION));
  }

  /** Gives a host that is there another version. */
  void software(String host, String version) throws IOException {
    Path file = stack.fleet().resolve(host).resolve("sys").resolve(TYPE + "software_version");
    Files.writeString(file, version);
  }

  /** The endpoint that each host has. */
  static String endpoint(String host) {
    return host + "/" + PARENT + "/t";
  }

  /** A command that speaks to Kafka. */
  Run kafka(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (all.getFirst().equals("override")) {
      all.addAll(List.of("--timeout", "1m"));
    }
    all.addAll(
        List.of("--bootstrap-servers", stack.bootstrapServers(), "--topic-prefix", stack.prefix()));
    return Run.of(all.toArray(String[]::new));
  }

  static Run check(String api, String host) {
    return Run.of("check", endpoint("new"), endpoint(host), "--api", api);
  }

  static void awaitCheck(String api, String host, int status) {
    Await.until(host + ": " + status, SOON, () -> check(api, host).status(), s -> s == status);
  }

  /** The naive judge over the trees, with what Kafka has of overrides, finds the same. */
  void awaitTruth(String api) {
    Await.until(
        "the naive judge agrees",
        SOON,
        () -> kafka("verify", "--fleet", stack.fleet().toString(), "--api", api),
        run -> run.status() == 0);
  }

  /** Writes whatever bytes to the topic of overrides. */
  void write(byte[] key, byte[] value) throws InterruptedException, ExecutionException {
    write("overrides", key, value);
  }

  /** Likewise to another topic. */
  void write(String topic, byte[] key, byte @Nullable [] value)
      throws InterruptedException, ExecutionException {
    write(new ProducerRecord<>(stack.prefix() + topic, key, value));
  }

  /** Writes a record again, headers and all. */
  void again(ConsumerRecord<byte[], byte[]> record)
      throws InterruptedException, ExecutionException {
    write(
        new ProducerRecord<>(
            record.topic(), record.partition(), record.key(), record.value(), record.headers()));
  }

  private void write(ProducerRecord<byte[], byte[]> record)
      throws InterruptedException, ExecutionException {
    Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(record).get();
    }
  }

  /** The newest document of a host in Kafka. */
  HostInventory newest(String host) throws BadRecordException {
    return Codecs.HOST_INVENTORY.decode(records("host-inventory", host).getLast().value());
  }

  /** All records of a host that a topic has, in order. */
  List<ConsumerRecord<byte[], byte[]>> records(String name, String host) {
    Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      String topic = stack.prefix() + name;
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(of -> new TopicPartition(topic, of.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofSeconds(1))) {
          if (host.equals(new String(each.key(), StandardCharsets.UTF_8))) {
            found.add(each);
          }
        }
      }
      return found;
    }
  }

  Indexer indexer() {
    return stack.indexer();
  }

  /** An indexer with more settings. */
  Indexer indexer(Map<String, String> more) {
    return Indexer.start(stack.indexerConfig(more));
  }

  FleetCollectors collectors(Map<String, String> more) throws IOException {
    return stack.collectors(more);
  }

  QueryServer api(Map<String, String> more) {
    return stack.api(more);
  }

  FleetCollectors collectors() throws IOException {
    return stack.collectors(Map.of());
  }

  QueryServer api() {
    return stack.api(Map.of());
  }

  /** One that keeps a history in this directory. */
  QueryServer api(Path history) {
    return stack.api(Map.of("history-directory", history.toString()));
  }
}
