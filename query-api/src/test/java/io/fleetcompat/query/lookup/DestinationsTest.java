package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Destinations.Destination;
import io.fleetcompat.query.lookup.Destinations.Page;
import io.fleetcompat.query.lookup.Exclusion.ByRule;
import io.fleetcompat.query.lookup.Exclusion.NotByRule;
import io.fleetcompat.query.replica.HeardFleet;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProfileEntry;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.ViewEdit;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.DocumentId;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationsTest {

  private static final int HOSTS = 40;
  private static final int PROFILES = 60;

  private final IndexedFleet fleet = new IndexedFleet(7, 5, PROFILES, 3);
  private final Sightings sightings = new PastSightings(0);
  private final PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);
  private final Destinations<WrittenVerdict> destinations = new Destinations<>(verdicts, sightings);
  private IndexView view = IndexView.empty();
  private Replica replica = new Replica(view);

  @BeforeEach
  void fill() throws BadRecordException {
    view = FilledView.of(fleet).withHosts(HOSTS).withCapacities(HOSTS).view();
    replica = new Replica(view);
    HeardFleet.hear(replica, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "1, false, false, false, fleet",
    "7, false, false, true, fleet",
    "7, true, false, false, fleet",
    "3, false, true, true, fleet",
    "1000, false, false, false, fleet",
    "5, false, false, false, pool-1",
    "5, true, false, true, pool-2",
  })
  void pagesTogetherAreTheBruteForceAnswer(
      int limit, boolean capacity, boolean unknown, boolean ownHost, String scope) {
    Scope members =
        scope.equals("fleet") ? Scope.fleet(view) : Pools.scope(view, scope).orElseThrow();
    for (IndexedEndpoint source : places(0, 3)) {
      List<String> found = new ArrayList<>();
      Optional<Cursor> cursor = Optional.empty();
      long total = -1;
      do {
        Page<WrittenVerdict> page =
            destinations.find(
                view,
                new DestinationsQuestion(
                    source, members, limit, cursor, capacity, unknown, false, ownHost),
                Deadline.NONE);
        assertThat(page.destinations().size()).isLessThanOrEqualTo(limit);
        page.destinations().stream().map(d -> d.endpoint().reference()).forEach(found::add);
        total = page.total();
        cursor = page.next().map(Cursor::parse);
      } while (cursor.isPresent());
      List<String> expected = bruteForce(source, capacity, unknown, ownHost, scope);
      assertThat(found).isEqualTo(expected);
      assertThat(total).isEqualTo(expected.size());
    }
  }

  /** Times at which all, some and no hosts are heard of: odd ones speak at 100 s, even at 0 s. */
  @ParameterizedTest
  @CsvSource({"50", "90", "120", "200"})
  void whateverIsNotListedIsCountedWithTheReasonOnce(int seconds) {
    for (int host = 1; host < HOSTS; host += 2) {
      replica.seen(
          IndexedFleet.host(host), 100_000, DocumentId.byVersion(new DocumentVersion(1, 1)));
    }
    Destinations<WrittenVerdict> then = destinationsAt(seconds);
    for (IndexedEndpoint source : places(0, 2)) {
      for (int flags = 0; flags < 16; flags++) {
        DestinationsQuestion question =
            new DestinationsQuestion(
                source,
                flags % 3 == 0 ? Scope.fleet(view) : Pools.scope(view, "pool-1").orElseThrow(),
                1000,
                Optional.empty(),
                (flags & 1) > 0,
                (flags & 2) > 0,
                (flags & 4) > 0,
                (flags & 8) > 0);
        Page<WrittenVerdict> page = then.find(view, question, Deadline.NONE);
        assertThat(page.next()).isEmpty();
        assertThat(page.total()).as("%s", question).isEqualTo(page.destinations().size());
        assertThat(page.excluded()).as("%s", question).isEqualTo(bruteForce(question, seconds));
      }
    }
  }

  /** The endpoints that are not listed, counted by reason. */
  private Map<Exclusion, Long> bruteForce(DestinationsQuestion question, int seconds) {
    Map<Exclusion, Long> excluded = new HashMap<>();
    IndexedEndpoint source = question.source();
    boolean sourceHeard = isHeard(source.host(), seconds);
    for (IndexedEndpoint place : places(0, HOSTS)) {
      if (!question.scope().members().has(place.host().id())) {
        continue;
      }
      var verdict = fleet.judge().judge(profile(source), profile(place));
      if (verdict.outcome() != Outcome.COMPATIBLE) {
        verdict
            .reasons()
            .forEach(reason -> excluded.merge(new ByRule(reason.rule()), 1L, Long::sum));
      } else if (place.host().name().equals(source.host().name())
          && (!question.withOwnHost() || place.name().equals(source.name()))) {
        excluded.merge(NotByRule.OWN_HOST, 1L, Long::sum);
      } else if ((!question.withStale() && !isHeard(place.host(), seconds))
          || (!sourceHeard && !question.withStale() && !question.withUnknown())) {
        excluded.merge(Exclusion.HOST_STALE, 1L, Long::sum);
      } else if (question.onlyCapacity() && place.capacity() <= 0) {
        excluded.merge(NotByRule.NO_CAPACITY, 1L, Long::sum);
      }
    }
    return excluded;
  }

  private static boolean isHeard(Host host, int seconds) {
    boolean odd = (host.name().charAt("host-00000".length()) - '0') % 2 == 1;
    return seconds - (odd ? 100 : 0) <= 60;
  }

  @Test
  void aHostThatFallsSilentIsNoLongerCountedAlthoughNothingElseChanged() {
    IndexedEndpoint source = places(0, 1).getFirst();
    replica.seen(source.host().name(), 100_000, DocumentId.byVersion(new DocumentVersion(1, 1)));
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    Clock moving =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return Objects.requireNonNull(now.get());
          }
        };
    Destinations<WrittenVerdict> moved = new Destinations<>(verdicts, sightings(moving));
    DestinationsQuestion question =
        new DestinationsQuestion(
            source, Scope.fleet(view), 1, Optional.empty(), false, false, false, false);
    long before = moved.find(view, question, Deadline.NONE).total();
    assertThat(before).isPositive();
    now.set(Instant.EPOCH.plusSeconds(61));
    Page<WrittenVerdict> after = moved.find(view, question, Deadline.NONE);
    assertThat(after.total()).isZero();
    assertThat(after.excluded()).containsEntry(Exclusion.HOST_STALE, before);
  }

  private Destinations<WrittenVerdict> destinationsAt(int seconds) {
    Clock clock = Clock.fixed(Instant.EPOCH.plusSeconds(seconds), ZoneOffset.UTC);
    return new Destinations<>(verdicts, sightings(clock));
  }

  private Sightings sightings(Clock clock) {
    return new HeardSightings(
        replica.lastSeen(), Duration.ofSeconds(60), Duration.ofHours(1), clock);
  }

  @Test
  void excludedCountsEveryEndpointThatFailsARule() {
    IndexedEndpoint source = places(0, 1).getFirst();
    Page<WrittenVerdict> page =
        destinations.find(
            view,
            new DestinationsQuestion(
                source, Scope.fleet(view), 1, Optional.empty(), false, false, false, false),
            Deadline.NONE);
    long other =
        places(0, HOSTS).stream()
            .filter(p -> !profile(p).mdevType().equals(profile(source).mdevType()))
            .count();
    assertThat(page.excluded()).containsEntry(new ByRule(FixedRule.MDEV_TYPE), other);
  }

  @Test
  void aPageGoesOnWhereTheOneBeforeEndedAlthoughTheFleetChanged() throws BadRecordException {
    IndexedEndpoint source = places(0, 1).getFirst();
    DestinationsQuestion first =
        new DestinationsQuestion(
            source, Scope.fleet(view), 3, Optional.empty(), false, false, false, false);
    Page<WrittenVerdict> page = destinations.find(view, first, Deadline.NONE);
    Destination<WrittenVerdict> last = page.destinations().getLast();
    ViewEdit edit = new ViewEdit(view);
    edit.replay(new IndexChange.HostUnplaced(last.endpoint().host().name()));
    IndexView changed = edit.commit();
    DestinationsQuestion second =
        new DestinationsQuestion(
            source,
            Scope.fleet(changed),
            1000,
            page.next().map(Cursor::parse),
            false,
            false,
            false,
            false);
    assertThat(references(destinations.find(changed, second, Deadline.NONE)))
        .isEqualTo(
            bruteForce(source, false, false, false, "fleet").stream()
                .skip(3)
                .filter(r -> !r.startsWith(last.endpoint().host().name() + "/"))
                .toList());
  }

  private static List<String> references(Page<?> page) {
    return page.destinations().stream().map(d -> d.endpoint().reference()).toList();
  }

  private record Ranked(IndexedEndpoint place, Outcome outcome, Rank rank) {}

  private List<String> bruteForce(
      IndexedEndpoint source, boolean capacity, boolean unknown, boolean ownHost, String scope) {
    return places(0, HOSTS).stream()
        .filter(p -> scope.equals("fleet") || p.host().placed().pool().equals(Optional.of(scope)))
        .filter(p -> !p.reference().equals(source.reference()))
        .filter(p -> ownHost || !p.host().name().equals(source.host().name()))
        .filter(p -> !capacity || p.capacity() > 0)
        .map(p -> ranked(source, p))
        .filter(r -> r.outcome == Outcome.COMPATIBLE || (unknown && r.outcome == Outcome.UNKNOWN))
        .sorted(
            Comparator.comparing(Ranked::outcome)
                .thenComparing(Ranked::rank)
                .thenComparing(r -> -r.place.capacity())
                .thenComparing(r -> r.place.host().name())
                .thenComparing(r -> r.place.name()))
        .map(r -> r.place.reference())
        .toList();
  }

  private Ranked ranked(IndexedEndpoint source, IndexedEndpoint place) {
    var verdict = fleet.judge().judge(profile(source), profile(place));
    return new Ranked(place, verdict.outcome(), Rank.of(profile(source), profile(place), verdict));
  }

  private Profile profile(IndexedEndpoint place) {
    ProfileEntry entry = Objects.requireNonNull(view.matrix().profile(place.slot()));
    return entry.profile();
  }

  private List<IndexedEndpoint> places(int from, int to) {
    List<IndexedEndpoint> places = new ArrayList<>();
    for (int number = from; number < to; number++) {
      Host host = Objects.requireNonNull(view.fleet().find(IndexedFleet.host(number)));
      for (int i = 0; i < host.placed().endpoints().size(); i++) {
        places.add(IndexedEndpoint.of(host, i));
      }
    }
    return places;
  }
}
