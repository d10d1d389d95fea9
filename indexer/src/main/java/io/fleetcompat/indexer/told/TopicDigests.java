package io.fleetcompat.indexer.told;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/** A reader of what a topic holds: Kafka's, or that of a test without a broker. */
public interface TopicDigests {

  /** Reads the partition from its beginning to where it ends now: a digest of each key's value. */
  CompletableFuture<Map<Bytes, Long>> digests(TopicPartition partition);

  /** The digest of a value. */
  static long digest(byte[] value) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(value)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
