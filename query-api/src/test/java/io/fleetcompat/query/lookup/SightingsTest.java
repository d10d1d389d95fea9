package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.lookup.Sightings.Sighting;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.LastSeen.Vouching;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.query.replica.ViewEdit;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.DocumentId;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.testing.IndexedFleet;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas agree on which hosts are behind, whenever each was started. */
class SightingsTest {

  private static final int HOST = 0;
  private static final String NAME = IndexedFleet.host(HOST);
  private static final IndexedFleet FLEET = new IndexedFleet(3, 2, 6, 1);
  private static final int EVENTS = 25;

  /** One record of the log, at that time. */
  private sealed interface Event {

    /** The newest heartbeat names a document. */
    record Heartbeat(long at, long version) implements Event {}

    /** The indexer places a document. */
    record Placing(long version) implements Event {}

    /** The host is removed on purpose. */
    record Removal(long at) implements Event {}
  }

  /** A replica that reads the log. */
  private static final class Reader {
    final Replica replica = new Replica(IndexView.empty());
    private final ViewEdit edit = new ViewEdit(replica.snapshot().view());

    void read(Event event) throws BadRecordException {
      switch (event) {
        case Event.Heartbeat(long at, long version) ->
            replica.seen(NAME, at, DocumentId.byVersion(new DocumentVersion(1, version)));
        case Event.Placing(long version) ->
            edit.replay(IndexChange.placed(NAME, FLEET.placement(HOST, version)));
        case Event.Removal(long at) -> replica.gone(NAME, at);
      }
    }

    void publish() {
      replica.publish(new Snapshot(edit.commit(), 1, 1, 0, true));
    }

    /** The indexer places one of several documents with a version. */
    void place(long version, String content) throws BadRecordException {
      edit.replay(
          IndexChange.placed(
              NAME,
              Placement.newBuilder(FLEET.placement(HOST, version))
                  .setDigest(digest(content).bytes())
                  .build()));
      publish();
    }

    Liveness liveness(long now) {
      return sighting(now).liveness();
    }

    Liveness liveness(long now, Duration maxBehind) {
      return sightings(now).within(maxBehind).of(host(), now).liveness();
    }

    Sighting sighting(long now) {
      return sightings(now).of(host(), now);
    }

    private Sightings sightings(long now) {
      Clock clock = Clock.fixed(Instant.ofEpochMilli(now), ZoneOffset.UTC);
      return new HeardSightings(replica.lastSeen(), Duration.ofDays(1), Duration.ofDays(1), clock);
    }

    private Host host() {
      return Objects.requireNonNull(replica.snapshot().view().fleet().find(NAME));
    }
  }

  private static DocumentDigest digest(String content) {
    return DocumentDigest.of(content.getBytes(StandardCharsets.UTF_8));
  }

  private static DocumentId named(long version, String content) {
    return new DocumentId(new DocumentVersion(1, version), Optional.of(digest(content)));
  }

  @Test
  void aHostWhoseDocumentWasNotPlacedWhenTheReplicaStartedIsStale() throws BadRecordException {
    Reader reader = new Reader();
    for (long at = 1000; at < 20_000; at += 1000) {
      reader.read(new Event.Heartbeat(at, 1));
    }
    reader.read(new Event.Heartbeat(20_000, 2));
    reader.read(new Event.Placing(1));
    reader.publish();
    long within = HeardSightings.MAX_BEHIND.toMillis();
    assertThat(reader.liveness(20_000 + within)).isEqualTo(Liveness.FRESH);
    assertThat(reader.liveness(20_001 + within)).isEqualTo(Liveness.STALE);
    reader.read(new Event.Placing(2));
    reader.publish();
    assertThat(reader.liveness(20_001 + within)).isEqualTo(Liveness.FRESH);
  }

  @Test
  void aHostThatWasSilentForLongAndThenNamesANewerDocumentIsStaleUntilThatIsPlaced()
      throws BadRecordException {
    long silence = Duration.ofDays(1).toMillis();
    Reader reader = new Reader();
    reader.read(new Event.Placing(1));
    reader.publish();
    reader.read(new Event.Heartbeat(1000, 1));
    reader.read(new Event.Heartbeat(1000 + silence, 2));
    assertThat(reader.liveness(1000 + silence)).isEqualTo(Liveness.FRESH);

    Reader longer = new Reader();
    longer.read(new Event.Placing(1));
    longer.publish();
    longer.read(new Event.Heartbeat(1000, 1));
    longer.read(new Event.Heartbeat(1001 + silence, 2));
    assertThat(longer.liveness(1001 + silence)).isEqualTo(Liveness.STALE);
    longer.read(new Event.Placing(2));
    longer.publish();
    assertThat(longer.liveness(1001 + silence)).isEqualTo(Liveness.FRESH);
  }

