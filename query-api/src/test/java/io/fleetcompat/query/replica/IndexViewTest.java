package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.CapacityRecord;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Law 2: folding a history in any batching, with duplicates and replays, ends in the same state.
 */
class IndexViewTest {

  private static final int HOSTS = 12;
  private static final int PROFILES = 45;
  private static final int EVENTS = 120;

  private final IndexedFleet fleet = new IndexedFleet(1, 4, PROFILES, 3);

  /** One record of the history. */
  private interface Event {
    void apply(ViewEdit edit, Naive naive) throws BadRecordException;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyCutOfEveryHistoryEqualsTheNaiveModel(long seed) throws BadRecordException {
    List<Event> history = history(new Random(seed));
    ViewEdit oneByOne = new ViewEdit(IndexView.empty());
    Naive naive = new Naive();
    for (int cut = 0; cut < history.size(); cut++) {
      history.get(cut).apply(oneByOne, naive);
      IndexView view = oneByOne.commit();
      assertThat(describe(view)).as("seed %d, cut %d", seed, cut).isEqualTo(naive.describe());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void anyBatchingAndAReplayGiveTheSameView(long seed) throws BadRecordException {
    Random random = new Random(seed);
    List<Event> history = history(random);
    ViewEdit atOnce = new ViewEdit(IndexView.empty());
    ViewEdit inBatches = new ViewEdit(IndexView.empty());
    Naive naive = new Naive();
    for (Event event : history) {
      event.apply(atOnce, naive);
      event.apply(inBatches, new Naive());
      if (random.nextInt(7) == 0) {
        inBatches.commit();
      }
    }
    for (Event event : history) {
      event.apply(inBatches, new Naive());
      event.apply(inBatches, new Naive());
    }
    assertThat(describe(atOnce.commit())).as("seed %d", seed).isEqualTo(naive.describe());
    assertThat(describe(inBatches.commit())).as("seed %d", seed).isEqualTo(naive.describe());
  }

  private List<Event> history(Random random) throws BadRecordException {
    List<Event> history = new ArrayList<>();
    for (int number = 0; number < PROFILES; number++) {
      int n = number;
      Fingerprint id = fleet.profiles().get(n).fingerprint();
      IndexChange profile = IndexChange.profile(id, fleet.profileRecord(n));
      IndexChange row = IndexChange.row(fleet.rules(), id, fleet.row(n));
      history.add((edit, naive) -> edit.replay(profile));
      history.add((edit, naive) -> edit.replay(row));
    }
    IndexChange generation = IndexChange.generation(fleet.rules(), fleet.generation(PROFILES));
    IndexChange rules = IndexChange.rules(fleet.rules(), fleet.rulesRecord());
    IndexChange inForce = IndexChange.inForce(fleet.inForce());
    history.add((edit, naive) -> edit.replay(rules));
    history.add((edit, naive) -> edit.replay(inForce));
    history.add((edit, naive) -> edit.replay(generation));
    for (int i = 0; i < EVENTS; i++) {
      history.add(hostEvent(random));
    }
    return history;
  }

  private Event hostEvent(Random random) {
    int host = random.nextInt(HOSTS);
    String name = IndexedFleet.host(host);
    long version = random.nextInt(5);
    return switch (random.nextInt(6)) {
      case 0 -> placementEvent(name, null);
      case 1 -> capacityEvent(name, null);
      case 2 -> capacityEvent(name, fleet.capacity(host, version, Instant.EPOCH));
      case 3 -> {
        Placement fresh = fleet.placement(host, version);
        yield placementEvent(name, Placement.newBuilder(fresh).setLiveness(Liveness.STALE).build());
      }
      case 4 -> {
        int pool = random.nextInt(4);
        Map<String, String> labels = pool == 0 ? Map.of() : Map.of("pool", "pool-" + pool);
        Placement moved = fleet.placement(host, version);
        yield placementEvent(name, Placement.newBuilder(moved).setLabels(labels).build());
      }
      default -> placementEvent(name, fleet.placement(host, version));
    };
  }

  private static Event placementEvent(String host, @Nullable Placement placement) {
    return (edit, naive) -> {
      edit.replay(
          placement == null
              ? new IndexChange.HostUnplaced(host)
              : IndexChange.placed(host, placement));
      naive.placements.put(host, Optional.ofNullable(placement));
    };
  }

  /** Of two collectors with one name, replicas know the room of the placed one's host alone. */
  @Test
  void whatAnotherCollectorTellsIsNotTheHosts() throws BadRecordException {
    String host = IndexedFleet.host(0);
    IndexChange placed =
        IndexChange.placed(host, Placement.newBuilder(fleet.placement(0, 1)).setEpoch(2).build());
    IndexChange own = heardOf(2);
    IndexChange other = heardOf(1);
    assertThat(room(List.of(placed, own, other))).isEqualTo(Capacities.NONE);
    assertThat(room(List.of(own, other, placed))).isEqualTo(Capacities.NONE);
    Capacities known = room(List.of(other, placed, own));
    assertThat(known).isNotEqualTo(Capacities.NONE);
    assertThat(room(List.of(other, own, placed))).isEqualTo(known);
    assertThat(room(List.of(placed, other, own, own))).isEqualTo(known);
    assertThat(room(List.of(placed, heardOf(0)))).as("of the history").isEqualTo(known);
  }

  private IndexChange heardOf(long epoch) throws BadRecordException {
    HostCapacity heartbeat =
        HostCapacity.newBuilder(fleet.capacity(0, 1, Instant.EPOCH)).setEpoch(epoch).build();
    return IndexChange.heard(IndexedFleet.host(0), heartbeat, 0);
  }

  private Capacities room(List<IndexChange> changes) throws BadRecordException {
    ViewEdit edit = new ViewEdit(IndexView.empty());
    for (int n = 0; n < PROFILES; n++) {
      edit.replay(
          IndexChange.profile(fleet.profiles().get(n).fingerprint(), fleet.profileRecord(n)));
    }
    changes.forEach(edit::replay);
    Host host = edit.commit().fleet().find(IndexedFleet.host(0));
    return Objects.requireNonNull(host).capacities();
  }

  private static Event capacityEvent(String host, @Nullable HostCapacity capacity) {
    return (edit, naive) -> {
      edit.replay(
          capacity == null
              ? new IndexChange.HostRemoved(host, 0)
              : IndexChange.heard(host, capacity, 0));
      naive.capacities.put(host, Optional.ofNullable(capacity));
    };
  }

  /** The same facts, kept the simplest way. */
  private static final class Naive {
    final Map<String, Optional<Placement>> placements = new TreeMap<>();
    final Map<String, Optional<HostCapacity>> capacities = new TreeMap<>();

    record Row(
        String scope, boolean fresh, String profile, int capacity, String host, String name) {
      String line() {
        return scope + (fresh ? " fresh " : " quiet ") + profile;
      }
    }

    List<String> describe() {
      List<Row> rows = new ArrayList<>();
      placements.values().stream().flatMap(Optional::stream).forEach(p -> add(p, rows));
      rows.sort(
          Comparator.comparing(Row::line)
              .thenComparing(r -> -r.capacity)
              .thenComparing(Row::host)
              .thenComparing(Row::name));
      return rows.stream()
          .map(r -> r.line() + " " + r.capacity + " " + r.host + "/" + r.name)
          .toList();
    }

    private static List<String> scopes(@Nullable String pool) {
      return pool == null ? List.of("fleet") : List.of("fleet", pool);
    }

    private void add(Placement placement, List<Row> rows) {
      Map<String, Integer> capacity =
          capacities
              .getOrDefault(placement.getHost(), Optional.empty())
              .map(CapacityRecord::capacity)
              .orElse(Map.of());
      for (PlacedEndpoint endpoint : placement.getEndpoints()) {
        byte[] id = placement.getProfiles().get(endpoint.getProfile()).bytes();
        for (String scope : scopes(placement.getLabels().get("pool"))) {
          rows.add(
              new Row(
                  scope,
                  placement.getLiveness() == Liveness.FRESH,
                  Fingerprint.of(id).toString(),
                  capacity.getOrDefault(endpoint.getName(), -1),
                  placement.getHost(),
                  endpoint.getName()));
        }
      }
    }
  }

  private static List<String> describe(IndexView view) {
    TreeMap<String, List<String>> lines = new TreeMap<>();
    describe("fleet", view.fleet().members(), view, lines);
    view.fleet().pools().forEach((pool, members) -> describe(pool, members, view, lines));
    return lines.values().stream().flatMap(List::stream).toList();
  }

  private static void describe(
      String scope, Membership members, IndexView view, Map<String, List<String>> lines) {
    int hosts = 0;
    for (OrderedKeys.Walk walk = members.byName().from(0); walk.hasNext(); hosts++) {
      assertThat(members.has(CandidateKey.host(walk.next()))).isTrue();
    }
    assertThat(hosts).isEqualTo(members.size());
    IntStream.range(0, view.matrix().slots())
        .forEach(
            slot -> {
              ProfileEndpoints of = members.endpoints(slot);
              if (!of.isEmpty()) {
                assertThat(of.hosts()).isEqualTo(distinctHosts(of));
                String id = view.matrix().fingerprint(slot).toString();
                lines.put(
                    scope + " fresh " + id,
                    describe(scope + " fresh " + id, of.placedFresh(), view));
                lines.put(
                    scope + " quiet " + id,
                    describe(scope + " quiet " + id, of.placedQuiet(), view));
              }
            });
  }

  private static int distinctHosts(ProfileEndpoints members) {
    Set<Integer> hosts = new HashSet<>();
    for (OrderedKeys keys : List.of(members.placedFresh(), members.placedQuiet())) {
      for (OrderedKeys.Walk walk = keys.from(0); walk.hasNext(); ) {
        hosts.add(CandidateKey.host(walk.next()));
      }
    }
    return hosts.size();
  }

  private static List<String> describe(String line, OrderedKeys keys, IndexView view) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Host host = Objects.requireNonNull(view.fleet().find(CandidateKey.host(keys.get(i))));
      String name = host.placed().endpoints().name(CandidateKey.index(keys.get(i)));
      lines.add(line + " " + host.capacities().of(name) + " " + host.name() + "/" + name);
    }
    return lines;
  }

