package io.fleetcompat.indexer.told;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/** A reader of what a topic holds: Kafka's, or that of a test without a broker. */
public interface TopicDigests {

  /** Reads the partition from its beginning to where it ends now. */
  CompletableFuture<Held> digests(TopicPartition partition);

  /**
   * The content of a partition.
   *
   * @param digests of each key's value
   * @param work the time that reading took, without that in which Kafka gave nothing
   */
  record Held(Map<Bytes, Long> digests, Duration work) {}

  /** The digest of a value. */
  static long digest(byte[] value) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(value)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
