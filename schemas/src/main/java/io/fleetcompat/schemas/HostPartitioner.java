package io.fleetcompat.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * The partition of a host's records, on every topic that is keyed by host: murmur2 of the name's
 * UTF-8 bytes. It is what Kafka's own partitioner does today, set explicitly so that no client's
 * default can take a host apart.
 */
public final class HostPartitioner {

  private HostPartitioner() {}

  public static int partition(String host, int partitions) {
    return partition(host.getBytes(StandardCharsets.UTF_8), partitions);
  }

  /** Likewise, of a record's key. */
  public static int partition(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
