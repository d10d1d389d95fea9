package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Destinations.Page;
import io.fleetcompat.query.lookup.HostFilter.Other;
import io.fleetcompat.query.lookup.HostFilter.Result;
import io.fleetcompat.query.lookup.Machines.Taker;
import io.fleetcompat.query.replica.HeardFleet;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters beside checks of each host, and beside searches of the whole fleet. */
class HostFilterTest {

  private static final int HOSTS = 40;
  private static final int PROFILES = 60;
  private static final int MACHINES = 30;
  private static final int MAX_DEVICES = 5;

  private final PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);

  private static IndexView view(long seed) throws BadRecordException {
    IndexedFleet fleet = new IndexedFleet(seed, 5, PROFILES, 3);
    return FilledView.of(fleet).withHosts(HOSTS).withCapacities(HOSTS).view();
  }

  /** All heard of at the time 0; as seen so many seconds later. */
  private static Sightings heard(IndexView view, int later) {
    Replica replica = new Replica(view);
    HeardFleet.hear(replica, 0);
    Clock clock = Clock.fixed(Instant.EPOCH.plusSeconds(later), ZoneOffset.UTC);
    return new HeardSightings(
        replica.lastSeen(), Duration.ofSeconds(60), Duration.ofHours(1), clock);
  }

  @ParameterizedTest
  @CsvSource({"1,0", "2,0", "3,0", "4,120"})
  void aFilterOfOneDeviceSaysWhatChecksSay(long seed, int later) throws BadRecordException {
    IndexView view = view(seed);
    Sightings sightings = heard(view, later);
    NaiveFilter naive = new NaiveFilter(view, verdicts, sightings);
    Random random = new Random(seed);
    Set<FilterReason> found = EnumSet.noneOf(FilterReason.class);
    int takers = 0;
    for (int host = 0; host < HOSTS; host++) {
      for (int i = 0; i < host(view, host).placed().endpoints().size(); i++) {
        IndexedEndpoint source = IndexedEndpoint.of(host(view, host), i);
        List<String> names = names(random);
        Result result =
            new HostFilter(verdicts, sightings).find(view, List.of(source), names, Deadline.NONE);
        assertThat(result.others())
            .as("seed %d, %s", seed, source)
            .containsExactlyElementsOf(others(naive, List.of(source), names));
        List<String> rest = new ArrayList<>(new LinkedHashSet<>(names));
        rest.removeAll(result.others().stream().map(Other::name).toList());
        assertThat(result.takers()).containsExactlyInAnyOrderElementsOf(rest);
        result.others().forEach(other -> found.add(other.reason()));
        takers += result.takers().size();
        for (String taker : result.takers()) {
          BestEndpoint best = new BestEndpoint(verdicts, sightings);
          assertThat(best.find(ViewOverrides.of(view, 0), source, taker))
              .as("seed %d, %s to %s: the check names one with room", seed, source, taker)
              .isInstanceOfSatisfying(
                  BestEndpoint.Result.Best.class,
                  to -> assertThat(to.endpoint().capacity()).isPositive());
        }
      }
    }
    if (later == 0) {
      assertThat(takers).isPositive();
      assertThat(found)
          .contains(FilterReason.NOT_FOUND, FilterReason.OWN_HOST, FilterReason.INCOMPATIBLE);
    } else {
      assertThat(takers).isZero();
      assertThat(found).contains(FilterReason.NOT_FRESH);
    }
  }

  @Test
  void hostsAreUnderstoodAsTheyAreWrittenElsewhere() throws BadRecordException {
    IndexView view = view(1);
    IndexedEndpoint source = IndexedEndpoint.of(host(view, 0), 0);
    HostFilter filter = new HostFilter(verdicts, heard(view, 0));
    List<String> names = IntStream.range(0, HOSTS).mapToObj(IndexedFleet::host).toList();
    Result known = filter.find(view, List.of(source), names, Deadline.NONE);
    List<String> upper = names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
    Result meant = filter.find(view, List.of(source), upper, Deadline.NONE);
    assertThat(meant.takers())
        .isNotEmpty()
        .isEqualTo(known.takers().stream().map(name -> name.toUpperCase(Locale.ROOT)).toList());
  }

  private static List<Other> others(
      NaiveFilter naive, List<IndexedEndpoint> sources, List<String> names) {
    return names.stream()
        .distinct()
        .flatMap(name -> naive.reason(sources, name).map(why -> new Other(name, why)).stream())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void theOrderIsThatOfDestinationsAndThenOfTheQuestion(long seed) throws BadRecordException {
    IndexView view = view(seed);
    Sightings sightings = heard(view, 0);
    Destinations<WrittenVerdict> destinations = new Destinations<>(verdicts, sightings);
    List<String> sorted = IntStream.range(0, HOSTS).mapToObj(IndexedFleet::host).sorted().toList();
    for (int host = 0; host < HOSTS; host++) {
      IndexedEndpoint source = IndexedEndpoint.of(host(view, host), 0);
      DestinationsQuestion question =
          new DestinationsQuestion(
              source, Scope.fleet(view), 1000, Optional.empty(), true, false, false, false);
      Page<WrittenVerdict> page = destinations.find(view, question, Deadline.NONE);
      Set<String> best = new LinkedHashSet<>();
      page.destinations().forEach(each -> best.add(each.endpoint().hostName()));
      HostFilter filter = new HostFilter(verdicts, sightings);
      assertThat(filter.find(view, List.of(source), sorted, Deadline.NONE).takers())
          .as("seed %d, %s", seed, source)
          .containsExactlyElementsOf(best);
      List<String> twice = new ArrayList<>(sorted.reversed());
      twice.addAll(sorted);
      assertThat(filter.find(view, List.of(source), twice, Deadline.NONE).takers())
          .containsExactlyInAnyOrderElementsOf(best);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void aFilterOfAMachineSaysWhatChecksAndTheSearchSay(long seed) throws BadRecordException {
    IndexView view = view(seed);
    Sightings sightings = heard(view, 0);
    NaiveFilter naive = new NaiveFilter(view, verdicts, sightings);
    Machines<WrittenVerdict> machines = new Machines<>(verdicts, sightings);
    Random random = new Random(seed);
    int takers = 0;
    for (int n = 0; n < MACHINES; n++) {
      List<IndexedEndpoint> sources = machine(view, random);
      List<String> names = names(random);
      Result result = new HostFilter(verdicts, sightings).find(view, sources, names, Deadline.NONE);
      MachineQuestion question =
          new MachineQuestion(sources, Scope.fleet(view), Optional.of(names), names.size(), false);
      List<String> fits =
          machines.find(view, question, Deadline.NONE).takers().stream().map(Taker::host).toList();
      assertThat(result.takers())
          .as("seed %d, machine %d: %s", seed, n, sources)
          .containsExactlyInAnyOrderElementsOf(fits);
      for (Other other : result.others()) {
        assertThat(other.reason())
            .as("seed %d, machine %d: %s at %s", seed, n, sources, other.name())
            .isEqualTo(naive.reason(sources, other.name()).orElse(FilterReason.NO_CAPACITY));
      }
      assertThat(result.others()).hasSize((int) names.stream().distinct().count() - fits.size());
      takers += fits.size();
    }
    assertThat(takers).isPositive();
  }

  @Test
  void aLongListAsksForTheTime() throws BadRecordException {
    IndexView view = view(1);
    List<String> names = IntStream.range(0, HostFilter.MAX_NAMES).mapToObj(n -> "h" + n).toList();
    AtomicInteger asked = new AtomicInteger();
    IndexedEndpoint source = IndexedEndpoint.of(host(view, 0), 0);
    Result result =
        new HostFilter(verdicts, heard(view, 0))
            .find(view, List.of(source), names, asked::incrementAndGet);
    assertThat(result.others()).hasSize(names.size());
    assertThat(asked.get()).isGreaterThan(10);
  }

  private static List<IndexedEndpoint> machine(IndexView view, Random random) {
    Host host = host(view, random.nextInt(HOSTS));
    List<IndexedEndpoint> sources = new ArrayList<>();
    for (int i = random.nextInt(MAX_DEVICES); i >= 0; i--) {
      sources.add(IndexedEndpoint.of(host, random.nextInt(host.placed().endpoints().size())));
    }
    return sources;
  }

  /** All hosts and some that are none, in any order, some of them twice. */
  private static List<String> names(Random random) {
    List<String> names = new ArrayList<>();
    for (int host = 0; host < HOSTS; host++) {
      names.add(IndexedFleet.host(host));
      if (random.nextInt(4) == 0) {
        names.add(IndexedFleet.host(random.nextInt(HOSTS)));
        names.add("none-" + random.nextInt(5));
      }
    }
    Collections.shuffle(names, random);
    return names;
  }

  private static Host host(IndexView view, int number) {
    return Objects.requireNonNull(view.fleet().find(IndexedFleet.host(number)));
  }
}
