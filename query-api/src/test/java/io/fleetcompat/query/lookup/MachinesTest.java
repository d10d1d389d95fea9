package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Exclusion.NotByRule;
import io.fleetcompat.query.lookup.Machines.Result;
import io.fleetcompat.query.lookup.Machines.Taker;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.LastSeen;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);
  private final Machines<WrittenVerdict> machines =
      new Machines<>(verdicts, new PastSightings(clock.millis()));
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
      List<IndexedEndpoint> sources = machine(random);
      Result<WrittenVerdict> fits = find(sources, Scope.fleet(view), Optional.empty(), HOSTS);
      assertThat(fits.complete()).isTrue();
      assertThat(fits.takers().stream().map(Taker::host))
          .as("seed %d, machine %d: %s", seed, n, sources)
          .containsExactlyInAnyOrderElementsOf(bruteForce(sources));
      assertThat(fits.total()).isEqualTo(fits.takers().size());
      assertThat(fits.certain()).as("no two types share a card").isEqualTo(fits.total());
      assertThat(fits.excluded())
          .as("seed %d, machine %d: %s", seed, n, sources)
          .isEqualTo(excluded(sources, fits));
      fits.takers().forEach(fit -> assertIsPossible(sources, fit));
      some += fits.takers().isEmpty() ? 0 : 1;
    }
    assertThat(some).as("machines that fit somewhere").isPositive();
  }

  @Test
  void candidatesPoolAndLimitNarrowTheAnswer() {
    List<IndexedEndpoint> sources = List.of(IndexedEndpoint.of(host(0), 0));
    List<Taker<WrittenVerdict>> all =
        find(sources, Scope.fleet(view), Optional.empty(), HOSTS).takers();
    assertThat(all).hasSizeGreaterThan(2);
    assertThat(find(sources, Scope.fleet(view), Optional.empty(), 2).takers())
        .isEqualTo(all.subList(0, 2));
    Optional<List<String>> last = Optional.of(List.of(all.getLast().host()));
    assertThat(find(sources, Scope.fleet(view), last.map(List::copyOf), HOSTS).takers())
        .containsExactly(all.getLast());
    Scope pool = Pools.scope(view, "pool-1").orElseThrow();
    assertThat(find(sources, pool, Optional.empty(), HOSTS).takers())
        .isEqualTo(all.stream().filter(taker -> pool(taker.host()).equals("pool-1")).toList());
  }

  @Test
  void whereTheSourceOrAHostFellSilentNothingIsOfferedUnlessItIsAskedFor() {
    List<IndexedEndpoint> sources = List.of(IndexedEndpoint.of(host(0), 0));
    Result<WrittenVerdict> heard = find(sources, Scope.fleet(view), Optional.empty(), HOSTS);
    Clock later = Clock.fixed(Instant.EPOCH.plusSeconds(61), ZoneOffset.UTC);
    Machines<WrittenVerdict> silent = new Machines<>(verdicts, sightings(new LastSeen(), later));
    MachineQuestion question =
        new MachineQuestion(sources, Scope.fleet(view), Optional.empty(), HOSTS, false);
    Result<WrittenVerdict> none = silent.find(view, question, Deadline.NONE);
    assertThat(none.takers()).isEmpty();
    assertThat(none.excluded().get(Exclusion.HOST_STALE))
        .isEqualTo(heard.total() + heard.excluded().getOrDefault(NotByRule.NO_CAPACITY, 0L));
    MachineQuestion all =
        new MachineQuestion(sources, Scope.fleet(view), Optional.empty(), HOSTS, true);
    Result<WrittenVerdict> silentOnes = silent.find(view, all, Deadline.NONE);
    assertThat(silentOnes.takers())
        .extracting(Taker::host)
        .isEqualTo(heard.takers().stream().map(Taker::host).toList());
    assertThat(silentOnes.takers()).allMatch(taker -> taker.doubts().contains(Doubt.HOST_STALE));
    assertThat(silentOnes.certain()).isZero();
    assertThat(silentOnes.excluded()).isEqualTo(heard.excluded());
  }

  @Test
  void aSearchAsksForTheTimeForEachDeviceOfEachHost() {
    List<IndexedEndpoint> sources =
        Collections.nCopies(MAX_DEVICES, IndexedEndpoint.of(host(0), 0));
    MachineQuestion question =
        new MachineQuestion(sources, Scope.fleet(view), Optional.empty(), HOSTS, false);
    machines.find(view, question, Deadline.NONE); // makes the ranking, which asks too
    AtomicInteger asked = new AtomicInteger();
    Result<WrittenVerdict> result = machines.find(view, question, asked::incrementAndGet);
    long examined = result.total() + result.excluded().getOrDefault(NotByRule.NO_CAPACITY, 0L);
    assertThat(examined).isPositive();
    assertThat(asked.get()).isGreaterThanOrEqualTo((int) examined * MAX_DEVICES);
  }

  private String pool(String host) {
    return Objects.requireNonNull(view.fleet().find(host)).placed().pool().orElseThrow();
  }

  private Result<WrittenVerdict> find(
      List<IndexedEndpoint> sources,
      Scope scope,
      Optional<Collection<String>> candidates,
      int limit) {
    return machines.find(
        view, new MachineQuestion(sources, scope, candidates, limit, false), Deadline.NONE);
  }

  private static Sightings sightings(LastSeen lastSeen, Clock clock) {
    return new HeardSightings(lastSeen, Duration.ofSeconds(60), Duration.ofHours(1), clock);
  }

  /** The hosts that do not fit, counted by reason. */
  private Map<Exclusion, Long> excluded(
      List<IndexedEndpoint> sources, Result<WrittenVerdict> fits) {
    Set<String> fitting = fits.takers().stream().map(Taker::host).collect(Collectors.toSet());
    Map<Exclusion, Long> excluded = new HashMap<>();
    for (int number = 0; number < HOSTS; number++) {
      Host host = host(number);
      if (host.name().equals(sources.getFirst().host().name())) {
        excluded.merge(NotByRule.OWN_HOST, 1L, Long::sum);
      } else if (!fitting.contains(host.name())) {
        boolean possible = sources.stream().allMatch(source -> hasPartner(source, host));
        excluded.merge(possible ? NotByRule.NO_CAPACITY : NotByRule.NOT_COMPATIBLE, 1L, Long::sum);
      }
    }
    return excluded;
  }

  private boolean hasPartner(IndexedEndpoint source, Host host) {
    return IntStream.range(0, host.placed().endpoints().size())
        .anyMatch(index -> isCompatible(source, IndexedEndpoint.of(host, index)));
  }

  /** Devices of one host, some of them alike. */
  private List<IndexedEndpoint> machine(Random random) {
    Host host = host(random.nextInt(HOSTS));
    int endpoints = host.placed().endpoints().size();
    List<IndexedEndpoint> sources = new ArrayList<>();
    for (int i = random.nextInt(MAX_DEVICES); i >= 0; i--) {
      sources.add(IndexedEndpoint.of(host, random.nextInt(endpoints)));
    }
    return sources;
  }

  private Set<String> bruteForce(List<IndexedEndpoint> sources) {
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

  private boolean fits(List<IndexedEndpoint> sources, int source, Host host, int[] taken) {
    if (source == sources.size()) {
      return true;
    }
    for (int index = 0; index < taken.length; index++) {
      IndexedEndpoint place = IndexedEndpoint.of(host, index);
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

  private void assertIsPossible(List<IndexedEndpoint> sources, Taker<WrittenVerdict> fit) {
    Host host = Objects.requireNonNull(view.fleet().find(fit.host()));
    int[] taken = new int[host.placed().endpoints().size()];
    assertThat(fit.chosen()).hasSameSizeAs(sources);
    for (int i = 0; i < sources.size(); i++) {
      IndexedEndpoint chosen = fit.chosen().get(i).destination();
      assertThat(chosen.hostName()).isEqualTo(fit.host());
      assertThat(isCompatible(sources.get(i), chosen)).isTrue();
      assertThat(++taken[chosen.index()]).isLessThanOrEqualTo(chosen.capacity());
    }
  }

  private boolean isCompatible(IndexedEndpoint source, IndexedEndpoint destination) {
    var from = Objects.requireNonNull(view.matrix().profile(source.slot())).profile();
    var to = Objects.requireNonNull(view.matrix().profile(destination.slot())).profile();
    return fleet.judge().outcome(from, to) == Outcome.COMPATIBLE;
  }

  private Host host(int number) {
    return Objects.requireNonNull(view.fleet().find(IndexedFleet.host(number)));
  }
}
