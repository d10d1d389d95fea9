package io.fleetcompat.benchmarks.stack;

import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.Generations;
import io.fleetcompat.keys.HostKey;
import io.fleetcompat.keys.HostKeys;
import io.fleetcompat.keys.KeyFile;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.HostPartitioner;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The keys of a benchmark's hosts, where it is to measure what marks cost. */
final class MarkedHosts implements HostKeys {

  private static final Generations FIRST = Generations.NONE.rotated();

  private final FleetKey fleet = FleetKey.random(new SecureRandom());
  private final Map<String, HostKey> known = new ConcurrentHashMap<>();

  /** The keys of hosts; empty unless {@code FLEETCOMPAT_MARKED=true} is set for the benchmark. */
  static Optional<MarkedHosts> wanted() {
    return Boolean.getBoolean("fleetcompat.marked")
        ? Optional.of(new MarkedHosts())
        : Optional.empty();
  }

  @Override
  public Optional<HostKey> of(String host) {
    return Optional.of(known.computeIfAbsent(host, name -> fleet.host(name, FIRST.newest())));
  }

  /** The indexer's key file, made in a directory. */
  Path write(Path directory) throws IOException {
    Path file = directory.resolve("fleet.key");
    KeyFile.write(file, fleet);
    return file;
  }

  /** Registers the keys of hosts. */
  static void register(List<String> hosts, String bootstrapServers) {
    byte[] first = Codecs.REGISTERED_KEY.encode(FIRST.record(Instant.EPOCH, "benchmark"));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String host : hosts) {
        Future<RecordMetadata> _ =
            producer.send(
                new ProducerRecord<>(
                    Stack.TOPICS.keys().name(),
                    HostPartitioner.partition(host, Stack.TOPICS.keys().partitions()),
                    Stack.TOPICS.keys().keys().encode(host),
                    first));
      }
      producer.flush();
    }
  }
}