  @Test
  void theEndOfAHostVouchesForNoDocumentNotEvenForOneOfTheGreatestVersion()
      throws BadRecordException {
    Reader reader = new Reader();
    reader.read(new Event.Removal(1000));
    reader.edit.replay(
        IndexChange.placed(
            NAME,
            Placement.newBuilder(FLEET.placement(HOST, 1))
                .setEpoch(Long.MAX_VALUE)
                .setSequence(Long.MAX_VALUE)
                .setDigest(digest("forged").bytes())
                .build()));
    reader.publish();
    assertThat(reader.liveness(1000)).isEqualTo(Liveness.STALE);
  }

  @Test
  void aHostThatWasRemovedBeforeItsPlacementWasReadIsStale() throws BadRecordException {
    Reader reader = new Reader();
    reader.read(new Event.Removal(1000));
    reader.read(new Event.Placing(1));
    reader.publish();
    assertThat(reader.liveness(1001 + HeardSightings.MAX_BEHIND.toMillis()))
        .isEqualTo(Liveness.STALE);
    reader.read(new Event.Heartbeat(2000, 1));
    assertThat(reader.liveness(20_000)).isEqualTo(Liveness.FRESH);
  }

  @Test
  void aDocumentThatNoHeartbeatHasNamedIsBelievedByNobody() throws BadRecordException {
    Reader reader = new Reader();
    reader.read(new Event.Heartbeat(1000, 1));
    reader.read(new Event.Placing(1));
    reader.publish();
    assertThat(reader.liveness(2000)).isEqualTo(Liveness.FRESH);
    reader.read(new Event.Placing(2));
    reader.publish();
    assertThat(reader.sighting(2001).vouching()).isEqualTo(Vouching.UNVOUCHED);
    assertThat(reader.liveness(2001)).isEqualTo(Liveness.STALE);
    reader.read(new Event.Heartbeat(3000, 1));
    assertThat(reader.liveness(3001)).as("it names the one before").isEqualTo(Liveness.STALE);
    reader.read(new Event.Heartbeat(4000, 2));
    assertThat(reader.liveness(4001)).isEqualTo(Liveness.FRESH);
  }

  @Test
  void aHeartbeatThatNamesAnotherDocumentOfThatVersionEndsTheBeliefUntilThereIsANewerOne()
      throws BadRecordException {
    Reader reader = new Reader();
    reader.replica.seen(NAME, 1000, named(1, "forged"));
    reader.place(1, "forged");
    assertThat(reader.liveness(2000)).isEqualTo(Liveness.FRESH);
    reader.replica.seen(NAME, 3000, named(1, "its own"));
    reader.replica.seen(NAME, 3001, named(1, "forged"));
    assertThat(reader.sighting(3002).vouching()).isEqualTo(Vouching.CONFLICTING);
    assertThat(reader.liveness(3002)).isEqualTo(Liveness.STALE);
    reader.replica.seen(NAME, 4000, named(2, "its next"));
    reader.place(2, "its next");
    assertThat(reader.liveness(4001)).isEqualTo(Liveness.FRESH);
  }

  @Test
  void aForgedDocumentIsNoYesWhicheverOfTheTwoComesFirst() throws BadRecordException {
    Reader reader = new Reader();
    reader.replica.seen(NAME, 1000, named(1, "its own"));
    reader.place(1, "its own");
    reader.place(2, "forged");
    assertThat(reader.liveness(1001)).isEqualTo(Liveness.STALE);
    reader.replica.seen(NAME, 2000, named(2, "its next"));
    assertThat(reader.sighting(2001).vouching()).isEqualTo(Vouching.CONFLICTING);
    assertThat(reader.liveness(2001)).isEqualTo(Liveness.STALE);
    Reader other = new Reader();
    other.replica.seen(NAME, 1000, named(2, "its next"));
    other.place(2, "forged");
    assertThat(other.liveness(1001)).isEqualTo(Liveness.STALE);
  }

