package io.fleetcompat.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.schemas.ChangeKey.Kind;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.EndpointMove;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of changes against a naive model. */
class ChangePagesTest {

  private final long seed = new Random().nextLong();
  private final HistorySample sample = new HistorySample(seed);

  @TempDir private Path directory;
  private HistoryStore store;

  @BeforeEach
  void open() {
    store = HistoryStore.open(directory, HistoryBounds.DEFAULTS);
    store.begin("id", HistorySample.partitions());
    arrive(400);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void arrive(int changes) {
    List<ArrivedChange> more = sample.more(changes);
    store.append(more, HistorySample.next(more));
  }

  private List<ChangePosition> model(Predicate<ArrivedChange> asked, long since, long until) {
    List<ChangePosition> found = new ArrayList<>();
    List<ChangePosition> positions = sample.positions();
    for (int n = 0; n < positions.size(); n++) {
      long at = positions.get(n).at();
      if (at >= since && at <= until && asked.test(sample.all.get(n))) {
        found.add(positions.get(n));
      }
    }
    found.sort(Comparator.reverseOrder());
    return found;
  }

  private List<ChangePosition> listed(ChangesQuestion question, int limit, int maxWalked) {
    List<ChangePosition> listed = new ArrayList<>();
    Optional<ChangePosition> next = Optional.empty();
    do {
      ChangesPage page = store.page(question, next, limit, maxWalked);
      page.changes().forEach(change -> listed.add(change.position()));
      next = page.next();
    } while (next.isPresent());
    return listed;
  }

  private static boolean isHousekeeping(ArrivedChange change) {
    ChangeCause cause = change.change().orElseThrow().getCauses().getFirst();
    return cause == ChangeCause.HISTORY_BEGAN || cause == ChangeCause.CAPACITY_CHANGED;
  }

  @Test
  void pagesOfAnySizeTogetherAreWhatIsAskedFor() {
    long since = HistorySample.BEGAN + 20;
    long until = HistorySample.BEGAN + 200;
    for (int limit : new int[] {1, 7, 1000}) {
      for (int walked : new int[] {1, 10, 100_000}) {
        for (Optional<String> host : List.of(Optional.<String>empty(), Optional.of("host-3"))) {
          for (Optional<String> pool : List.of(Optional.<String>empty(), Optional.of("pool-1"))) {
            ChangesQuestion question =
                new ChangesQuestion(
                    since, until, new ChangeFilter(host, pool, Optional.empty(), Set.of()));
            assertThat(listed(question, limit, walked))
                .as("seed %d, limit %d, walked %d, %s", seed, limit, walked, question)
                .isEqualTo(model(c -> !isHousekeeping(c) && matches(c, host, pool), since, until));
          }
        }
      }
    }
  }

  private static boolean matches(
      ArrivedChange change, Optional<String> host, Optional<String> pool) {
    Kind kind = change.subject().kind();
    String name = change.subject().name();
    boolean ofHost = kind == Kind.HOST || kind == Kind.CAPACITY;
    ChangeRecord record = change.change().orElseThrow();
    boolean hadThatName =
        record.getCauses().contains(ChangeCause.HOST_RENAMED)
            && host.equals(Optional.ofNullable(record.getValues().getFirst().getFrom()));
    boolean ofThatHost = hadThatName || (ofHost && host.equals(Optional.of(name)));
    boolean ofThatPool = kind == Kind.POOL && pool.equals(Optional.of(name));
    List<String> pools = record.getPools();
    return (host.isEmpty() || ofThatHost)
        && (pool.isEmpty() || ofThatPool || pools.contains(pool.get()));
  }

  @Test
  void housekeepingIsListedWhereItIsNamed() {
    ChangesQuestion question =
        new ChangesQuestion(
            0,
            Long.MAX_VALUE,
            new ChangeFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(ChangeCause.HISTORY_BEGAN, ChangeCause.CAPACITY_CHANGED)));
    assertThat(listed(question, 9, 100_000))
        .isEqualTo(model(ChangePagesTest::isHousekeeping, 0, Long.MAX_VALUE));
  }

  @Test
  void aPageGoesOnWhereTheOneBeforeItEndedWhateverArrivesMeanwhile() {
    ChangesQuestion question =
        new ChangesQuestion(
            0,
            Long.MAX_VALUE,
            new ChangeFilter(Optional.empty(), Optional.empty(), Optional.empty(), Set.of()));
    List<ChangePosition> expected = model(c -> !isHousekeeping(c), 0, Long.MAX_VALUE);
    List<ChangePosition> first = new ArrayList<>();
    Optional<ChangePosition> next = Optional.empty();
    do {
      ChangesPage page = store.page(question, next, 30);
      page.changes().forEach(change -> first.add(change.position()));
      next = page.next();
      later(10);
    } while (next.isPresent());
    assertThat(first).as("seed %d", seed).isEqualTo(expected);
  }

  /** Changes of a later time than all before them. */
  private void later(int changes) {
    for (int n = 0; n < changes; n++) {
      long offset = 1_000_000 + store.changes();
      ArrivedChange change =
          new ArrivedChange(
              0,
              offset,
              1_000_000,
              new io.fleetcompat.schemas.ChangeKey(Kind.HOST, "late"),
              Optional.of(HistorySample.change(List.of(ChangeCause.HOST_STALE))));
      store.append(List.of(change), HistorySample.next(List.of(change)));
    }
  }

  @Test
  void aDeviceIsFoundByItsNameBelowItAndWhereNamesAreLeftOut() {
    move(2_000_001, "named", 1, "0000:3b:00.0");
    move(2_000_002, "below", 1, "0000:3b:00.0/nvidia-1");
    move(2_000_003, "other", 1, "0000:3b:00.01");
    move(2_000_004, "left-out", 2, "0000:01:00.0");
    ChangesQuestion question =
        new ChangesQuestion(
            0,
            Long.MAX_VALUE,
            new ChangeFilter(
                Optional.empty(), Optional.empty(), Optional.of("0000:3b:00.0"), Set.of()));
    assertThat(store.page(question, Optional.empty(), 10).changes())
        .extracting(change -> change.subject().name())
        .containsExactly("left-out", "below", "named");
  }

  private void move(long offset, String host, int devices, String endpoint) {
    EndpointMove move =
        EndpointMove.newBuilder()
            .setDevices(devices)
            .setTypes(0)
            .setEndpoints(List.of(endpoint))
            .setValues(List.of())
            .build();
    ChangeRecord change =
        ChangeRecord.newBuilder(HistorySample.change(List.of(ChangeCause.ATTRIBUTE_CHANGED)))
            .setMoves(List.of(move))
            .build();
    ArrivedChange arrived =
        new ArrivedChange(
            0,
            offset,
            offset,
            new io.fleetcompat.schemas.ChangeKey(Kind.HOST, host),
            Optional.of(change));
    store.append(List.of(arrived), HistorySample.next(List.of(arrived)));
  }
}
