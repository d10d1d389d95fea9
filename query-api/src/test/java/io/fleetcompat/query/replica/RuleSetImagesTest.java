package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.replica.IndexChange.RulesGone;
import io.fleetcompat.query.replica.IndexChange.RulesUnjudged;
import io.fleetcompat.query.replica.IndexChange.RulesUnwritten;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.query.replica.RuleSetImages.Standing;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import io.fleetcompat.schemas.avro.RulesInForce;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rule set that answers come from, while rule sets come and go. */
class RuleSetImagesTest {

  private static final int PROFILES = 8;
  private static final String TOMORROW = "99[of tomorrow]";

  private final IndexedFleet before = new IndexedFleet(3, 4, PROFILES, 1);
  private final IndexedFleet after = new IndexedFleet(3, 4, PROFILES, 1, Set.of(Policy.MUTUAL));
  private final FilledView filled = FilledView.of(before);

  RuleSetImagesTest() throws BadRecordException {}

  private IndexView with(IndexChange... changes) {
    for (IndexChange change : changes) {
      filled.with(change);
    }
    return filled.view();
  }

  private int slot(IndexView view, int profile) {
    return view.matrix().slot(before.profiles().get(profile).fingerprint());
  }

  private List<Cell> cells(IndexView view) {
    List<Cell> cells = new ArrayList<>();
    for (int from = 0; from < PROFILES; from++) {
      for (int to = 0; to < PROFILES; to++) {
        cells.add(view.matrix().cell(slot(view, from), slot(view, to)));
      }
    }
    return cells;
  }

  private List<IndexChange> rows(IndexedFleet fleet, int until) throws BadRecordException {
    List<IndexChange> rows = new ArrayList<>();
    for (int n = 0; n < until; n++) {
      rows.add(IndexChange.row(fleet.rules(), fleet.profiles().get(n).fingerprint(), fleet.row(n)));
    }
    return rows;
  }

  @Test
  void theOldSetAnswersUntilOneRecordSwaps() throws BadRecordException {
    IndexView old = filled.view();
    with(IndexChange.rules(after.rules(), after.rulesRecord()));
    for (IndexChange row : rows(after, PROFILES)) {
      assertThat(with(row).matrix()).as("nothing that answers changes").isSameAs(old.matrix());
    }
    IndexView complete = with(IndexChange.generation(after.rules(), after.generation(PROFILES)));
    assertThat(complete.matrix()).isSameAs(old.matrix());
    assertThat(complete.ruleSet()).hasValue(before.judge().ruleSet().toString());
    IndexView swapped = with(IndexChange.inForce(after.inForce()));
    assertThat(swapped.ruleSet()).hasValue(after.judge().ruleSet().toString());
    assertThat(swapped.matrix().judgement().policies()).containsExactly("mutual");
    assertThat(cells(swapped)).doesNotContain(Cell.NOT_INDEXED);
    assertThat(swapped.ruleSetAhead()).isEmpty();
    assertThat(with(IndexChange.inForce(before.inForce())).ruleSet())
        .as("and back, as long as the rows are there")
        .hasValue(before.judge().ruleSet().toString());
  }

  @Test
  void whoDoesNotHaveTheNewRulesGoesOnWithTheOldOnesAndSaysSo() throws BadRecordException {
    IndexView old = filled.view();
    RuleSetId id = RuleSetId.of(TOMORROW);
    IndexView ahead =
        with(
            IndexChange.rules(id, record(TOMORROW)),
            IndexChange.generation(id, new MatrixGeneration(PROFILES, TOMORROW, List.of())),
            IndexChange.inForce(new RulesInForce(TOMORROW, Instant.EPOCH)));
    assertThat(ahead.matrix()).isSameAs(old.matrix());
    assertThat(ahead.ruleSet()).isEqualTo(old.ruleSet());
    assertThat(ahead.ruleSetAhead()).hasValue(TOMORROW);
    String ours = before.judge().ruleSet().toString();
    assertThat(ahead.ruleSets().standings())
        .containsExactlyInAnyOrder(
            new Standing(ours, PROFILES, true), new Standing(TOMORROW, PROFILES, false));
    IndexView gone = with(new RulesUnjudged(before.rules()));
    assertThat(cells(gone)).containsOnly(Cell.NOT_INDEXED);
    assertThat(gone.ruleSet()).hasValue(TOMORROW);
    assertThat(gone.matrix().missing(slot(gone, 2), slot(gone, 5)))
        .isEqualTo(
            new MissingVerdict.OtherRules(
                new Judgement.Foreign(PROFILES, TOMORROW, List.of(), RuleSet.of(Set.of()))));
  }

  @Test
  void whatNobodyCanReadOfTheNewSetLeavesTheOldOne() throws BadRecordException {
    IndexView old = filled.view();
    rows(after, PROFILES).forEach(filled::with);
    IndexView pointed =
        with(
            IndexChange.generation(after.rules(), after.generation(PROFILES)),
            IndexChange.inForce(after.inForce()));
    assertThat(pointed.matrix()).as("its rules are not there").isSameAs(old.matrix());
    assertThat(pointed.ruleSetAhead()).hasValue(after.judge().ruleSet().toString());
    IndexView read = with(IndexChange.rules(after.rules(), after.rulesRecord()));
    assertThat(read.ruleSet()).hasValue(after.judge().ruleSet().toString());
    assertThat(with(new RulesUnwritten(after.rules())).ruleSet()).isEqualTo(old.ruleSet());
  }

  @Test
  void whereNobodySaysWhichIsInForceTheOneThatIsJudgedFurthestAnswers() throws BadRecordException {
    with(
        new RulesGone(),
        IndexChange.rules(after.rules(), after.rulesRecord()),
        IndexChange.generation(after.rules(), after.generation(PROFILES - 1)));
    assertThat(filled.view().ruleSet()).hasValue(before.judge().ruleSet().toString());
    with(IndexChange.generation(before.rules(), before.generation(1)));
    assertThat(filled.view().ruleSet()).hasValue(after.judge().ruleSet().toString());
  }

  @Test
  void beforeAnythingIsJudgedNothingIsKnown() {
    IndexView none = IndexView.empty();
    assertThat(none.ruleSet()).isEmpty();
    assertThat(none.matrix().judgement()).isEqualTo(new Judgement.None());
    assertThat(with(new RulesUnjudged(before.rules()), new RulesGone()).matrix().judgement())
        .isEqualTo(new Judgement.None());
  }

  @Test
  void moreRuleSetsThanAnIndexerKeepsAreRefusedAndOneThatLeftMakesRoom() throws BadRecordException {
    for (int n = 1; n < RuleSetImages.MAX_SETS; n++) {
      with(IndexChange.rules(RuleSetId.of("9" + n), record("9" + n)));
    }
    IndexChange another = IndexChange.rules(RuleSetId.of("90"), record("90"));
    assertThatIllegalStateException()
        .isThrownBy(() -> filled.with(another))
        .withMessageContaining("3 rule sets");
    with(new RulesUnwritten(RuleSetId.of("91")), another);
    assertThat(filled.view().ruleSets().sets()).hasSize(RuleSetImages.MAX_SETS);
  }

  private static RuleSetRecord record(String ruleSet) {
    return new RuleSetRecord(ruleSet, List.of(), List.of(), Map.of(), Instant.EPOCH);
  }
}