  @Test
  void whoTakesNoRiskHearsOfTheNewerDocumentAtOnce() throws BadRecordException {
    Reader reader = new Reader();
    reader.read(new Event.Heartbeat(1000, 1));
    reader.read(new Event.Placing(1));
    reader.publish();
    reader.read(new Event.Heartbeat(5000, 2));
    assertThat(reader.sighting(5000).behind()).isEqualTo(1);
    assertThat(reader.sighting(5700).behind()).isEqualTo(700);
    assertThat(reader.liveness(5000)).isEqualTo(Liveness.FRESH);
    assertThat(reader.liveness(5000, Duration.ZERO)).isEqualTo(Liveness.STALE);
    assertThat(reader.liveness(5700, Duration.ofMillis(700))).isEqualTo(Liveness.FRESH);
    assertThat(reader.liveness(5701, Duration.ofMillis(700))).isEqualTo(Liveness.STALE);
    reader.read(new Event.Placing(2));
    reader.publish();
    assertThat(reader.liveness(5701, Duration.ZERO)).isEqualTo(Liveness.FRESH);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 30})
  void anyDocumentThatWasNamedLatelyIsBelievedOnceItIsPlaced(int waiting)
      throws BadRecordException {
    Reader reader = new Reader();
    reader.read(new Event.Heartbeat(1000, 1));
    reader.read(new Event.Placing(1));
    reader.publish();
    for (int i = 1; i <= waiting; i++) {
      reader.read(new Event.Heartbeat(1000 + i, 1 + i));
    }
    for (int i = Math.max(1, waiting - 5); i <= waiting; i++) {
      reader.read(new Event.Placing(1 + i));
      reader.publish();
      assertThat(reader.liveness(1100)).as("version %d", 1 + i).isEqualTo(Liveness.FRESH);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whereverTheLogIsCutAReplicaThatStartsThereAgreesWithOneThatRan(long seed)
      throws BadRecordException {
    Random random = new Random(seed);
    List<Event> log = log(random);
    for (int cut = 0; cut <= log.size(); cut++) {
      for (int end = Math.max(1, cut); end <= log.size(); end++) {
        Reader ran = new Reader();
        for (Event event : log.subList(0, end)) {
          ran.read(event);
          ran.publish();
        }
        Reader started = new Reader();
        for (Event event : inOneOfTheOrders(log.subList(0, cut), random)) {
          started.read(event);
        }
        started.publish();
        for (Event event : log.subList(cut, end)) {
          started.read(event);
          started.publish();
        }
        long now = time(end) + HeardSightings.MAX_BEHIND.toMillis() + 1;
        assertThat(started.liveness(now))
            .as("seed %d, started at %d of %s", seed, cut, log.subList(0, end))
            .isEqualTo(ran.liveness(now));
      }
    }
  }

  private static long time(int event) {
    return 1000L + event * 1000L;
  }

  /** A host that changes now and then, and an indexer that is down now and then. */
  private static List<Event> log(Random random) {
    List<Event> log = new ArrayList<>();
    long sent = 1;
    long placed = 1;
    log.add(new Event.Placing(1));
    for (int i = 1; i < EVENTS; i++) {
      switch (random.nextInt(8)) {
        case 0 -> placed = sent;
        case 1 -> placed += random.nextLong(sent - placed + 1);
        case 2 -> sent++;
        default -> {}
      }
      log.add(
          switch (random.nextInt(10)) {
            case 0, 1, 2 -> new Event.Placing(placed);
            case 3 -> random.nextInt(5) > 0 ? log.getLast() : new Event.Removal(time(i));
            default -> new Event.Heartbeat(time(i), sent);
          });
    }
    return log;
  }

  /** Each topic's records in their order; which topic comes first is Kafka's choice. */
  private static List<Event> inOneOfTheOrders(List<Event> log, Random random) {
    List<Event> placings = log.stream().filter(e -> e instanceof Event.Placing).toList();
    List<Event> others = log.stream().filter(e -> !(e instanceof Event.Placing)).toList();
    List<Event> all = new ArrayList<>(random.nextBoolean() ? placings : others);
    all.addAll(all.equals(placings) ? others : placings);
    return all;
  }
}
