package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.sink.TopicSink;
import io.fleetcompat.indexer.told.SentKeys;
import io.fleetcompat.schemas.CensusKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** The way of one partition's placements and census into their topics. One stream thread. */
final class PlaceSinks {

  /** The value of the field {@code hosts} of a census record, since it is no count any more. */
  private static final int THERE_ARE_HOSTS = 1;

  private final int partition;
  private final TopicSink<String> placements;
  private final TopicSink<CensusKey> census;
  private final TopicSink<String> probers;
  private final TopicSink<String> poolHosts;

  private final SentKeys sent = new SentKeys();

  PlaceSinks(ProcessorContext<byte[], byte[]> context) {
    this.partition = context.taskId().partition();
    this.placements =
        new TopicSink<>(context, PlaceNodes.PLACEMENTS, RecordKeys.HOST, Optional.of(sent));
    this.census = new TopicSink<>(context, PlaceNodes.CENSUS, RecordKeys.CENSUS);
    this.probers = new TopicSink<>(context, PlaceNodes.PROBERS, RecordKeys.HOST);
    this.poolHosts = new TopicSink<>(context, PlaceNodes.POOL_HOSTS, RecordKeys.HOST);
  }

  /** The hosts whose placements were sent lately. */
  SentKeys sent() {
    return sent;
  }

  /** A placement; null for a tombstone. */
  void placement(String host, byte @Nullable [] placement, long timestamp) {
    placements.send(host, placement, timestamp);
  }

  /** A host that asks drivers; null where it does not any more. */
  void prober(String host, byte @Nullable [] prober, long timestamp) {
    probers.send(host, prober, timestamp);
  }

  /** The part of a host in its pool; null where it is in none. */
  void poolHost(String host, byte @Nullable [] poolHost, long timestamp) {
    poolHosts.send(host, poolHost, timestamp);
  }

  /** The partition has hosts with the profile. */
  void present(Fingerprint fingerprint, String canonical, long timestamp) {
    FingerprintBytes bytes = new FingerprintBytes(fingerprint.bytes());
    Census record = new Census(partition, bytes, THERE_ARE_HOSTS, canonical);
    census.send(key(fingerprint), Codecs.CENSUS.encode(record), timestamp);
  }

  /** The partition has no host with it. */
  void absent(Fingerprint fingerprint, long timestamp) {
    census.send(key(fingerprint), null, timestamp);
  }

  private CensusKey key(Fingerprint fingerprint) {
    return new CensusKey(partition, fingerprint.toString());
  }
}
