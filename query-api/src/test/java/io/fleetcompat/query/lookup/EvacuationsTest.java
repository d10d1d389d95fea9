package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Evacuation.Competition;
import io.fleetcompat.query.lookup.Evacuation.Move;
import io.fleetcompat.query.lookup.Evacuation.Nearest;
import io.fleetcompat.query.lookup.Evacuation.Onward;
import io.fleetcompat.query.lookup.Evacuation.Stuck;
import io.fleetcompat.query.lookup.Evacuation.Unblocking;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.ProblemEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvacuationsTest {

  private static final String DRAINED = DrainedFleet.DRAINED;

  private final DrainedFleet fleet = new DrainedFleet();

  private void host(String name, Map<String, Integer> profiles, Map<String, Integer> rooms)
      throws BadRecordException {
    fleet.host(name, profiles, rooms);
  }

  private Evacuation<WrittenVerdict> evacuate(int keep) throws BadRecordException {
    return fleet.evacuate(keep);
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
    assertThat(one.doubts()).as("the driver may allow both").containsExactly(Doubt.SHARED_CAPACITY);
    assertThat(one.competition()).as("the card alone is in the way").isEmpty();
    host("h2", Map.of("card/t", 0), Map.of("card/t", 1));
    assertThat(words(evacuate(0))).containsExactly("a > h2/card/t", "b > h1/card/u");
  }

  /** The first profile of which this holds: whether it can go to the first of all, and back. */
  private static int profile(boolean goes, boolean comesBack) {
    return IntStream.range(1, DrainedFleet.profiles().size())
        .filter(n -> DrainedFleet.isCompatible(n, 0) == goes)
        .filter(n -> DrainedFleet.isCompatible(0, n) == comesBack)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aDeviceThatMayBeInUseIsTakenLast() throws BadRecordException {
    host(DRAINED, Map.of("a", 0, "b", 0), Map.of());
    host("h1", Map.of("free", 0), Map.of());
    host("h2", Map.of("card/t", 0), Map.of("card/t", 1));
    Evacuation<WrittenVerdict> found = evacuate(0);
    assertThat(words(found)).containsExactlyInAnyOrder("a > h2/card/t", "b > h1/free (in use?)");
    assertThat(found.doubts()).containsExactly(Doubt.IN_USE_UNKNOWN);
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
    assertThat(found.doubts())
        .as("the driver may allow both")
        .containsExactly(Doubt.SHARED_CAPACITY);
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
    IndexView view = DrainedFleet.empty();
    assertThat(
            fleet
                .evacuations()
                .find(view, new Evacuations.Question("nobody", Scope.fleet(view), 0), () -> {}))
        .isEqualTo(Optional.empty());
  }

  private static List<String> types(Unblocking<WrittenVerdict> unblocking) {
    return unblocking.onePlaceMore().stream()
        .map(type -> type.type().reference() + " " + type.capacity() + " " + type.devices())
        .toList();
  }

  private static Unblocking<WrittenVerdict> lastUnblocking(Evacuation<WrittenVerdict> found) {
    return found.stuck().getLast().unblocking().orElseThrow();
  }

  @Test
  void typesWithoutRoomAreNamed() throws BadRecordException {
    int oneWay = profile(false, true);
    host(DRAINED, Map.of("a", 0), Map.of());
    host("h1", Map.of("card/t", oneWay, "x", profile(false, false)), Map.of("card/t", 0));
    fleet.host(
        "h2",
        Map.of("card/t", oneWay),
        Map.of(),
        List.of(
            new ProblemEntry("other/card/mdev_supported_types/u/available_instances", "a", "b"),
            new ProblemEntry(
                "x/card/mdev_supported_types/t/available_instances", "malformed", "found many")));
    Evacuation<WrittenVerdict> found = evacuate(0);
    assertThat(words(found)).containsExactly("a NO_ROOM");
    assertThat(found.lacking()).hasValue(1);
    Unblocking<WrittenVerdict> unblocking = lastUnblocking(found);
    assertThat(types(unblocking)).containsExactlyInAnyOrder("h1/card/t 0 0", "h2/card/t -1 0");
    assertThat(unblocking.onePlaceMore())
        .filteredOn(type -> type.capacity() < 0)
        .singleElement()
        .satisfies(
            type -> assertThat(type.problem().orElseThrow().detail()).isEqualTo("found many"));
    assertThat(unblocking.furthest()).isEmpty();
  }

  @Test
  void devicesThatCompeteNeedOnePlaceMoreOnNoCardOfAnotherType() throws BadRecordException {
    host(DRAINED, Map.of("a", 0, "b", 0), Map.of());
    host("h1", Map.of("card/t", 0, "card/u", 0), Map.of("card/t", 1, "card/u", 0));
    Evacuation<WrittenVerdict> found = evacuate(0);
    assertThat(words(found)).containsExactly("a > h1/card/t", "b COMPETES");
    assertThat(found.competition().orElseThrow().lacking()).isEqualTo(1);
    assertThat(found.lacking()).hasValue(1);
    assertThat(types(lastUnblocking(found))).containsExactly("h1/card/t 1 0");
    assertThat(lastUnblocking(found).onUsedCards()).isEqualTo(1);
  }

  @Test
  void theNextHostToKeepIsNamedWithWhatKeepsItFromBeingOne() throws BadRecordException {
    int later = profile(false, true);
    host(DRAINED, Map.of("a", later), Map.of());
    host("h1", Map.of("card/t", later), Map.of("card/t", 1));
    host("h2", Map.of("card/t", later), Map.of("card/t", 0));
    host("h3", Map.of("card/t", 0), Map.of("card/t", 1));
    Evacuation<WrittenVerdict> found = evacuate(2);
    assertThat(words(found)).containsExactly("a TOO_FEW_KEPT");
    assertThat(found.lacking()).hasValue(0);
    assertThat(lastUnblocking(found).wouldDo()).isZero();
    assertThat(lastUnblocking(found).tooFewOnward()).isEqualTo(2);
    Onward<WrittenVerdict> furthest = lastUnblocking(found).furthest().orElseThrow();
    assertThat(furthest.from().reference()).isEqualTo("h1/card/t");
    assertThat(furthest.hosts()).isEqualTo(1);
    Nearest<WrittenVerdict> nearest = furthest.nearest().orElseThrow();
    assertThat(nearest.endpoint().reference()).isEqualTo("h3/card/t");
    assertThat(nearest.pair().reasons()).isPositive();
  }

  @Test
  void aDeviceThatCompetesIsToldOfNoFurthestPlace() throws BadRecordException {
    host(DRAINED, Map.of("a", 0, "b", 0), Map.of());
    host("h1", Map.of("card/t", 0), Map.of("card/t", 1));
    host("h2", Map.of("card/t", profile(false, true)), Map.of("card/t", 5));
    Evacuation<WrittenVerdict> found = evacuate(1);
    assertThat(words(found)).containsExactly("a > h1/card/t", "b COMPETES");
    assertThat(types(lastUnblocking(found))).containsExactly("h1/card/t 1 0");
    assertThat(lastUnblocking(found).tooFewOnward()).isEqualTo(1);
    assertThat(lastUnblocking(found).furthest()).isEmpty();
  }

  @Test
  void theFurthestPlaceIsOneOfThoseWithTooFewHosts() throws BadRecordException {
    host(DRAINED, Map.of("a", 0), Map.of());
    host("h1", Map.of("card/t", 0), Map.of("card/t", 0));
    host("h2", Map.of("card/t", profile(false, true)), Map.of("card/t", 5));
    Evacuation<WrittenVerdict> found = evacuate(1);
    assertThat(words(found)).containsExactly("a TOO_FEW_KEPT");
    assertThat(types(lastUnblocking(found))).containsExactly("h1/card/t 0 0");
    Onward<WrittenVerdict> furthest = lastUnblocking(found).furthest().orElseThrow();
    assertThat(furthest.from().reference()).isEqualTo("h2/card/t");
    assertThat(furthest.hosts()).isZero();
  }

  @Test
  void devicesOfATypeAreCountedOnWhicheverCard() throws BadRecordException {
    int later = profile(false, true);
    host(DRAINED, Map.of("a", later), Map.of());
    host(
        "h1",
        Map.of("card0/t", later, "card1/t", later, "x", 0, "y", 0, "other", profile(false, false)),
        Map.of("card0/t", 0, "card1/t", 0));
    assertThat(types(lastUnblocking(evacuate(0))))
        .containsExactlyInAnyOrder("h1/card0/t 0 2", "h1/card1/t 0 2");
  }

  @Test
  void whatIsLackingHoldsAsFarAsCapacitiesAreTold() throws BadRecordException {
    int later = profile(false, true);
    host(DRAINED, Map.of("a", 0, "b", later), Map.of());
    host("h1", Map.of("card/t", later), Map.of("card/t", 1));
    assertThat(evacuate(0).lacking()).hasValue(1);
    assertThat(evacuate(0).untoldCapacity()).isFalse();
    host("h2", Map.of("card/t", 0), Map.of());
    assertThat(evacuate(0).moves()).hasSize(1);
    assertThat(evacuate(0).lacking()).hasValue(1);
    assertThat(evacuate(0).untoldCapacity()).as("one of them could go there, if").isTrue();
    assertThat(evacuate(2).untoldCapacity()).as("none could: it is too far off").isFalse();
  }

  @Test
  void whereNotAllDestinationsWereLookedAtNothingIsLacking() throws BadRecordException {
    host(DRAINED, Map.of("a", 0), Map.of());
    int types = 201;
    int hosts = 100;
    for (int n = 0; n < hosts; n++) {
      Map<String, Integer> profiles = new HashMap<>();
      Map<String, Integer> rooms = new HashMap<>();
      for (int card = 0; card < types; card++) {
        profiles.put("card" + card + "/t", 0);
        rooms.put("card" + card + "/t", 0);
      }
      host("h" + n, profiles, rooms);
    }
    Evacuation<WrittenVerdict> found = evacuate(0);
    assertThat(words(found)).containsExactly("a NO_ROOM");
    assertThat(found.lacking()).as("there may be room beyond").isEmpty();
    assertThat(found.certain()).isFalse();
    assertThat(found.atMost()).isEqualTo(1);
    assertThat(lastUnblocking(found).notLookedAt()).isEqualTo(hosts * types - LookedAt.MAX_KEPT);
  }
}
