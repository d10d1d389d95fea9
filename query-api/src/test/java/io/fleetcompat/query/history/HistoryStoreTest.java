package io.fleetcompat.query.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.ChangeKey.Kind;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history on a real disk. */
class HistoryStoreTest {

  /** Shorter than most of what a manifest says, in bytes. */
  private static final int MANIFEST_STEP = 8;

  private static final HistoryBounds WIDE = new HistoryBounds(Duration.ofDays(36_000), 4L << 30);
  private static final String TOPIC = "id-1";

  @TempDir private Path directory;

  private static Map<ChangeKey, String> undone(HistoryStore store, long after, int maxWalked) {
    Map<ChangeKey, String> undone = new HashMap<>();
    long subjects =
        store.undo(
            after,
            (subject, before, omitted) -> {
              String had =
                  before
                      .map(ByteBuffer::wrap)
                      .map(HistorySample::text)
                      .orElse(omitted ? "?" : "none");
              assertThat(undone.put(subject, had)).as("%s once", subject).isNull();
            },
            maxWalked);
    assertThat(subjects).isEqualTo(undone.size());
    return undone;
  }

  private static HistorySample fill(HistoryStore store, long seed, int batches) {
    HistorySample sample = new HistorySample(seed);
    store.begin(TOPIC, HistorySample.partitions());
    for (int n = 0; n < batches; n++) {
      append(store, sample.more(40));
    }
    return sample;
  }

  private static void append(HistoryStore store, List<ArrivedChange> changes) {
    store.append(changes, HistorySample.next(changes));
  }

  private static List<ChangePosition> listed(
      HistoryStore store, ChangesQuestion question, int limit) {
    List<ChangePosition> listed = new ArrayList<>();
    Optional<ChangePosition> next = Optional.empty();
    do {
      ChangesPage page = store.page(question, next, limit);
      page.changes().forEach(change -> listed.add(change.position()));
      next = page.next();
    } while (next.isPresent());
    return listed;
  }

  private static ChangesQuestion all(Set<ChangeCause> causes) {
    return new ChangesQuestion(
        0,
        Long.MAX_VALUE,
        new ChangeFilter(Optional.empty(), Optional.empty(), Optional.empty(), causes));
  }

  @Test
  void whatSubjectsHadBeforeIsThatOfTheModelWhicheverWayIsTaken() {
    long seed = new Random().nextLong();
    try (HistoryStore store = HistoryStore.open(directory, WIDE)) {
      HistorySample sample = fill(store, seed, 10);
      List<ChangePosition> positions = sample.positions();
      long last = positions.stream().mapToLong(ChangePosition::at).max().orElseThrow();
      for (long after = HistorySample.BEGAN - 1; after <= last; after += 7) {
        Map<ChangeKey, String> model = sample.before(after);
        for (int maxWalked : new int[] {0, 1, 50, UndoWalk.MAX_WALKED}) {
          assertThat(undone(store, after, maxWalked))
              .as("seed %d, after %d, %d walked", seed, after, maxWalked)
              .isEqualTo(model);
        }
      }
      assertThat(undone(store, last, 100)).isEmpty();
    }
  }

  @Test
  void aNewProcessGoesOnWhereTheOneBeforeItEnded() {
    HistorySample sample;
    try (HistoryStore store = HistoryStore.open(directory, WIDE)) {
      sample = fill(store, 1, 3);
    }
    try (HistoryStore store = HistoryStore.open(directory, WIDE)) {
      assertThat(store.contents().topicId()).isEqualTo(TOPIC);
      assertThat(store.contents().next()).isEqualTo(HistorySample.next(sample.all));
      assertThat(store.changes()).isEqualTo(sample.all.size());
      append(store, sample.more(40));
      assertThat(undone(store, 0, 1000)).isEqualTo(sample.before(0));
      assertThat(store.completeSince()).hasValue(Instant.ofEpochMilli(HistorySample.BEGAN));
    }
  }

