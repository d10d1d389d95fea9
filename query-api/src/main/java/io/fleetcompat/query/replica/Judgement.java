package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.records.JudgedRules;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules that answers are by, and how far the matrix is judged under them. Immutable; any
 * thread.
 */
public sealed interface Judgement {

  /** All pairs of profile numbers below this have been judged. */
  int generation();

  /** The rule set as the indexer wrote it; empty where nothing is judged yet. */
  Optional<String> written();

  /** The policies as they are spelled. */
  List<String> policies();

  /** The rule set of this process under the same policies. */
  RuleSet ours();

  /** Before anything was judged, or where nobody can read how far. */
  record None() implements Judgement {

    @Override
    public int generation() {
      return 0;
    }

    @Override
    public Optional<String> written() {
      return Optional.empty();
    }

    @Override
    public List<String> policies() {
      return List.of();
    }

    @Override
    public RuleSet ours() {
      return RuleSet.of(Set.of());
    }
  }

  /**
   * Under rules that this process does not have: nothing of the matrix may be answered.
   *
   * @param ruleSet as the indexer wrote it
   * @param policies likewise; some may be of a newer version
   * @param ours under those of the policies that this process has
   */
  record Foreign(int generation, String ruleSet, List<String> policies, RuleSet ours)
      implements Judgement {

    @Override
    public Optional<String> written() {
      return Optional.of(ruleSet);
    }
  }

  /** Under the rules of this process. Equal ones say the same of all that follows from them. */
  final class Known implements Judgement {

    private final int generation;
    private final Judge judge;
    private final boolean withoutRows;
    private final Optional<String> written;

    private Known(int generation, Judge judge, boolean withoutRows) {
      this.generation = generation;
      this.judge = judge;
      this.withoutRows = withoutRows;
      this.written = Optional.of(judge.ruleSet().toString());
    }

    /** The same rules, with rows up to another generation. */
    Known upTo(int next) {
      return new Known(next, judge, withoutRows);
    }

    /** True where there are no rows: each pair is judged when it is asked for. */
    boolean isWithoutRows() {
      return withoutRows;
    }

    @Override
    public int generation() {
      return generation;
    }

    @Override
    public Optional<String> written() {
      return written;
    }

    @Override
    public List<String> policies() {
      return ours().policyNames();
    }

    @Override
    public RuleSet ours() {
      return judge.ruleSet();
    }

    public Judge judge() {
      return judge;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Known that
          && generation == that.generation
          && withoutRows == that.withoutRows
          && ours().equals(that.ours());
    }

    @Override
    public int hashCode() {
      return 31 * ours().hashCode() + generation;
    }

    @Override
    public String toString() {
      return ours() + " below " + generation;
    }
  }

  static Judgement of(JudgedRules rules, int generation) {
    return rules
        .judge()
        .<Judgement>map(judge -> new Known(generation, judge, false))
        .orElseGet(
            () -> new Foreign(generation, rules.written(), rules.policies(), rules.nearest()));
  }

  /** The judgement of every pair by rules that nobody has written: a pair costs one evaluation. */
  static Judgement withoutRows(Judge judge) {
    return new Known(Integer.MAX_VALUE, judge, true);
  }

  /**
   * The judgement of every pair by rules of which there are no rows, or no longer: a pair costs one
   * evaluation.
   */
  static Judgement withoutRows(JudgedRules rules) {
    return rules
        .judge()
        .<Judgement>map(judge -> new Known(Integer.MAX_VALUE, judge, true))
        .orElseGet(() -> new Foreign(0, rules.written(), rules.policies(), rules.nearest()));
  }
}
