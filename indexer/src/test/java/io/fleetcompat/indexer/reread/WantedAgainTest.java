package io.fleetcompat.indexer.reread;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class WantedAgainTest {

  private static final String TOPIC = "documents";
  private static final byte[] KEY = "a".getBytes(UTF_8);

  private final List<CompletableFuture<Map<Bytes, ConsumerRecord<byte[], byte[]>>>> readings =
      new ArrayList<>();
  private final List<String> taken = new ArrayList<>();

  private final NewestRecords reader =
      (_, _) -> {
        readings.add(new CompletableFuture<>());
        return readings.getLast();
      };

  private final WantedAgain wanted = new WantedAgain(reader, 0);

  private void tick() {
    wanted.tick(
        0,
        (record, _) ->
            taken.add(record.value() == null ? "none" : new String(record.value(), UTF_8)));
  }

  private void found(int reading, String value) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(TOPIC, 0, 1, KEY, value.getBytes(UTF_8));
    readings.get(reading).complete(Map.of(Bytes.wrap(KEY), record));
  }

  @Test
  void whatWasReadIsTakenOnce() {
    wanted.add(TOPIC, KEY);
    tick();
    found(0, "newest");
    tick();
    tick();
    assertThat(taken).containsExactly("newest");
    assertThat(wanted.isEmpty()).isTrue();
  }

  @Test
  void whatCameMeanwhileIsNotReadAgain() {
    wanted.add(TOPIC, KEY);
    tick();
    assertThat(wanted.came(TOPIC, KEY)).isTrue();
    found(0, "older than what came");
    tick();
    assertThat(taken).isEmpty();
  }

  @Test
  void whatIsWantedOnceMoreIsNotTakenFromAReadingThatBeganBefore() {
    wanted.add(TOPIC, KEY);
    tick();
    assertThat(wanted.came(TOPIC, KEY)).isTrue();
    wanted.add(TOPIC, KEY);
    readings.getFirst().complete(Map.of());
    tick();
    assertThat(taken).as("it says that there is none, which was so before").isEmpty();
    found(1, "newest");
    tick();
    assertThat(taken).containsExactly("newest");
  }
}
