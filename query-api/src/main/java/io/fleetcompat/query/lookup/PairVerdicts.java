package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.OverridableRules;
import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.query.replica.Asked;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Judgement;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.query.replica.MissingVerdict.DamagedRow;
import io.fleetcompat.query.replica.MissingVerdict.NoRow;
import io.fleetcompat.query.replica.MissingVerdict.NotJudged;
import io.fleetcompat.query.replica.MissingVerdict.OtherRules;
import io.fleetcompat.query.replica.ProfileEntry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Verdicts of pairs of profiles: the outcome from the matrix, all the rest from the judge, its form
 * and the rankings that follow from them kept in bounded caches. Any thread.
 *
 * @param <V> the form that answers have
 */
public final class PairVerdicts<V> {

  private final KeptVerdicts<V> kept = new KeptVerdicts<>();
  private final SourceRankings rankings = new SourceRankings();
  private final LongAdder disagreements = new LongAdder();
  private final VerdictForm<V> forms;

  public PairVerdicts(VerdictForm<V> forms) {
    this.forms = forms;
  }

  /**
   * The verdict of the index on a pair, with every reason.
   *
   * @param rank empty where the pair is not indexed
   */
  record Judged(Verdict verdict, Optional<Rank> rank) {}

  /**
   * The verdict of the index on profiles in these slots; {@link FixedRule#NOT_INDEXED} where it has
   * none.
   */
  PairVerdict<V> of(IndexView view, int source, int destination) {
    return of(view, source, destination, List.of());
  }

  /** The verdict on two endpoints without what operators have turned off. */
  PairVerdict<V> of(ViewOverrides overrides, IndexedEndpoint source, IndexedEndpoint destination) {
    return of(
        overrides.view(), source.slot(), destination.slot(), overrides.find(source, destination));
  }

  private PairVerdict<V> of(
      IndexView view, int source, int destination, List<RuleOverride> overrides) {
    Cell cell = view.matrix().cell(source, destination);
    if (cell == Cell.NOT_INDEXED || !(view.matrix().judgement() instanceof Judgement.Known rules)) {
      return rendered(missing(view, source, destination));
    }
    long pair = ((long) source << 32) | destination;
    Asked asked = view.asked(source, destination);
    PairVerdict<V> known = kept.find(pair, cell, asked, rules.ours(), overrides);
    if (known == null) {
      known = rendered(judge(view, source, destination, cell, overrides));
      kept.keep(pair, cell, asked, rules.ours(), overrides, known);
    }
    return known;
  }

  /** The same with every reason, judged anew. */
  Judged judge(IndexView view, int source, int destination) {
    return judge(view, source, destination, List.of());
  }

  /** The same without what operators have turned off. */
  Judged judge(ViewOverrides overrides, IndexedEndpoint source, IndexedEndpoint destination) {
    return judge(
        overrides.view(), source.slot(), destination.slot(), overrides.find(source, destination));
  }

  /**
   * Likewise.
   *
   * @param overrides those that concern the pair
   */
  Judged judge(IndexView view, int source, int destination, List<RuleOverride> overrides) {
    Cell cell = view.matrix().cell(source, destination);
    return judge(view, source, destination, cell, overrides);
  }

  /** All profiles as destinations of that of a source. */
  SourceRanking ranking(ViewOverrides overrides, IndexedEndpoint source, Deadline deadline) {
    return rankings.of(overrides, source, this, deadline);
  }

  /** The number of times that the matrix and the judge said different things of a pair. */
  public long disagreements() {
    return disagreements.sum();
  }

  /** A verdict on a pair that has no place in the matrix. */
  PairVerdict<V> of(Verdict verdict) {
    return rendered(new Judged(verdict, Optional.empty()));
  }

  /** An UNKNOWN that says what the index does not have. */
  public PairVerdict<V> notIndexed(String detail) {
    return rendered(missing(detail));
  }

  private PairVerdict<V> rendered(Judged judged) {
    return PairVerdict.of(judged.verdict, judged.rank, forms);
  }

  private static Judged missing(String detail) {
    Reason reason = Reason.Unjudged.absent(FixedRule.NOT_INDEXED, detail);
    Verdict verdict = new Verdict(Outcome.UNKNOWN, List.of(reason), List.of(), List.of());
    return new Judged(verdict, Optional.empty());
  }

  private Judged judge(
      IndexView view, int source, int destination, Cell cell, List<RuleOverride> overrides) {
    ProfileEntry from = view.matrix().profile(source);
    ProfileEntry to = view.matrix().profile(destination);
    if (cell == Cell.NOT_INDEXED
        || from == null
        || to == null
        || !(view.matrix().judgement() instanceof Judgement.Known rules)) {
      return missing(view, source, destination);
    }
    Verdict verdict = rules.judge().judge(from.profile(), to.profile(), view.drivers());
    if (!verdict.outcome().name().equals(cell.name())) {
      disagreements.increment();
      return missing(
          "the matrix says "
              + cell
              + " and the rules say "
              + verdict.outcome()
              + "; the index must be built again");
    }
    Verdict left = OverridableRules.without(overrides, verdict);
    return new Judged(left, Optional.of(Rank.of(from.profile(), to.profile(), left)));
  }

  private static Judged missing(IndexView view, int source, int destination) {
    return missing(
        switch (view.matrix().missing(source, destination)) {
          case OtherRules(Judgement found) ->
              "expected an index of rule set %s, found %s"
                  .formatted(found.ours(), found.written().orElse("none yet"));
          case NotJudged(int slot) ->
              "the %s is not judged yet; ask again".formatted(profile(view, slot, source));
          case NoRow(int slot) ->
              "the matrix row of the %s is not there yet; ask again"
                  .formatted(profile(view, slot, source));
          case DamagedRow(int slot) ->
              "the matrix row of the %s says nothing of the other; it must be judged again"
                  .formatted(profile(view, slot, source));
        });
  }

  private static String profile(IndexView view, int slot, int source) {
    String side = slot == source ? "source's" : "destination's";
    return side + " profile " + view.matrix().fingerprint(slot);
  }
}
