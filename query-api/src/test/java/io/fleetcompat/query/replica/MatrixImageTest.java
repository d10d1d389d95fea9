package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.replica.IndexChange.RowGone;
import io.fleetcompat.query.replica.IndexChange.RulesGone;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.testing.IndexedFleet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The cells of the matrix, and the causes why some have nothing. */
class MatrixImageTest {

  private static final int PROFILES = 8;
  private static final int HOSTS = 20;

  private final IndexedFleet fleet = new IndexedFleet(3, 4, PROFILES, 1);

  private Fingerprint id(int profile) {
    return fleet.profiles().get(profile).fingerprint();
  }

  private IndexView view(IndexChange change) throws BadRecordException {
    return FilledView.of(fleet).withHosts(HOSTS).with(change).view();
  }

  private int slot(IndexView view, int profile) {
    return view.matrix().slot(id(profile));
  }

  private MissingVerdict missing(IndexView view, int source, int destination) {
    int from = slot(view, source);
    int to = slot(view, destination);
    assertThat(view.matrix().cell(from, to)).isEqualTo(Cell.NOT_INDEXED);
    return view.matrix().missing(from, to);
  }

  @Test
  void theMissingRowIsThatOfTheProfileWithTheGreaterNumberWhicheverSideItIs()
      throws BadRecordException {
    IndexView view = view(new RowGone(id(5)));
    assertThat(missing(view, 5, 2)).isEqualTo(new MissingVerdict.NoRow(slot(view, 5)));
    assertThat(missing(view, 2, 5)).isEqualTo(new MissingVerdict.NoRow(slot(view, 5)));
    assertThat(missing(view, 5, 5)).isEqualTo(new MissingVerdict.NoRow(slot(view, 5)));
    assertThat(view.matrix().cell(slot(view, 5), slot(view, 7))).isNotEqualTo(Cell.NOT_INDEXED);
    assertThat(view.pendingProfiles()).isEqualTo(1);
  }

  @Test
  void aRowOfAnotherNumberIsNoneAndItsProfileIsPending() throws BadRecordException {
    assertThat(FilledView.of(fleet).withHosts(HOSTS).view().pendingProfiles()).isZero();
    MatrixRow row = fleet.row(5);
    MatrixRow other =
        new MatrixRow(
            6,
            row.getCompatible(),
            row.getUnknown(),
            row.getCompatibleSources(),
            row.getUnknownSources());
    IndexView view = view(IndexChange.row(id(5), other));
    assertThat(missing(view, 5, 2)).isEqualTo(new MissingVerdict.NoRow(slot(view, 5)));
    assertThat(view.pendingProfiles()).isEqualTo(1);
  }

  @Test
  void aRowOfTheFirstFormIsPendingAndSaysNothingOfSources() throws BadRecordException {
    MatrixRow row = fleet.row(5);
    MatrixRow first = new MatrixRow(5, row.getCompatible(), row.getUnknown(), null, null);
    IndexView view = view(IndexChange.row(id(5), first));
    assertThat(missing(view, 2, 5)).isEqualTo(new MissingVerdict.DamagedRow(slot(view, 5)));
    assertThat(view.matrix().cell(slot(view, 5), slot(view, 2))).isNotEqualTo(Cell.NOT_INDEXED);
    assertThat(view.pendingProfiles()).isEqualTo(1);
  }

  @Test
  void aProfileBeyondTheGenerationIsNotJudged() throws BadRecordException {
    IndexView view = view(IndexChange.generation(fleet.generation(5)));
    assertThat(missing(view, 2, 5)).isEqualTo(new MissingVerdict.NotJudged(slot(view, 5)));
    assertThat(missing(view, 6, 5)).isEqualTo(new MissingVerdict.NotJudged(slot(view, 6)));
  }

  @Test
  void underOtherRulesOrNoneNothingIsJudged() throws BadRecordException {
    IndexView none = view(new RulesGone());
    assertThat(missing(none, 2, 5)).isEqualTo(new MissingVerdict.OtherRules(new Judgement.None()));
    assertThat(none.ruleSet()).isEmpty();
    List<String> policies = List.of("mutual", "of tomorrow");
    IndexView foreign =
        view(
            IndexChange.generation(
                new MatrixGeneration(PROFILES, "9[mutual]", policies, List.of(), Map.of())));
    RuleSet ours = RuleSet.of(Set.of(Policy.MUTUAL));
    assertThat(missing(foreign, 2, 5))
        .isEqualTo(
            new MissingVerdict.OtherRules(
                new Judgement.Foreign(PROFILES, "9[mutual]", policies, ours)));
    assertThat(foreign.ruleSet()).hasValue("9[mutual]");
    assertThat(foreign.pendingProfiles()).isEqualTo(none.pendingProfiles()).isPositive();
  }

  @Test
  void judgementsUnderTheSameRulesAreTheSameAndOthersAreNot() {
    Judgement judgement = Judgement.of(fleet.generation(PROFILES));
    assertThat(Judgement.of(fleet.generation(PROFILES)))
        .isEqualTo(judgement)
        .hasSameHashCodeAs(judgement);
    assertThat(Judgement.of(fleet.generation(PROFILES - 1))).isNotEqualTo(judgement);
    String mutual = RuleSet.of(Set.of(Policy.MUTUAL)).toString();
    assertThat(
            Judgement.of(
                new MatrixGeneration(PROFILES, mutual, List.of("mutual"), List.of(), Map.of())))
        .isInstanceOf(Judgement.Known.class)
        .isNotEqualTo(judgement);
    assertThat(Judgement.of(new MatrixGeneration(PROFILES, mutual, List.of(), List.of(), Map.of())))
        .as("the policies are not those of the rule set")
        .isInstanceOf(Judgement.Foreign.class);
  }
}
