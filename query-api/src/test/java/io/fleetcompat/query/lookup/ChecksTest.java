package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.facet.Parsed.State;
import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Checks.Check;
import io.fleetcompat.query.replica.HeardFleet;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.PlacedHost;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.DocumentId;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts while hosts fall silent: every host was last observed at 1970-01-01T00:00:00Z. */
class ChecksTest {

  private static final int HOSTS = 12;
  private static final int PROFILES = 40;

  private final IndexedFleet fleet = new IndexedFleet(11, 4, PROFILES, 2);
  private Replica replica = new Replica(IndexView.empty());
  private IndexView view = IndexView.empty();

  @BeforeEach
  void fill() throws BadRecordException {
    view = FilledView.of(fleet).withHosts(HOSTS).view();
    replica = new Replica(view);
    HeardFleet.hear(replica, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "60,FRESH,COMPATIBLE",
    "61,STALE,UNKNOWN",
    "3600,STALE,UNKNOWN",
    "3601,LOST,UNKNOWN",
  })
  void aSilentHostTurnsYesIntoUnknown(int seconds, Liveness liveness, Outcome expected) {
    heard(seconds, placed(), 0);
    IndexedEndpoint source = place(0);
    Checks<WrittenVerdict> checks = checks(seconds);
    Check<WrittenVerdict> check = checks.check(view, source, partner(source, Outcome.COMPATIBLE));
    assertThat(check.sourceSeen().liveness()).isEqualTo(Liveness.FRESH);
    assertThat(check.destinationSeen().liveness()).isEqualTo(liveness);
    assertThat(checks.verdict(ViewOverrides.of(view, 0), check).outcome()).isEqualTo(expected);
    assertThat(check.silent().map(Verdict::outcome).orElse(check.pair().outcome()))
        .isEqualTo(expected);
  }

  @Test
  void theReasonNamesEachSilentSideAndHowOldItIs() {
    IndexedEndpoint source = place(0);
    Checks<WrittenVerdict> checks = checks(100);
    Check<WrittenVerdict> check = checks.check(view, source, partner(source, Outcome.COMPATIBLE));
    List<Reason> reasons = checks.verdict(ViewOverrides.of(view, 0), check).reasons();
    assertThat(reasons)
        .extracting(Reason::rule)
        .containsExactly(FixedRule.HOST_STALE, FixedRule.HOST_STALE);
    assertThat(reasons)
        .allMatch(r -> r instanceof Reason.Unjudged unjudged && unjudged.state() == State.ABSENT);
    assertThat(reasons.getFirst().detail())
        .contains("source", IndexedFleet.host(0), "STALE", "100 s");
    assertThat(reasons.getLast().detail()).contains("destination");
  }

  @Test
  void aNewerDocumentThatIsNotIndexedMakesYesUnknownAfterAWhile() {
    heard(20, placed(), 0);
    heard(30, placed(), 1);
    assertThat(liveness(40)).isEqualTo(Liveness.FRESH);
    heard(41, placed(), 2);
    assertThat(liveness(41)).as("it counts from the first").isEqualTo(Liveness.STALE);
    Checks<WrittenVerdict> checks = checks(42);
    IndexedEndpoint source = place(0);
    Check<WrittenVerdict> check = checks.check(view, source, partner(source, Outcome.COMPATIBLE));
    assertThat(checks.verdict(ViewOverrides.of(view, 0), check).reasons().getLast().detail())
        .contains("newer document", "12s");
    heard(50, placed(), 0);
    assertThat(liveness(90)).as("the index has it now").isEqualTo(Liveness.FRESH);
  }

  @Test
  void aHeartbeatOfAnOlderStartOfTheCollectorSaysNothing() {
    heard(20, placed(), 0);
    replica.seen(
        IndexedFleet.host(0),
        70_000,
        DocumentId.byVersion(new DocumentVersion(placed().version().epoch() - 1, 1_000_000)));
    assertThat(liveness(81)).isEqualTo(Liveness.STALE);
  }

  @Test
  void aRemovedHostIsStaleUntilItSpeaksAgain() {
    heard(20, placed(), 0);
    replica.gone(IndexedFleet.host(0), 21_000);
    assertThat(liveness(32)).isEqualTo(Liveness.STALE);
    heard(33, placed(), 0);
    assertThat(liveness(34)).isEqualTo(Liveness.FRESH);
  }

  private Liveness liveness(int seconds) {
    Sightings sightings = sightings(seconds);
    Liveness liveness = sightings.of(host(0), sightings.now()).liveness();
    assertThat(sightings.isFresh(host(0), sightings.now())).isEqualTo(liveness == Liveness.FRESH);
    return liveness;
  }

  private PlacedHost placed() {
    return host(0).placed();
  }

  /** A heartbeat of the first host that names a document so many after the placed one. */
  private void heard(int seconds, PlacedHost placed, int newer) {
    replica.seen(
        IndexedFleet.host(0),
        seconds * 1000L,
        DocumentId.byVersion(
            new DocumentVersion(placed.version().epoch(), placed.version().sequence() + newer)));
  }

  @Test
  void noStaysNoHoweverSilentTheHosts() {
    IndexedEndpoint source = place(0);
    IndexedEndpoint destination = partner(source, Outcome.INCOMPATIBLE);
    Verdict fresh = verdict(checks(1), source, destination);
    Verdict lost = verdict(checks(10_000), source, destination);
    assertThat(lost).isEqualTo(fresh);
    assertThat(lost.outcome()).isEqualTo(Outcome.INCOMPATIBLE);
  }

  private Verdict verdict(
      Checks<WrittenVerdict> checks, IndexedEndpoint source, IndexedEndpoint destination) {
    return checks.verdict(ViewOverrides.of(view, 0), checks.check(view, source, destination));
  }

  private Checks<WrittenVerdict> checks(int seconds) {
    return new Checks<>(new PairVerdicts<>(WrittenVerdict.FORM), sightings(seconds));
  }

  private Sightings sightings(int seconds) {
    Clock clock = Clock.fixed(Instant.EPOCH.plusSeconds(seconds), ZoneOffset.UTC);
    return new HeardSightings(
        replica.lastSeen(), Duration.ofSeconds(60), Duration.ofHours(1), clock);
  }

  private IndexedEndpoint place(int host) {
    return IndexedEndpoint.of(host(host), 0);
  }

  /** An endpoint of another host for which the rules say that. */
  private IndexedEndpoint partner(IndexedEndpoint source, Outcome outcome) {
    PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);
    return IntStream.range(1, HOSTS)
        .boxed()
        .flatMap(
            host ->
                IntStream.range(0, host(host).placed().endpoints().size())
                    .mapToObj(index -> IndexedEndpoint.of(host(host), index)))
        .filter(to -> verdicts.of(view, source.slot(), to.slot()).outcome() == outcome)
        .findFirst()
        .orElseThrow();
  }

  private Host host(int number) {
    return Objects.requireNonNull(view.fleet().find(IndexedFleet.host(number)));
  }
}
