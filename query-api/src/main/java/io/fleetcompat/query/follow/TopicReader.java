package io.fleetcompat.query.follow;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The reader of topics that are followed: that of the index, and that of the history. All on the
 * thread that follows. Any of them may throw {@link ReadAgainException}.
 */
public interface TopicReader {

  /** The offsets to begin at; a partition that is not among them is read from its beginning. */
  Map<TopicPartition, Long> begin(FoundTopics topics) throws KafkaFaultException;

  /** Takes the next records. */
  void read(ConsumerRecords<byte[], byte[]> records);

  /**
   * All records up to here were taken.
   *
   * @param revision sum of the positions of all partitions
   * @param lag records that are known to be there and were not read
   * @param completeAt when that was all, milliseconds since 1970; empty where it is not
   */
  void reached(long revision, long lag, Optional<Long> completeAt);

  /** The topics are others than those that were read: all of it is to be forgotten. */
  void forget(String reason);
}
