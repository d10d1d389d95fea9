package io.fleetcompat.indexer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real RocksDB store, whose files are really damaged. */
class CheckedStoreTest {

  /** So many that the store has many blocks. */
  private static final int KEYS = 2000;

  private static final TopicPartition CHANGELOG = new TopicPartition("changelog", 3);

  private final AtomicInteger moved = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private Instant now = Instant.parse("2026-01-02T03:04:05.006Z");

  @TempDir Path state;

  @ParameterizedTest
  @EnumSource
  void aDamagedStoreIsMovedAsideAndAnEmptyOneTakesItsPlace(Damage damage) throws IOException {
    fill();
    damage.strike(directory());
    CheckedStore store = open();
    assertThat(store.get(key(1))).isNull();
    assertThat(store.committedOffset(CHANGELOG)).isNull();
    assertThat(moved).hasValue(1);
    store.put(key(1), value(1));
    store.commit(at(7));
    store.close();
    CheckedStore again = open();
    assertThat(again.get(key(1))).isEqualTo(value(1));
    assertThat(again.committedOffset(CHANGELOG)).isEqualTo(7);
    again.close();
    assertThat(moved).as("said once").hasValue(1);
    assertThat(aside()).containsExactly("0_3-hosts.20260102T030405.006Z");
  }

  @Test
  void aStoreThatADeadThreadLeftOpenIsOpenedAgainWithWhatWasCommitted() {
    CheckedStore left = open();
    left.put(key(1), value(1));
    left.commit(at(5));
    CheckedStore again = open();
    assertThat(left.isOpen()).isFalse();
    assertThat(again.get(key(1))).isEqualTo(value(1));
    assertThat(again.committedOffset(CHANGELOG)).isEqualTo(5);
    again.put(key(2), value(2));
    left.close();
    assertThat(again.get(key(2))).isEqualTo(value(2));
    again.close();
    assertThat(moved).hasValue(0);
  }

