package io.fleetcompat.indexer.told;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.indexer.told.TopicDigests.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** When a topic is compared again, in milliseconds since the task began. */
class TopicAuditTest {

  private static final byte[] KEY = "a".getBytes(UTF_8);
  private static final byte[] VALUE = "told".getBytes(UTF_8);
  private static final int EVERY = 5_000;

  private final List<CompletableFuture<Held>> readings = new ArrayList<>();
  private final List<byte[]> sent = new ArrayList<>();
  private final TopicAudit audit =
      new TopicAudit(
          new Comparing(
              _ -> {
                readings.add(new CompletableFuture<>());
                return readings.getLast();
              },
              Duration.ZERO,
              Duration.ofMillis(EVERY)),
          new TopicPartition("profiles", 0),
          new Told(),
          new SentKeys(),
          (_, value) -> sent.add(value),
          0);

  /** One key with one value. */
  private static final class Told implements ToldRecords {
    @Override
    public void forEach(BiConsumer<byte[], byte[]> consumer) {
      consumer.accept(KEY, VALUE);
    }

    @Override
    public Optional<byte[]> find(byte[] key) {
      return Arrays.equals(key, KEY) ? Optional.of(VALUE) : Optional.empty();
    }

    @Override
    public boolean isOwn(byte[] key) {
      return true;
    }
  }

  private void assertBegins(long at, int reading) {
    audit.tick(at - 1);
    assertThat(readings).hasSize(reading - 1);
    audit.tick(at);
    assertThat(readings).hasSize(reading);
  }

  @Test
  void aTimeInWhichKafkaGivesNothingPutsOffNoComparison() {
    assertBegins(0, 1);
    readings.getLast().complete(new Held(Map.of(), Duration.ZERO));
    audit.tick(100_000);
    assertThat(sent).as("it is missing, so it is told again").containsExactly(VALUE);
    assertBegins(100_000 + EVERY, 2);
    readings.getLast().completeExceptionally(new TimeoutException("away"));
    audit.tick(200_000);
    assertBegins(200_000 + EVERY, 3);
  }

  @Test
  void aComparisonThatIsMuchWorkRestsForTwentyTimesAsLong() {
    assertBegins(0, 1);
    readings.getLast().complete(new Held(Map.of(), Duration.ofSeconds(1)));
    audit.tick(1_000);
    assertBegins(1_000 + 20_000, 2);
  }
}
