package io.fleetcompat.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord.BrokerEndpoint;
import org.apache.kafka.common.metadata.RegisterBrokerRecord.BrokerEndpointCollection;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.MetadataProvenance;
import org.apache.kafka.metadata.MetadataCache;
import org.apache.kafka.server.common.KRaftVersion;
import org.junit.jupiter.api.Test;

class LeaderlessPartitionsTest {

  private static final ListenerName PLAINTEXT = new ListenerName("PLAINTEXT");
  private static final Uuid TOPIC = Uuid.randomUuid();
  private static final int BROKER = 1;
  private static final int NO_LEADER = -1;

  @Test
  void aPartitionWithoutALeaderIsNowhereJustNow() throws Exception {
    MetadataCache cache = cache(LeaderlessPartitions.corrected());
    assertThat(endpoint(cache, "topic", 1)).contains(Node.noNode());
  }

  @Test
  void aPartitionWithALeaderIsThere() throws Exception {
    MetadataCache cache = cache(LeaderlessPartitions.corrected());
    assertThat(endpoint(cache, "topic", 0).map(Node::id)).contains(BROKER);
  }

  @Test
  void whatDoesNotExistIsNotFound() throws Exception {
    MetadataCache cache = cache(LeaderlessPartitions.corrected());
    assertThat(endpoint(cache, "topic", 2)).isEmpty();
    assertThat(endpoint(cache, "other", 0)).isEmpty();
  }

  /** A test that fails once Kafka has been mended: then the correction can go. */
  @Test
  void thisKafkaStillNeedsTheCorrection() throws Exception {
    MetadataCache cache = cache(LeaderlessPartitions.original());
    assertThat(endpoint(cache, "topic", 1)).isEmpty();
  }

  private static Optional<Node> endpoint(MetadataCache cache, String topic, int partition) {
    return cache.getPartitionLeaderEndpoint(topic, partition, PLAINTEXT);
  }

  /** A cache of that class, which knows a topic whose partition 1 has lost its leader. */
  private static MetadataCache cache(byte[] bytes) throws ReflectiveOperationException {
    Class<?> type = new OneClass(bytes).defined();
    Supplier<KRaftVersion> version = () -> KRaftVersion.LATEST_PRODUCTION;
    Constructor<?> constructor = type.getConstructor(int.class, Supplier.class);
    MetadataCache cache = (MetadataCache) constructor.newInstance(BROKER, version);
    type.getMethod("setImage", MetadataImage.class).invoke(cache, image());
    return cache;
  }

  private static MetadataImage image() {
    MetadataDelta delta = new MetadataDelta.Builder().setImage(MetadataImage.EMPTY).build();
    BrokerEndpointCollection endpoints = new BrokerEndpointCollection();
    endpoints.add(new BrokerEndpoint().setName("PLAINTEXT").setHost("localhost").setPort(9092));
    delta.replay(
        new RegisterBrokerRecord()
            .setBrokerId(BROKER)
            .setIncarnationId(Uuid.randomUuid())
            .setEndPoints(endpoints));
    delta.replay(new TopicRecord().setName("topic").setTopicId(TOPIC));
    delta.replay(partition(0, BROKER));
    delta.replay(partition(1, NO_LEADER));
    return delta.apply(MetadataProvenance.EMPTY);
  }

  private static PartitionRecord partition(int partition, int leader) {
    return new PartitionRecord()
        .setTopicId(TOPIC)
        .setPartitionId(partition)
        .setReplicas(List.of(BROKER))
        .setIsr(List.of(BROKER))
        .setLeader(leader);
  }

  /** A class loader that has one class of its own; the rest is its parent's. */
  private static final class OneClass extends ClassLoader {

    private final byte[] bytes;

    OneClass(byte[] bytes) {
      super(LeaderlessPartitionsTest.class.getClassLoader());
      this.bytes = bytes;
    }

    Class<?> defined() {
      return defineClass(null, bytes, 0, bytes.length);
    }
  }
}
