package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.MatrixImage;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.RulesInForce;
import io.fleetcompat.testing.IndexedFleet;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class SourceRankingsTest {

  private static final int HOSTS = 12;
  private static final int PROFILES = 40;

  private final IndexedFleet fleet = new IndexedFleet(17, 4, PROFILES, 2);
  private final PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);
  private final FilledView filled;
  private IndexView view;

  SourceRankingsTest() throws BadRecordException {
    filled = FilledView.of(fleet).withHosts(HOSTS);
    view = filled.view();
  }

  @Test
  void theyNeverTakeMoreThanTheBound() {
    int weight = ranking(new SourceRankings(), 0).weight();
    SourceRankings few = new SourceRankings(5L * weight);
    for (int source = 0; source < PROFILES; source++) {
      ranking(few, source);
      assertThat(few.bytes()).isBetween(0L, 5L * weight);
    }
    assertThat(few.bytes()).isPositive();
  }

  @Test
  void aRankingIsKeptUntilTheMatrixIsAnother() throws BadRecordException {
    SourceRankings rankings = new SourceRankings();
    SourceRanking first = ranking(rankings, 0);
    view = filled.with(new IndexChange.HostUnplaced(IndexedFleet.host(0))).view();
    assertThat(ranking(rankings, 0)).as("a host left").isSameAs(first);
    view =
        filled
            .with(new IndexChange.RowGone(fleet.rules(), fleet.profiles().get(3).fingerprint()))
            .view();
    assertThat(ranking(rankings, 0)).as("a row left").isNotSameAs(first);
  }

  @Test
  void whereTheRuleSetIsAnotherNothingIsSaidUnderTheOldOne() throws BadRecordException {
    Host host = Objects.requireNonNull(view.fleet().find(IndexedFleet.host(0)));
    IndexedEndpoint source = IndexedEndpoint.of(host, 0);
    assertThat(ranking(new SourceRankings(), source.slot()).groups().getFirst().standing().rank())
        .isPresent();
    IndexChange another = IndexChange.inForce(new RulesInForce("another", Instant.EPOCH));
    view = filled.with(another).view();
    assertThat(verdicts.ranking(ViewOverrides.of(view, 0), source, Deadline.NONE).unknown())
        .as("the rows of ours are there: they answer, under their name")
        .isEmpty();
    view = filled.with(new IndexChange.RulesUnjudged(fleet.rules())).view();
    SourceRanking after = verdicts.ranking(ViewOverrides.of(view, 0), source, Deadline.NONE);
    assertThat(after.groups()).hasSize(1);
    assertThat(after.excluded()).isEmpty();
    assertThat(after.unknown()).containsOnlyKeys(FixedRule.NOT_INDEXED);
  }

  @Test
  void aProfileThatIsNotKnownIsNotIndexedAndNotForgottenWhenSomebodyHasIt()
      throws BadRecordException {
    Fingerprint gone = fleet.profiles().get(1).fingerprint();
    view = filled.with(new IndexChange.ProfileGone(gone)).view();
    int slot = view.matrix().slot(gone);
    SourceRanking ranking = ranking(new SourceRankings(), 0);
    assertThat(ranking.unknown().get(FixedRule.NOT_INDEXED))
        .extracting(Slots::everywhere)
        .isEqualTo(new int[] {slot});
    assertThat(ranking.unlike().everywhere()).as("nobody knows of what kind it is").contains(slot);
  }

  @Test
  void aTallyHoldsForTheSameQuestionAndTheSameHostsAlone() throws BadRecordException {
    IndexedEndpoint source =
        IndexedEndpoint.of(Objects.requireNonNull(view.fleet().find(IndexedFleet.host(0))), 0);
    SourceRanking ranking = verdicts.ranking(ViewOverrides.of(view, 0), source, Deadline.NONE);
    RoaringBitmap nobody = new RoaringBitmap();
    DestinationsQuestion question = question(source, view, false);
    Tally tally = ranking.tally(view, question, nobody);
    assertThat(ranking.tally(view, question, nobody)).isSameAs(tally);
    assertThat(ranking.tally(view, question(source, view, true), nobody)).isNotSameAs(tally);
    Tally silent = ranking.tally(view, question, RoaringBitmap.bitmapOf(source.host().id()));
    assertThat(silent.counts().all()).isEqualTo(tally.counts().all());
    assertThat(silent.counts().stale()).isPositive();
    IndexView fewer = filled.with(new IndexChange.HostUnplaced(IndexedFleet.host(0))).view();
    assertThat(ranking.tally(fewer, question(source, fewer, false), nobody).counts().all())
        .isLessThan(tally.counts().all());
  }

  @Test
  void whoeverAsksAboutSeveralPoolsInTurnHasNothingCountedAgain() {
    IndexedEndpoint source =
        IndexedEndpoint.of(Objects.requireNonNull(view.fleet().find(IndexedFleet.host(0))), 0);
    SourceRanking ranking = verdicts.ranking(ViewOverrides.of(view, 0), source, Deadline.NONE);
    RoaringBitmap nobody = new RoaringBitmap();
    List<DestinationsQuestion> questions =
        Stream.of(
                Scope.fleet(view),
                Pools.scope(view, "pool-0").orElseThrow(),
                Pools.scope(view, "pool-1").orElseThrow())
            .map(scope -> question(source, scope, false))
            .toList();
    List<Tally> first = tallies(ranking, questions, nobody);
    List<Tally> second = tallies(ranking, questions, nobody);
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i)).as("%s", questions.get(i)).isSameAs(first.get(i));
    }
    assertThat(first.get(0).counts().all())
        .isEqualTo(first.get(1).counts().all() + first.get(2).counts().all());
  }

  private List<Tally> tallies(
      SourceRanking ranking, List<DestinationsQuestion> questions, RoaringBitmap silent) {
    return questions.stream().map(question -> ranking.tally(view, question, silent)).toList();
  }

  @Test
  void aRankingGivesEveryProfileTheOutcomeOfItsVerdict() {
    SourceRanking ranking = ranking(new SourceRankings(), 0);
    Host host = Objects.requireNonNull(view.fleet().find(IndexedFleet.host(0)));
    for (int slot = 0; slot < PROFILES; slot++) {
      assertThat(ranking.outcome(slot, host))
          .as("slot %d", slot)
          .isEqualTo(verdicts.judge(view, 0, slot).verdict().outcome());
    }
  }

  @Test
  void aRankingDoesNotKeepAMatrixOfThePastAlive() {
    SourceRankings rankings = new SourceRankings();
    SourceRanking ranking = ranking(rankings, 0);
    WeakReference<MatrixImage> past = new WeakReference<>(view.matrix());
    view =
        filled
            .with(new IndexChange.RowGone(fleet.rules(), fleet.profiles().get(3).fingerprint()))
            .view();
    System.gc();
    assertThat(past.refersTo(null)).isTrue();
    assertThat(ranking(rankings, 0)).isNotSameAs(ranking);
  }

  private static DestinationsQuestion question(
      IndexedEndpoint source, IndexView view, boolean unknown) {
    return question(source, Scope.fleet(view), unknown);
  }

  private static DestinationsQuestion question(
      IndexedEndpoint source, Scope scope, boolean unknown) {
    return new DestinationsQuestion(
        source, scope, 10, Optional.empty(), false, unknown, false, false);
  }

  private SourceRanking ranking(SourceRankings rankings, int source) {
    Host host = Objects.requireNonNull(view.fleet().find(IndexedFleet.host(1)));
    IndexedEndpoint endpoint = new IndexedEndpoint(host, "device", 0, source);
    return rankings.of(ViewOverrides.of(view, 0), endpoint, verdicts, Deadline.NONE);
  }
}
