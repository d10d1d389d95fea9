package io.fleetcompat.cli.process;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.PlacementRecord;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The pools that hosts are in by what was told of them in {@code placements}, held against {@code
 * pool-health}: a record of each and of no other, of as many hosts. What their endpoints can do
 * follows from heartbeats too, and is not compared. One thread.
 */
final class ComparedPools {

  private final String topic;
  private final SortedMap<String, Integer> hosts = new TreeMap<>();

  ComparedPools(Topics topics) {
    this.topic = topics.poolHealth().name();
  }

  /** Counts a host that is placed. */
  void add(Placement placement) {
    PlacementRecord.pool(placement).ifPresent(pool -> hosts.merge(pool, 1, Integer::sum));
  }

  /** Compares; call it once, when all hosts are counted. Gives the number of pools. */
  int compare(TopicScan scan, Differences differences) {
    int pools = hosts.size();
    for (TopicPartition partition : scan.partitions(topic)) {
      scan.newest(partition).forEach((key, record) -> compare(key, record, differences));
    }
    hosts.forEach(
        (pool, count) ->
            differences.add(topic, pool + ": expected one of " + count + " hosts, found none"));
    return pools;
  }

  private void compare(
      ByteBuffer key, ConsumerRecord<byte[], byte[]> record, Differences differences) {
    try {
      String pool = RecordKeys.POOL.decode(record.key());
      PoolHealthRecord told = Codecs.POOL_HEALTH.decode(record.value());
      Integer expected = hosts.remove(pool);
      int found = told.getFresh() + told.getStale() + told.getLost();
      if (expected == null) {
        differences.add(topic, pool + ": expected none, found one");
      } else if (!told.getPool().equals(pool)) {
        differences.add(topic, pool + ": found that of " + told.getPool());
      } else if (found != expected) {
        differences.add(topic, "%s: expected %d hosts, found %d".formatted(pool, expected, found));
      }
    } catch (BadRecordException e) {
      differences.add(topic, DerivedIndex.text(key) + ": " + e.getMessage());
    }
  }
}