  /** RocksDB frees what it counts in with each commit: to read that would end this process. */
  @Test
  void anyThreadMayAskHowMuchIsNotCommitted() throws InterruptedException {
    CheckedStore store = open();
    store.put(key(1), value(1));
    long written = store.approximateNumUncommittedBytes();
    assertThat(written).isPositive();
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong most = new AtomicLong();
    Thread metrics =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!done.get()) {
                    most.accumulateAndGet(store.approximateNumUncommittedBytes(), Math::max);
                  }
                });
    for (int i = 0; i < KEYS; i++) {
      store.put(key(i), value(i));
      assertThat(store.approximateNumUncommittedBytes()).isPositive();
      store.commit(at(i));
      assertThat(store.approximateNumUncommittedBytes()).isLessThan(written);
    }
    store.close();
    done.set(true);
    metrics.join();
    assertThat(most.get()).isPositive();
    assertThat(store.approximateNumUncommittedBytes()).isZero();
  }

  @Test
  void filesThatRocksDbDoesNotNeedMayHoldNonsense() throws IOException {
    fill();
    for (Path file : Damage.files(directory(), "OPTIONS.*|LOG.*|IDENTITY")) {
      Files.writeString(file, "nonsense");
    }
    Files.writeString(directory().resolve("foreign"), "nonsense");
    Files.writeString(directory().resolve("000999.log"), "nonsense");
    CheckedStore store = open();
    assertThat(store.get(key(1))).isEqualTo(value(1));
    store.close();
    assertThat(moved).hasValue(0);
  }

  @Test
  void aSoundStoreAndAMissingOneAreOpenedAsTheyAre() {
    CheckedStore missing = open();
    missing.close();
    fill();
    CheckedStore store = open();
    assertThat(count(store)).isEqualTo(KEYS);
    assertThat(store.committedOffset(CHANGELOG)).isEqualTo(KEYS);
    store.close();
    assertThat(moved).hasValue(0);
  }

  @Test
  void aBlockThatIsDamagedWhileTheStoreIsOpenIsToldByWhoeverReadsIt() throws IOException {
    fill();
    CheckedStore store = open();
    Damage.SST_FLIPPED.strike(directory());
    assertThatThrownBy(() -> store.get(key(0)))
        .satisfies(fault -> assertThat(StoreDamage.in(fault)).isPresent());
    store.close();
    CheckedStore again = open();
    assertThat(moved).hasValue(1);
    again.close();
  }

  @Test
  void anIteratorDoesNotEndAtDamageAsIfThereWasNoMore() throws IOException {
    fill();
    CheckedStore store = open();
    Damage.SST_FLIPPED.strike(directory());
    assertThat(count(store)).as("RocksDB's own: no fault, and keys are missing").isLessThan(KEYS);
    nanos.addAndGet(CheckedStore.CHECK_AGAIN_AFTER.toNanos() + 1);
    assertThatThrownBy(store::all)
        .satisfies(fault -> assertThat(StoreDamage.in(fault)).isPresent());
    store.close();
  }

  @Test
  void theNewestOfThoseMovedAsideAreKept() throws IOException {
    for (int i = 0; i < AsidePlace.KEPT + 2; i++) {
      now = now.plusSeconds(1);
      fill();
      Damage.CURRENT_EMPTIED.strike(directory());
      open().close();
    }
    assertThat(aside())
        .containsExactly("0_3-hosts.20260102T030408.006Z", "0_3-hosts.20260102T030409.006Z");
  }

  @Test
  void aStoreThatAnotherHasOpenIsNoDamage() {
    fill();
    KeyValueStore<Bytes, byte[]> first = Stores.persistentKeyValueStore("hosts").get();
    first.init(context(), first); // as another process would
    assertThatThrownBy(this::open).satisfies(fault -> assertThat(StoreDamage.in(fault)).isEmpty());
    assertThatCode(() -> first.put(key(1), value(2))).doesNotThrowAnyException();
    first.close();
    assertThat(moved).hasValue(0);
  }

  @Test
  void allThatStreamsAsksOfAStoreIsAskedOfRocksDbs() {
    Set<String> own = new HashSet<>();
    for (var method : CheckedStore.class.getDeclaredMethods()) {
      own.add(method.getName() + method.getParameterCount());
    }
    assertThat(Arrays.stream(KeyValueStore.class.getMethods()))
        .as("a default method that is not handed on would be Streams's, not RocksDB's")
        .allSatisfy(
            method -> assertThat(own).contains(method.getName() + method.getParameterCount()));
  }

  private void fill() {
    CheckedStore store = open();
    for (int i = 0; i < KEYS; i++) {
      store.put(key(i), value(i));
    }
    store.commit(at(KEYS));
    store.close();
  }

  private CheckedStore open() {
    CheckedStore store =
        new CheckedStore(
            Stores.persistentKeyValueStore("hosts")::get,
            moved::incrementAndGet,
            Clock.fixed(now, ZoneOffset.UTC),
            nanos::get);
    store.init(context(), store);
    return store;
  }

  private StateStoreContext context() {
    Properties properties = new Properties();
    properties.put("application.id", "app");
    properties.put("bootstrap.servers", "none:1");
    properties.put("processing.guarantee", "exactly_once_v2");
    properties.put("enable.transactional.statestores", true);
    Path task = state.resolve("app").resolve("0_3");
    return new MockProcessorContext<>(properties, new TaskId(0, 3), task.toFile())
        .getStateStoreContext();
  }

  private Path directory() {
    return state.resolve("app").resolve("0_3").resolve("rocksdb").resolve("hosts");
  }

  private List<String> aside() throws IOException {
    try (Stream<Path> all = Files.list(state.resolve(AsidePlace.NAME))) {
      return all.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }

  private static int count(CheckedStore store) {
    int count = 0;
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  private static Map<TopicPartition, Long> at(long offset) {
    return Map.of(CHANGELOG, offset);
  }

  private static Bytes key(int i) {
    return Bytes.wrap("key-%05d".formatted(i).getBytes(UTF_8));
  }

  private static byte[] value(int i) {
    return "value %d of a length that makes many blocks".formatted(i).getBytes(UTF_8);
  }
}
