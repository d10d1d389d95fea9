package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.CardFleet.Card;
import io.fleetcompat.query.lookup.CardFleet.Place;
import io.fleetcompat.query.lookup.Exclusion.NotByRule;
import io.fleetcompat.query.lookup.Machines.Result;
import io.fleetcompat.query.lookup.Machines.Taker;
import io.fleetcompat.query.replica.HeardFleet;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Use;
import io.fleetcompat.schemas.BadRecordException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole machines on hosts whose types share cards, beside trying everything, and beside cards. */
class SharedRoomTest {

  private static final String SOURCE = "source";
  private static final int HOSTS = 12;
  private static final int MACHINES = 25;
  private static final int MAX_DEVICES = 4;

  private final CardFleet fleet = new CardFleet();
  private final PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);
  private Function<IndexView, Sightings> sightings = SharedRoomTest::heard;

  /** The host of the machine has a device of each profile, several of them alike. */
  private void sources(List<Integer> profiles) throws BadRecordException {
    fleet.host(
        SOURCE,
        IntStream.range(0, profiles.size())
            .mapToObj(n -> new Place("device" + n, profiles.get(n), 0, null, "", false))
            .toList());
  }

  private Result<WrittenVerdict> find(List<String> devices) throws BadRecordException {
    IndexView view = fleet.view();
    List<IndexedEndpoint> sources =
        devices.stream()
            .map(
                name ->
                    IntStream.range(0, fleet.places(SOURCE).size())
                        .mapToObj(i -> IndexedEndpoint.of(host(view), i))
                        .filter(endpoint -> endpoint.name().equals(name))
                        .findFirst()
                        .orElseThrow())
            .toList();
    Result<WrittenVerdict> found =
        new Machines<>(verdicts, sightings.apply(view))
            .find(
                view,
                new MachineQuestion(sources, Scope.fleet(view), Optional.empty(), 1000, false),
                Deadline.NONE);
    theFilterSaysTheSame(view, sources, found);
    return found;
  }

  /** All hosts, heard of now. */
  private static Sightings heard(IndexView view) {
    return new HeardSightings(
        HeardFleet.of(view, 0),
        Duration.ofSeconds(60),
        Duration.ofHours(1),
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  private void theFilterSaysTheSame(
      IndexView view, List<IndexedEndpoint> sources, Result<WrittenVerdict> found) {
    HostFilter.Result filtered =
        new HostFilter(verdicts, sightings.apply(view))
            .find(view, sources, List.copyOf(fleet.names()), Deadline.NONE);
    assertThat(filtered.takers())
        .containsExactlyInAnyOrderElementsOf(
            found.takers().stream()
                .filter(taker -> taker.doubts().isEmpty())
                .map(Taker::host)
                .toList());
    assertThat(
            filtered.others().stream()
                .filter(other -> other.reason() == FilterReason.NOT_CERTAIN)
                .map(HostFilter.Other::name))
        .containsExactlyInAnyOrderElementsOf(
            found.takers().stream()
                .filter(taker -> !taker.doubts().isEmpty())
                .map(Taker::host)
                .toList());
  }

  private static io.fleetcompat.query.replica.Host host(IndexView view) {
    return Objects.requireNonNull(view.fleet().find(SOURCE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void yesNoAndNotCertainAreThoseOfTryingEverything(long seed) throws BadRecordException {
    Random random = new Random(seed);
    Map<String, Integer> answers = new TreeMap<>();
    sources(IntStream.range(0, MAX_DEVICES).mapToObj(_ -> random.nextInt(6)).toList());
    for (int n = 0; n < HOSTS; n++) {
      fleet.host("h" + n, CardFleet.random(random));
    }
    for (int n = 0; n < MACHINES; n++) {
      List<String> devices = new ArrayList<>();
      for (int i = random.nextInt(MAX_DEVICES); i >= 0; i--) {
        devices.add("device" + random.nextInt(MAX_DEVICES));
      }
      Map<String, Taker<WrittenVerdict>> takers = new HashMap<>();
      Result<WrittenVerdict> found = find(devices);
      found.takers().forEach(taker -> takers.put(taker.host(), taker));
      for (String host : fleet.names()) {
        if (!host.equals(SOURCE)) {
          String answer = answer(devices, host, Optional.ofNullable(takers.get(host)));
          answers.merge(answer, 1, Integer::sum);
        }
      }
      assertThat(found.certain())
          .isEqualTo(found.takers().stream().filter(taker -> taker.doubts().isEmpty()).count());
      assertThat(found.takers())
          .as("the certain ones first")
          .isSortedAccordingTo(
              (a, b) -> Boolean.compare(b.doubts().isEmpty(), a.doubts().isEmpty()));
    }
    assertThat(answers).as("seed %d", seed).containsOnlyKeys("certain", "no", "not certain");
  }

  /** Gives the answer about a host, once it is what trying everything gives. */
  private String answer(List<String> devices, String host, Optional<Taker<WrittenVerdict>> taker) {
    List<Integer> profiles = devices.stream().map(this::profile).toList();
    List<Place> places = fleet.places(host);
    String what = "%s on %s: %s".formatted(profiles, host, places);
    assertThat(taker.isPresent())
        .as(what)
        .isEqualTo(CardFleet.fits(profiles, places, CardFleet::isPossible));
    if (taker.isEmpty()) {
      assertThat(CardFleet.fits(profiles, places, CardFleet::isHeld)).as(what).isFalse();
      return "no";
    }
    List<Place> chosen = chosen(taker.get(), places);
    boolean certain = taker.get().doubts().isEmpty();
    assertThat(certain).as(what).isEqualTo(CardFleet.fits(profiles, places, CardFleet::isCertain));
    assertThat(CardFleet.isPossible(chosen)).as(what).isTrue();
    if (certain) {
      assertThat(CardFleet.isHeld(chosen)).as("the cards hold it: %s", what).isTrue();
    }
    assertThat(taker.get().doubts().contains(Doubt.IN_USE_UNKNOWN))
        .as(what)
        .isEqualTo(
            !certain
                && chosen.stream()
                    .anyMatch(place -> !place.isType() && place.use() == Use.UNKNOWN));
    return certain ? "certain" : "not certain";
  }

  private int profile(String device) {
    return fleet.places(SOURCE).stream()
        .filter(place -> place.name().equals(device))
        .findFirst()
        .orElseThrow()
        .profile();
  }

  private static List<Place> chosen(Taker<WrittenVerdict> taker, List<Place> places) {
    return taker.chosen().stream()
        .map(
            chosen ->
                places.stream()
                    .filter(place -> place.name().equals(chosen.destination().name()))
                    .findFirst()
                    .orElseThrow())
        .toList();
  }

  /** Two profiles of which neither can go to the other. */
  private static final int SMALL = 0;

  private static final int LARGE =
      IntStream.range(0, CardFleet.profiles().size())
          .filter(n -> !CardFleet.isCompatible(SMALL, n) && !CardFleet.isCompatible(n, SMALL))
          .findFirst()
          .orElseThrow();

  @Test
  void oneCardThatHoldsEitherOfTwoSizesIsNotCertain() throws BadRecordException {
    sources(List.of(SMALL, LARGE));
    fleet.host(
        "one-gpu", CardFleet.card(new Card("3b", 16, false), 0, true, Map.of(SMALL, 2, LARGE, 4)));
    fleet.host(
        "one-vf", CardFleet.card(new Card("3b", 16, false), 1, true, Map.of(SMALL, 2, LARGE, 4)));
    fleet.host(
        "one-vf-untold",
        CardFleet.card(new Card("3b", 16, false), 1, false, Map.of(SMALL, 2, LARGE, 4)));
    fleet.host(
        "two-vfs", CardFleet.card(new Card("3b", 16, false), 2, true, Map.of(SMALL, 2, LARGE, 4)));
    Result<WrittenVerdict> both = find(List.of("device0", "device1"));
    assertThat(both.takers())
        .allMatch(taker -> taker.doubts().equals(java.util.Set.of(Doubt.SHARED_CAPACITY)))
        .extracting(Taker::host)
        .containsExactlyInAnyOrder("one-gpu", "one-vf-untold", "two-vfs");
    assertThat(both.certain()).isZero();
    assertThat(both.excluded())
        .isEqualTo(Map.of(NotByRule.OWN_HOST, 1L, NotByRule.NO_CAPACITY, 1L));
    assertThat(find(List.of("device0")).certain()).as("each alone").isEqualTo(4);
    Result<WrittenVerdict> twins = find(List.of("device0", "device0"));
    assertThat(twins.takers().getFirst().host()).as("one size").isEqualTo("one-gpu");
    assertThat(twins.certain()).isEqualTo(1);
  }

  @Test
  void aDeviceThatMayBeInUseIsNoPromise() throws BadRecordException {
    sources(List.of(SMALL, LARGE));
    fleet.host("device", List.of(new Place("device", SMALL, 0, null, "", false)));
    List<Place> both =
        new ArrayList<>(CardFleet.card(new Card("3b", 2, false), 0, false, Map.of(SMALL, 2)));
    both.add(new Place("device", SMALL, 0, null, "", false));
    fleet.host("both", both);
    Result<WrittenVerdict> one = find(List.of("device0"));
    assertThat(one.takers()).extracting(Taker::host).containsExactly("both", "device");
    assertThat(one.takers().getFirst().doubts()).isEmpty();
    assertThat(one.takers().getLast().doubts()).containsExactly(Doubt.IN_USE_UNKNOWN);
    assertThat(find(List.of("device0", "device0")).certain()).isZero();
  }

  @Test
  void aDeviceThatIsFreeIsAPromiseAndOneThatIsInUseIsNoPlace() throws BadRecordException {
    sources(List.of(SMALL, SMALL));
    fleet.host("free", List.of(new Place("device", SMALL, 0, null, "", false, Use.FREE)));
    fleet.host("used", List.of(new Place("device", SMALL, 0, null, "", false, Use.IN_USE)));
    Result<WrittenVerdict> one = find(List.of("device0"));
    assertThat(one.takers()).extracting(Taker::host).containsExactly("free");
    assertThat(one.takers().getFirst().doubts()).isEmpty();
    assertThat(one.excluded()).containsEntry(NotByRule.NO_CAPACITY, 1L);
  }

  @Test
  void aTypeWhoseRoomNobodyTellsIsNoPromiseAndNotFull() throws BadRecordException {
    sources(List.of(SMALL, SMALL));
    Card large = new Card("3b", 2, false);
    fleet.host("untold", CardFleet.card(large, 0, false, Map.of(SMALL, 1)), _ -> false);
    fleet.host("told", CardFleet.card(large, 0, false, Map.of(SMALL, 1)));
    fleet.host("full", CardFleet.card(new Card("3b", 0, false), 0, false, Map.of(SMALL, 1)));
    Result<WrittenVerdict> two = find(List.of("device0", "device1"));
    assertThat(two.takers()).extracting(Taker::host).containsExactly("told", "untold");
    assertThat(two.takers().getFirst().doubts()).isEmpty();
    assertThat(two.takers().getLast().doubts()).containsExactly(Doubt.CAPACITY_UNKNOWN);
    assertThat(two.certain()).isEqualTo(1);
    assertThat(two.excluded()).containsEntry(NotByRule.NO_CAPACITY, 1L);
    assertThat(find(List.of("device0")).takers().getFirst().host()).isEqualTo("told");
  }

  @Test
  void ofThePastNobodyKnowsWhichDevicesAreFree() throws BadRecordException {
    sources(List.of(SMALL, SMALL));
    fleet.host("free", List.of(new Place("device", SMALL, 0, null, "", false, Use.FREE)));
    fleet.host("used", List.of(new Place("device", SMALL, 0, null, "", false, Use.IN_USE)));
    sightings = _ -> new PastSightings(0);
    assertThat(find(List.of("device0")).takers())
        .hasSize(2)
        .allMatch(taker -> taker.doubts().equals(Set.of(Doubt.IN_USE_UNKNOWN)));
  }
}
