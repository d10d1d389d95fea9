package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.store.CensusKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The way of one partition's placements and census into their topics. One stream thread. */
record PlaceSinks(ProcessorContext<byte[], byte[]> context) {

  /** A placement; null for a tombstone. */
  void placement(String host, byte @Nullable [] placement, long timestamp) {
    send(PlaceNodes.PLACEMENTS, host, placement, timestamp);
  }

  /** The partition has hosts with the profile. */
  void present(Fingerprint fingerprint, String canonical, long timestamp) {
    FingerprintBytes bytes = new FingerprintBytes(fingerprint.bytes());
    Census census = new Census(partition(), bytes, 1, canonical);
    send(PlaceNodes.CENSUS, key(fingerprint), Codecs.CENSUS.encode(census), timestamp);
  }

  /** The partition has no host with it. */
  void absent(Fingerprint fingerprint, long timestamp) {
    send(PlaceNodes.CENSUS, key(fingerprint), null, timestamp);
  }

  private void send(String node, String key, byte @Nullable [] value, long timestamp) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    context.forward(new Record<>(bytes, value, timestamp), node);
  }

  private String key(Fingerprint fingerprint) {
    return new CensusKey(partition(), fingerprint).toString();
  }

  private int partition() {
    return context.taskId().partition();
  }
}