  @Test
  void aRowOfTheFirstFormSaysNothingOfSources() throws BadRecordException {
    ViewEdit edit = new ViewEdit(IndexView.empty());
    for (Event event : history(new Random(1))) {
      event.apply(edit, new Naive());
    }
    Fingerprint earlier = fleet.profiles().get(0).fingerprint();
    Fingerprint later = fleet.profiles().get(1).fingerprint();
    MatrixRow row = fleet.row(1);
    MatrixRow first = new MatrixRow(1, row.getCompatible(), row.getUnknown(), null, null);
    edit.replay(IndexChange.row(fleet.rules(), later, first));
    IndexView view = edit.commit();
    assertThat(view.matrix().cell(view.matrix().slot(earlier), view.matrix().slot(later)))
        .isEqualTo(Cell.NOT_INDEXED);
    assertThat(view.matrix().cell(view.matrix().slot(later), view.matrix().slot(earlier)))
        .isNotEqualTo(Cell.NOT_INDEXED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, PROFILES})
  void cellsBeyondTheGenerationAreNotIndexed(int generation) throws BadRecordException {
    ViewEdit edit = new ViewEdit(IndexView.empty());
    for (Event event : history(new Random(generation))) {
      event.apply(edit, new Naive());
    }
    edit.replay(IndexChange.generation(fleet.rules(), fleet.generation(generation)));
    IndexView view = edit.commit();
    for (int from = 0; from < PROFILES; from++) {
      for (int to = 0; to < PROFILES; to++) {
        Cell cell =
            view.matrix()
                .cell(
                    view.matrix().slot(fleet.profiles().get(from).fingerprint()),
                    view.matrix().slot(fleet.profiles().get(to).fingerprint()));
        Cell judged =
            Cell.valueOf(
                fleet.judge().outcome(fleet.profiles().get(from), fleet.profiles().get(to)).name());
        boolean indexed = from < generation && to < generation;
        assertThat(cell).isEqualTo(indexed ? judged : Cell.NOT_INDEXED);
      }
    }
  }
}
