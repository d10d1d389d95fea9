package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Evacuation.Competition;
import io.fleetcompat.query.lookup.Evacuation.Move;
import io.fleetcompat.query.lookup.Evacuation.Stuck;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.LastSeen;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvacuationsTest {

  private static final String DRAINED = "drained";

  /** Two types, each in several versions. */
  private final IndexedFleet fleet = new IndexedFleet(5, 1, 40, 1);

  private final List<IndexChange> hosts = new ArrayList<>();

  private final Sightings sightings =
      new HeardSightings(
          new LastSeen(),
          Duration.ofSeconds(60),
          Duration.ofHours(1),
          Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  private final PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);

  /** The host, with the profile of each endpoint and the room of each type. */
  private void host(String name, Map<String, Integer> profiles, Map<String, Integer> rooms)
      throws BadRecordException {
    List<FingerprintBytes> numbered =
        fleet.profiles().stream()
            .map(profile -> new FingerprintBytes(profile.fingerprint().bytes()))
            .toList();
    List<PlacedEndpoint> endpoints = new ArrayList<>();
    new TreeMap<>(profiles)
        .forEach(
            (endpoint, profile) ->
                endpoints.add(
                    new PlacedEndpoint(
                        endpoint,
                        endpoint.indexOf('/') < 0
                            ? EndpointEntryKind.MDEV_DEVICE
                            : EndpointEntryKind.MDEV_TYPE,
                        profile,
                        Map.of())));
    Placement placement =
        Placement.newBuilder(fleet.placement(0, 1))
            .setHost(name)
            .setProfiles(numbered)
            .setEndpoints(endpoints)
            .build();
    hosts.add(IndexChange.placed(name, placement));
    hosts.add(
        IndexChange.heard(
            name, new HostCapacity(name, 1L, 1L, Instant.EPOCH, rooms, false, List.of()), 0));
  }

  private Evacuation<WrittenVerdict> evacuate(int keep) throws BadRecordException {
    FilledView filled = FilledView.of(fleet);
    for (IndexChange change : hosts) {
      filled = filled.with(change);
    }
    IndexView view = filled.view();
    Evacuations<WrittenVerdict> evacuations =
        new Evacuations<>(verdicts, new Destinations<>(verdicts, sightings), sightings);
    return evacuations
        .find(view, new Evacuations.Question(DRAINED, Scope.fleet(view), keep), () -> {})
        .orElseThrow();
  }

  private static List<String> words(Evacuation<WrittenVerdict> found) {
    List<String> words = new ArrayList<>();
    for (Move<WrittenVerdict> move : found.moves()) {
      assertThat(move.to().pair().outcome()).isEqualTo(Outcome.COMPATIBLE);
      words.add(
          move.device().name()
              + " > "
              + move.to().endpoint().reference()
              + (move.mayBeInUse() ? " (in use?)" : ""));
    }
    for (Stuck<WrittenVerdict> stuck : found.stuck()) {
      words.add(stuck.device().name() + " " + stuck.obstacle());
    }
    return words;
  }

  @Test
  void allDevicesAreCountedTogether() throws BadRecordException {
    host(DRAINED, Map.of("a", 0, "b", 0, "c", 0), Map.of());
    host("h1", Map.of("card/t", 0), Map.of("card/t", 2));
    host("h2", Map.of("card/t", 0), Map.of("card/t", 1));
    Evacuation<WrittenVerdict> found = evacuate(0);
    assertThat(words(found)).containsExactly("a > h1/card/t", "b > h1/card/t", "c > h2/card/t");
    assertThat(found.certain()).isTrue();
    assertThat(found.competition()).isEmpty();
  }

  @Test
  void devicesThatCompeteAreNamedWithTheirPlaces() throws BadRecordException {
    host(DRAINED, Map.of("a", 0, "b", 0, "c", 0), Map.of());
    host("h1", Map.of("card/t", 0), Map.of("card/t", 2));
    Evacuation<WrittenVerdict> found = evacuate(0);
    assertThat(words(found)).containsExactly("a > h1/card/t", "b > h1/card/t", "c COMPETES");
    assertThat(found.atMost()).isEqualTo(2);
    Competition competition = found.competition().orElseThrow();
    assertThat(competition.devices())
        .extracting(IndexedEndpoint::name)
        .containsExactly("a", "b", "c");
    assertThat(competition.places().values()).containsExactly(2);
  }

  @Test
  void aCardTakesNewDevicesOfOneType() throws BadRecordException {
    int other = profile(false, false);
    host(DRAINED, Map.of("a", 0, "b", other), Map.of());
    host("h1", Map.of("card/t", 0, "card/u", other), Map.of("card/t", 1, "card/u", 1));
    Evacuation<WrittenVerdict> one = evacuate(0);
    assertThat(one.moves()).hasSize(1);
    assertThat(one.atMost()).isEqualTo(2);
    assertThat(one.certain()).isTrue();
    assertThat(one.competition()).as("the card alone is in the way").isEmpty();
    host("h2", Map.of("card/t", 0), Map.of("card/t", 1));
    assertThat(words(evacuate(0))).containsExactly("a > h2/card/t", "b > h1/card/u");
  }

  /** The first profile of which this holds: whether it can go to the first of all, and back. */
  private int profile(boolean goes, boolean comesBack) {
    Profile first = fleet.profiles().getFirst();
    return IntStream.range(1, fleet.profiles().size())
        .filter(n -> isCompatible(fleet.profiles().get(n), first) == goes)
        .filter(n -> isCompatible(first, fleet.profiles().get(n)) == comesBack)
        .findFirst()
        .orElseThrow();
  }

  private boolean isCompatible(Profile source, Profile destination) {
    return fleet.judge().outcome(source, destination) == Outcome.COMPATIBLE;
  }

  @Test
  void aDeviceThatMayBeInUseIsTakenLast() throws BadRecordException {
    host(DRAINED, Map.of("a", 0, "b", 0), Map.of());
    host("h1", Map.of("free", 0), Map.of());
    host("h2", Map.of("card/t", 0), Map.of("card/t", 1));
    assertThat(words(evacuate(0)))
        .containsExactlyInAnyOrder("a > h2/card/t", "b > h1/free (in use?)");
  }

  @Test
  void whatCannotGoSaysWhy() throws BadRecordException {
    host(DRAINED, Map.of("a", 0, "b", profile(false, true)), Map.of());
    host("h1", Map.of("card/t", 0), Map.of("card/t", 0));
    Evacuation<WrittenVerdict> found = evacuate(0);
    assertThat(words(found)).containsExactly("a NO_ROOM", "b NO_DESTINATION");
    assertThat(found.stuck().getFirst().nearest()).isEmpty();
    assertThat(found.stuck().getLast().nearest().orElseThrow().endpoint().reference())
        .isEqualTo("h1/card/t");
  }

  @Test
  void virtualFunctionsOfOneCardAreNotCountedTogether() throws BadRecordException {
    host(DRAINED, Map.of("a", 0, "b", 0), Map.of());
    host(
        "h1",
        Map.of("0000:3b:00.4/t", 0, "0000:3b:00.5/t", 0),
        Map.of("0000:3b:00.4/t", 1, "0000:3b:00.5/t", 1));
    Evacuation<WrittenVerdict> found = evacuate(0);
    assertThat(words(found)).containsExactly("a > h1/0000:3b:00.4/t", "b COMPETES");
    assertThat(found.atMost()).isEqualTo(2);
    assertThat(found.certain()).as("the driver may allow both").isFalse();
  }

  @Test
  void aTypeWhoseCapacityNobodyTellsHasNoRoom() throws BadRecordException {
    host(DRAINED, Map.of("a", 0), Map.of());
    host("h1", Map.of("card/t", 0), Map.of());
    assertThat(words(evacuate(0))).containsExactly("a NO_ROOM");
  }

  @Test
  void asManyFurtherHostsStayAsAreToBeKept() throws BadRecordException {
    host(DRAINED, Map.of("a", 0), Map.of());
    host("h1", Map.of("card/t", 0), Map.of("card/t", 1));
    host("h2", Map.of("card/t", 0), Map.of("card/t", 0));
    assertThat(words(evacuate(1))).containsExactly("a > h1/card/t");
    assertThat(words(evacuate(2))).containsExactly("a TOO_FEW_KEPT");
  }

  @Test
  void aHostThatIsNotThereHasNone() throws BadRecordException {
    IndexView view = FilledView.of(fleet).view();
    assertThat(
            new Evacuations<>(verdicts, new Destinations<>(verdicts, sightings), sightings)
                .find(view, new Evacuations.Question("nobody", Scope.fleet(view), 0), () -> {}))
        .isEqualTo(Optional.empty());
  }
}
