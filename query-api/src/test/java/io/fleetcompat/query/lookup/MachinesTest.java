package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.lookup.Machines.Fit;
import io.fleetcompat.query.lookup.Machines.Fits;
import io.fleetcompat.query.lookup.Machines.Question;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.LastSeen;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole machines against a search that tries everything. */
class MachinesTest {

  private static final int HOSTS = 30;
  private static final int PROFILES = 60;
  private static final int MACHINES = 40;
  private static final int MAX_DEVICES = 6;

  private final IndexedFleet fleet = new IndexedFleet(13, 5, PROFILES, 3);
  private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private final PairVerdicts verdicts = new PairVerdicts();
  private final Machines machines =
      new Machines(
          verdicts,
          new Sightings(new LastSeen(), Duration.ofSeconds(60), Duration.ofHours(1), clock));
  private IndexView view = IndexView.empty();

  @BeforeEach
  void fill() throws BadRecordException {
    view = FilledView.of(fleet).withHosts(HOSTS).withCapacities(HOSTS).view();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theHostsAreThoseOfTheBruteForceSearch(long seed) {
    Random random = new Random(seed);
    int some = 0;
    for (int n = 0; n < MACHINES; n++) {
      List<Place> sources = machine(random);
      Fits fits = find(sources, view.fleet().members(), Optional.empty(), HOSTS);
      assertThat(fits.complete()).isTrue();
      assertThat(fits.fits().stream().map(fit -> fit.host().name()))
          .as("seed %d, machine %d: %s", seed, n, sources)
          .containsExactlyInAnyOrderElementsOf(bruteForce(sources));
      assertThat(fits.total()).isEqualTo(fits.fits().size());
      assertThat(fits.excluded())
          .as("seed %d, machine %d: %s", seed, n, sources)
          .isEqualTo(excluded(sources, fits));
      fits.fits().forEach(fit -> assertIsPossible(sources, fit));
      some += fits.fits().isEmpty() ? 0 : 1;
    }
    assertThat(some).as("machines that fit somewhere").isPositive();
  }

  @Test
  void candidatesPoolAndLimitNarrowTheAnswer() {
    List<Place> sources = List.of(Place.of(host(0), 0));
    List<Fit> all = find(sources, view.fleet().members(), Optional.empty(), HOSTS).fits();
    assertThat(all).hasSizeGreaterThan(2);
    assertThat(find(sources, view.fleet().members(), Optional.empty(), 2).fits())
        .isEqualTo(all.subList(0, 2));
    Optional<List<Host>> last = Optional.of(List.of(all.getLast().host()));
    assertThat(find(sources, view.fleet().members(), last.map(List::copyOf), HOSTS).fits())
        .containsExactly(all.getLast());
    var pool = Objects.requireNonNull(view.fleet().pools().get("pool-1"));
    assertThat(find(sources, pool, Optional.empty(), HOSTS).fits())
        .isEqualTo(
            all.stream().filter(fit -> fit.host().placed().pool().equals("pool-1")).toList());
  }

  @Test
  void whereTheSourceOrAHostFellSilentNothingIsOfferedUnlessItIsAskedFor() {
    List<Place> sources = List.of(Place.of(host(0), 0));
    Fits heard = find(sources, view.fleet().members(), Optional.empty(), HOSTS);
    Clock later = Clock.fixed(Instant.EPOCH.plusSeconds(61), ZoneOffset.UTC);
    Machines silent = new Machines(verdicts, sightings(new LastSeen(), later));
    Question question =
        new Question(sources, view.fleet().members(), Optional.empty(), HOSTS, false);
    Fits none = silent.find(view, question, Deadline.NONE);
    assertThat(none.fits()).isEmpty();
    assertThat(none.excluded().get("host-stale"))
        .isEqualTo(heard.total() + heard.excluded().getOrDefault("no-capacity", 0L));
    Question all = new Question(sources, view.fleet().members(), Optional.empty(), HOSTS, true);
    assertThat(silent.find(view, all, Deadline.NONE)).isEqualTo(heard);
  }

  private Fits find(
      List<Place> sources, Membership scope, Optional<Collection<Host>> candidates, int limit) {
    return machines.find(
        view, new Question(sources, scope, candidates, limit, false), Deadline.NONE);
  }

  private static Sightings sightings(LastSeen lastSeen, Clock clock) {
    return new Sightings(lastSeen, Duration.ofSeconds(60), Duration.ofHours(1), clock);
  }

  /** Why each host that does not fit does not. */
  private Map<String, Long> excluded(List<Place> sources, Fits fits) {
    Set<String> fitting =
        fits.fits().stream().map(fit -> fit.host().name()).collect(Collectors.toSet());
    TreeMap<String, Long> excluded = new TreeMap<>();
    for (int number = 0; number < HOSTS; number++) {
      Host host = host(number);
      if (host.name().equals(sources.getFirst().host().name())) {
        excluded.merge("own-host", 1L, Long::sum);
      } else if (!fitting.contains(host.name())) {
        boolean possible = sources.stream().allMatch(source -> hasPartner(source, host));
        excluded.merge(possible ? "no-capacity" : "not-compatible", 1L, Long::sum);
      }
    }
    return excluded;
  }

  private boolean hasPartner(Place source, Host host) {
    return IntStream.range(0, host.placed().endpoints().size())
        .anyMatch(index -> isCompatible(source, Place.of(host, index)));
  }

  /** Devices of one host, some of them alike. */
  private List<Place> machine(Random random) {
    Host host = host(random.nextInt(HOSTS));
    int endpoints = host.placed().endpoints().size();
    List<Place> sources = new ArrayList<>();
    for (int i = random.nextInt(MAX_DEVICES); i >= 0; i--) {
      sources.add(Place.of(host, random.nextInt(endpoints)));
    }
    return sources;
  }

  private Set<String> bruteForce(List<Place> sources) {
    TreeSet<String> hosts = new TreeSet<>();
    for (int number = 0; number < HOSTS; number++) {
      Host host = host(number);
      boolean own = host.name().equals(sources.getFirst().host().name());
      if (!own && fits(sources, 0, host, new int[host.placed().endpoints().size()])) {
        hosts.add(host.name());
      }
    }
    return hosts;
  }

  private boolean fits(List<Place> sources, int source, Host host, int[] taken) {
    if (source == sources.size()) {
      return true;
    }
    for (int index = 0; index < taken.length; index++) {
      Place place = Place.of(host, index);
      if (taken[index] < place.capacity() && isCompatible(sources.get(source), place)) {
        taken[index]++;
        if (fits(sources, source + 1, host, taken)) {
          return true;
        }
        taken[index]--;
      }
    }
    return false;
  }

  private void assertIsPossible(List<Place> sources, Fit fit) {
    int[] taken = new int[fit.host().placed().endpoints().size()];
    assertThat(fit.chosen()).hasSameSizeAs(sources);
    for (int i = 0; i < sources.size(); i++) {
      Place chosen = fit.chosen().get(i);
      assertThat(chosen.host().name()).isEqualTo(fit.host().name());
      assertThat(isCompatible(sources.get(i), chosen)).isTrue();
      assertThat(++taken[chosen.index()]).isLessThanOrEqualTo(chosen.capacity());
    }
  }

  private boolean isCompatible(Place source, Place destination) {
    var from = Objects.requireNonNull(view.matrix().profile(source.slot())).profile();
    var to = Objects.requireNonNull(view.matrix().profile(destination.slot())).profile();
    return fleet.judge().outcome(from, to) == Outcome.COMPATIBLE;
  }

  private Host host(int number) {
    return Objects.requireNonNull(view.fleet().find(IndexedFleet.host(number)));
  }
}