  @Test
  void aProcessThatWasKilledHasPositionsThatFitItsChanges() throws IOException {
    try (HistoryStore store = HistoryStore.open(directory.resolve("a"), WIDE)) {
      HistorySample sample = fill(store, 2, 5);
      Path copy = directory.resolve("b");
      copy(directory.resolve("a"), copy);
      try (HistoryStore killed = HistoryStore.open(copy, WIDE)) {
        assertThat(killed.contents()).isEqualTo(store.contents());
        assertThat(undone(killed, 0, 1000)).isEqualTo(sample.before(0));
      }
    }
  }

  @Test
  void aLogThatIsCutOffLosesItsLastBatchesWhole() throws IOException {
    HistorySample sample = new HistorySample(3);
    Path copy = directory.resolve("b");
    try (HistoryStore store = HistoryStore.open(directory.resolve("a"), WIDE)) {
      store.begin(TOPIC, HistorySample.partitions());
      append(store, sample.more(40));
      append(store, sample.more(40));
      copy(directory.resolve("a"), copy);
    }
    Path log = file(copy, ".log");
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(file.length() - 10);
    }
    try (HistoryStore cut = HistoryStore.open(copy, WIDE)) {
      List<ArrivedChange> first = sample.all.subList(0, 40 + HistorySample.PARTITIONS);
      assertThat(cut.contents().next()).isEqualTo(HistorySample.next(first));
      assertThat(cut.changes()).isEqualTo(first.size());
    }
  }

  /** Whichever file has lost its end: what is there is the state after some batch, or nothing. */
  @Test
  void aDatabaseOfWhichAFileWasCutOffIsOfOneBatchOrEmpty() throws IOException {
    Path whole = directory.resolve("whole");
    Set<Long> batches = new HashSet<>(Set.of(0L));
    HistorySample sample = new HistorySample(4);
    for (int process = 0; process < 3; process++) {
      try (HistoryStore store = HistoryStore.open(whole, WIDE)) {
        if (process == 0) {
          store.begin(TOPIC, HistorySample.partitions());
        }
        append(store, sample.more(40));
        batches.add(store.changes());
      }
    }
    int empty = 0;
    for (Path file : files(whole, "")) {
      for (int quarters = 0; quarters < 4; quarters++) {
        Path cut = directory.resolve("cut-" + quarters + "-" + file.getFileName());
        copy(whole, cut);
        cut(cut.resolve(whole.relativize(file)), quarters);
        try (HistoryStore store = HistoryStore.open(cut, WIDE)) {
          assertThat(batches).as("%s", cut).contains(store.changes());
          assertWhole(store);
          empty += store.changes() == 0 ? 1 : 0;
        }
      }
    }
    assertThat(empty).isGreaterThan(8);
  }

  /** A manifest that ends early names fewer files than the logs that are left follow upon. */
  @Test
  void aDatabaseWhoseManifestWasCutAnywhereIsOfOneBatchOrEmpty() throws IOException {
    Path whole = directory.resolve("whole");
    // Two starts alone: with more, tables are merged, and some that are named are found missing.
    HistorySample sample = new HistorySample(4);
    Set<Long> batches = new HashSet<>(Set.of(0L));
    for (int process = 0; process < 2; process++) {
      try (HistoryStore store = HistoryStore.open(whole, WIDE)) {
        if (process == 0) {
          store.begin(TOPIC, HistorySample.partitions());
        }
        append(store, sample.more(40));
        batches.add(store.changes());
      }
    }
    Path manifest =
        files(whole, "").stream()
            .filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
            .findFirst()
            .orElseThrow();
    for (long length = 0; length < Files.size(manifest); length += MANIFEST_STEP) {
      Path cut = directory.resolve("cut-at-" + length);
      copy(whole, cut);
      try (RandomAccessFile open =
          new RandomAccessFile(cut.resolve(whole.relativize(manifest)).toFile(), "rw")) {
        open.setLength(length);
      }
      try (HistoryStore store = HistoryStore.open(cut, WIDE)) {
        assertThat(batches).as("cut at %d", length).contains(store.changes());
        assertWhole(store);
      }
    }
  }

  static void cut(Path file, int quarters) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(open.length() * quarters / 4);
    }
  }

  private static void assertWhole(HistoryStore store) {
    long read = store.contents().next().values().stream().mapToLong(Long::longValue).sum();
    assertThat(store.changes()).isEqualTo(read);
    assertThat(listed(store, all(Set.of(ChangeCause.values())), 1000)).hasSize((int) read);
  }

  @Test
  void damageThatIsFoundWhileReadingIsSaidAndCleared() throws IOException {
    try (HistoryStore store = HistoryStore.open(directory, WIDE)) {
      fill(store, 6, 100);
    }
    try (HistoryStore store = HistoryStore.open(directory, WIDE)) { // puts it into tables
      assertThat(store.isDamaged()).isFalse();
    }
    List<Path> tables =
        files(directory, ".sst").stream()
            .sorted(Comparator.comparing(file -> file.toFile().length()))
            .toList();
    for (Path table : tables.subList(1, tables.size())) { // the first has the positions
      invert(table);
    }
    HistoryStore store = HistoryStore.open(directory, WIDE);
    try (store) {
      assertThatThrownBy(() -> undone(store, 0, 100_000))
          .isInstanceOfSatisfying(
              HistoryException.class,
              e -> assertThat(e.kind()).isEqualTo(HistoryException.Kind.DAMAGED));
      assertThat(store.isDamaged()).isTrue();
      store.clear("it is damaged");
      assertThat(store.isDamaged()).isFalse();
      HistorySample sample = fill(store, 7, 1);
      assertThat(undone(store, 0, 1000)).isEqualTo(sample.before(0));
    }
  }

  @Test
  void aTableThatIsGoneIsDamageWhateverTheDirectoryIsCalled() throws IOException {
    Path block = directory.resolve("block");
    try (HistoryStore store = HistoryStore.open(block, WIDE)) {
      fill(store, 6, 1);
    }
    try (HistoryStore store = HistoryStore.open(block, WIDE)) { // puts it into tables
      assertThat(store.changes()).isPositive();
    }
    for (Path table : files(block, ".sst")) {
      Files.delete(table);
    }
    try (HistoryStore store = HistoryStore.open(block, WIDE)) {
      assertThat(store.changes()).isZero();
    }
  }

  @Test
  void aSecondProcessOnTheSameDirectoryIsRefused() {
    try (HistoryStore _ = HistoryStore.open(directory, WIDE)) {
      assertThatThrownBy(() -> HistoryStore.open(directory, WIDE))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("give each its own history-directory");
    }
  }

  @Test
  void timesOfAPartitionNeverGoBack() {
    try (HistoryStore store = HistoryStore.open(directory, WIDE)) {
      HistorySample sample = fill(store, 8, 5);
      List<ChangePosition> expected =
          sample.positions().stream().sorted(Comparator.reverseOrder()).toList();
      assertThat(listed(store, all(Set.of(ChangeCause.values())), 17)).isEqualTo(expected);
    }
  }

  @Test
  void changesOfAnAgeAreDroppedAndTheHistoryBeginsLater() {
    HistoryBounds narrow = new HistoryBounds(Duration.ofMillis(50), 4L << 30);
    try (HistoryStore store = HistoryStore.open(directory, narrow)) {
      HistorySample sample = fill(store, 9, 10);
      long last = sample.positions().stream().mapToLong(ChangePosition::at).max().orElseThrow();
      store.dropOldest(last);
      List<ChangePosition> left =
          sample.positions().stream()
              .filter(position -> position.at() >= last - 50)
              .sorted(Comparator.reverseOrder())
              .toList();
      assertThat(listed(store, all(Set.of(ChangeCause.values())), 17)).isEqualTo(left);
      assertThat(store.changes()).isEqualTo(left.size());
      long since = store.completeSince().orElseThrow().toEpochMilli();
      assertThat(since).isLessThan(last - 50).isGreaterThan(HistorySample.BEGAN);
      assertThat(undone(store, since, 0)).isEqualTo(sample.before(since));
      assertThat(undone(store, since, 1000)).isEqualTo(sample.before(since));
    }
  }

  @Test
  void aHistoryThatIsTooLargeLosesItsOldest() {
    HistoryBounds narrow = new HistoryBounds(Duration.ofDays(36_000), 1 << 20);
    try (HistoryStore store = HistoryStore.open(directory, narrow)) {
      store.begin(TOPIC, HistorySample.partitions());
      Random random = new Random(10);
      for (int n = 0; n < 40; n++) {
        byte[] noise = new byte[100_000];
        random.nextBytes(noise);
        ChangeRecord change =
            ChangeRecord.newBuilder(HistorySample.change(List.of(ChangeCause.HOST_STALE)))
                .setBefore(ByteBuffer.wrap(noise))
                .build();
        ChangeKey host = new ChangeKey(Kind.HOST, "host-" + n);
        append(store, List.of(new ArrivedChange(0, n, 100 + n, host, Optional.of(change))));
      }
      store.dropOldest(1000);
      assertThat(store.bytes()).isLessThan(1 << 20);
      assertThat(store.changes()).isBetween(5L, 10L);
      List<ChangePosition> left = listed(store, all(Set.of()), 100);
      assertThat(left).hasSize((int) store.changes());
      assertThat(left.getFirst()).isEqualTo(new ChangePosition(139, 0, 39));
      assertThat(store.contents().droppedUpTo()).isEqualTo(left.getLast().at() - 1);
    }
  }

  @Test
  void aHistoryIsCompleteFromTheLastPartitionOnThatSaysSo() {
    try (HistoryStore store = HistoryStore.open(directory, WIDE)) {
      SortedMap<Integer, PartitionState> states = new TreeMap<>();
      states.put(0, PartitionState.begin(0, PartitionState.UNKNOWN));
      states.put(1, PartitionState.begin(7, PartitionState.UNKNOWN));
      states.put(2, PartitionState.begin(9, 400));
      store.begin(TOPIC, states);
      append(store, List.of(HistorySample.marker(0, 0, 300)));
      assertThat(store.completeSince()).isEmpty();
      ChangeRecord change = HistorySample.change(List.of(ChangeCause.HOST_STALE));
      ChangeKey host = new ChangeKey(Kind.HOST, "a");
      append(store, List.of(new ArrivedChange(1, 8, 500, host, Optional.of(change))));
      assertThat(store.completeSince()).hasValue(Instant.ofEpochMilli(500));
      append(store, List.of(HistorySample.marker(0, 1, 600)));
      assertThat(store.completeSince()).hasValue(Instant.ofEpochMilli(600));
    }
  }

  @Test
  void aChangeThatCannotBeReadIsNotListedAndNobodyKnowsWhatWasBefore() {
    try (HistoryStore store = HistoryStore.open(directory, WIDE)) {
      store.begin(TOPIC, HistorySample.partitions());
      ChangeKey host = new ChangeKey(Kind.HOST, "a");
      append(store, List.of(new ArrivedChange(0, 0, 500, host, Optional.empty())));
      assertThat(listed(store, all(Set.of(ChangeCause.values())), 10)).isEmpty();
      assertThat(undone(store, 0, 10)).isEqualTo(Map.of(host, "?"));
      assertThat(undone(store, 0, 0)).isEqualTo(Map.of(host, "?"));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static List<Path> files(Path directory, String name) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.getFileName().toString().contains(name))
          .filter(file -> Files.isRegularFile(file) && file.toFile().length() > 0)
          .toList();
    }
  }

  private static Path file(Path directory, String name) throws IOException {
    return files(directory, name).getFirst();
  }

  /** Inverts the second quarter: a damaged beginning or end is found as it is opened. */
  private static void invert(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int n = bytes.length / 4; n < bytes.length / 2; n++) {
      bytes[n] ^= 0x55;
    }
    Files.write(file, bytes);
  }
}
