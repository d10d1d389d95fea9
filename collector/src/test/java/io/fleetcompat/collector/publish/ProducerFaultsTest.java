package io.fleetcompat.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.testing.Await;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The faults of the publisher's thread and of the producer's own. */
class ProducerFaultsTest {

  private static final Topics TOPICS = new Topics("", 4, (short) 1);
  private static final Duration LONG = Duration.ofMinutes(2);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** The answers to the next sends; sends after them succeed. */
  private final Queue<Supplier<Future<RecordMetadata>>> sends = new ConcurrentLinkedQueue<>();

  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger arrived = new AtomicInteger();

  @Test
  void whateverAProducerThrowsIsTriedAgainWithAnother() {
    sends.add(
        () -> {
          throw new IllegalStateException("closed by whoever met an error");
        });
    sends.add(
        () -> {
          throw new AuthenticationException("the password is wrong, today");
        });
    sends.add(
        () -> {
          throw new NullPointerException("a mistake of the client's");
        });
    try (InventoryPublisher publisher = publisher(this::producer, LONG, registry)) {
      publisher.publish(sign("h"));
      Await.until("the sign of life", () -> arrived.get() == 1 && publisher.unsent() == 0);
      assertThat(publisher.faults().first()).isEmpty();
      assertThat(made).hasValue(4);
      assertThat(count("send.failures")).isEqualTo(3);
    }
  }

  @Test
  void aProducerThatCannotBeMadeIsMadeLater() {
    AtomicInteger refusals = new AtomicInteger(2);
    Supplier<Producer<byte[], byte[]>> producers =
        () -> {
          if (refusals.getAndDecrement() > 0) {
            throw new IllegalArgumentException("no such host, for now");
          }
          return producer();
        };
    try (InventoryPublisher publisher = publisher(producers, LONG, registry)) {
      publisher.publish(sign("h"));
      Await.until("the sign of life", () -> arrived.get() == 1);
      assertThat(publisher.faults().first()).isEmpty();
    }
  }

  @Test
  void anErrorEndsTheThreadAndThatIsSaid() {
    sends.add(
        () -> {
          throw new NoClassDefFoundError("org/apache/kafka/Missing");
        });
    try (InventoryPublisher publisher = publisher(this::producer, LONG, registry)) {
      publisher.publish(sign("h"));
      Await.until("a fault", () -> publisher.faults().first().isPresent());
      assertThat(publisher.faults().first().orElseThrow())
          .contains("inventory-publisher", "NoClassDefFoundError");
    }
  }

  @Test
  void whatACallbackThrowsCostsNoHostItsPlace() {
    Brittle brittle = new Brittle();
    try (InventoryPublisher publisher = publisher(this::producer, LONG, brittle)) {
      brittle.throwing = new IllegalStateException("a meter that is closed");
      publisher.publish(sign("h"));
      Await.until("a first attempt", () -> arrived.get() >= 1);
      brittle.throwing = null;
      Await.until("an empty outbox", () -> publisher.unsent() == 0);
      assertThat(publisher.faults().first()).isEmpty();
      publisher.publish(sign("h"));
      Await.until("an empty outbox again", () -> publisher.unsent() == 0);
    }
  }

  @Test
  void anErrorInACallbackIsAFaultOfTheProcess() {
    Brittle brittle = new Brittle();
    try (InventoryPublisher publisher = publisher(this::producer, LONG, brittle)) {
      brittle.throwing = new OutOfMemoryError("as good as");
      publisher.publish(sign("h"));
      Await.until("a fault", () -> publisher.faults().first().isPresent());
      brittle.throwing = null;
    }
  }

  @Test
  void aProducerThatTellsOfNothingIsGivenUp() {
    sends.add(CompletableFuture::new);
    try (InventoryPublisher publisher =
        publisher(this::producer, Duration.ofMillis(50), registry)) {
      publisher.publish(sign("h"));
      Await.until("the sign of life", () -> arrived.get() == 1 && publisher.unsent() == 0);
      assertThat(made).hasValue(2);
      assertThat(publisher.faults().first()).isEmpty();
    }
  }

  private static InventoryPublisher publisher(
      Supplier<Producer<byte[], byte[]>> producers,
      Duration patience,
      SimpleMeterRegistry registry) {
    return new InventoryPublisher(producers, patience, TOPICS, registry);
  }

  private static HostCapacity sign(String host) {
    return new HostCapacity(
        host, 1L, 1L, Instant.EPOCH, Map.of(), false, List.of(), null, Map.of());
  }

  private double count(String name) {
    return registry.get("fleetcompat.collector." + name).counter().count();
  }

  private Producer<byte[], byte[]> producer() {
    made.incrementAndGet();
    return new Scripted();
  }

  /** A producer that does what the test says. */
  private final class Scripted extends MockProducer<byte[], byte[]> {

    Scripted() {
      super(cluster(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Cluster cluster() {
      Node[] nodes = {new Node(0, "localhost", 1)};
      PartitionInfo partition =
          new PartitionInfo(TOPICS.hostCapacity().name(), 0, nodes[0], nodes, nodes);
      return new Cluster("c", List.of(nodes), List.of(partition), Set.of(), Set.of());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
      Supplier<Future<RecordMetadata>> scripted = sends.poll();
      if (scripted != null) {
        return scripted.get();
      }
      arrived.incrementAndGet();
      return super.send(record, callback);
    }
  }

  /** A registry whose counter of sent records throws while the test says so. */
  private static final class Brittle extends SimpleMeterRegistry {
    private volatile @Nullable Throwable throwing;

    @Override
    protected Counter newCounter(Meter.Id id) {
      Counter counter = super.newCounter(id);
      return id.getName().equals("fleetcompat.collector.sent.records")
          ? new Thrower(counter)
          : counter;
    }

    private final class Thrower implements Counter {
      private final Counter counter;

      Thrower(Counter counter) {
        this.counter = counter;
      }

      @Override
      public void increment(double amount) {
        switch (throwing) {
          case null -> counter.increment(amount);
          case RuntimeException exception -> throw exception;
          case Error error -> throw error;
          default -> throw new IllegalArgumentException(throwing);
        }
      }

      @Override
      public double count() {
        return counter.count();
      }

      @Override
      public Id getId() {
        return counter.getId();
      }
    }
  }
}
