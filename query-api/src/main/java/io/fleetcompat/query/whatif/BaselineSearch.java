package io.fleetcompat.query.whatif;

import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.ViewPool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The search for the values that make most pairs of a family compatible. Found step by step: of the
 * attributes that reasons name, each with each of its {@link CandidateValues}, the one that makes
 * most pairs compatible, or leaves fewest reasons, until all are or none helps. One thread.
 */
final class BaselineSearch {

  /** Most attributes of one family that are set. */
  static final int MAX_CHANGES = 8;

  private final ViewPool pool;
  private final FamilyVerdicts verdicts;
  private final Deadline deadline;

  BaselineSearch(ViewPool pool, FamilyVerdicts verdicts, Deadline deadline) {
    this.pool = pool;
    this.verdicts = verdicts;
    this.deadline = deadline;
  }

  /**
   * The steps that lead to most compatible pairs, none of which can be left out.
   *
   * @param compatible how many pairs are compatible without any
   */
  List<BaselineStep> steps(FamilyMembers family, long compatible) {
    List<BaselineStep> steps = new ArrayList<>();
    FamilyMembers then = family;
    long reached = compatible;
    int useful = 0;
    while (reached < family.pairs() && steps.size() < MAX_CHANGES) {
      Optional<BaselineStep> next = next(tryAll(then), then, reached);
      if (next.isEmpty()) {
        break;
      }
      steps.add(next.get());
      then = next.get().members();
      if (next.get().compatible() > reached) {
        reached = next.get().compatible();
        useful = steps.size();
      }
    }
    return needed(family, steps.subList(0, useful), reached);
  }

  private List<BaselineStep> tryAll(FamilyMembers family) {
    List<BaselineStep> tried = new ArrayList<>();
    for (String name : verdicts.attributes(family)) {
      for (String value : CandidateValues.of(name, family.profiles())) {
        deadline.check();
        FamilyMembers edited = family.with(name, value);
        tried.add(new BaselineStep(name, value, edited, verdicts.compatible(edited)));
      }
    }
    return tried;
  }

  /**
   * The next step: what makes more pairs compatible, else what leaves fewer reasons between them,
   * since two attributes may keep a pair apart; empty where nothing does either.
   */
  private Optional<BaselineStep> next(List<BaselineStep> tried, FamilyMembers now, long reached) {
    long most = tried.stream().mapToLong(BaselineStep::compatible).max().orElse(0);
    if (most > reached) {
      return Optional.of(
          fewestHosts(tried.stream().filter(each -> each.compatible() == most).toList()));
    }
    long reasons = verdicts.reasons(now);
    IdentityHashMap<BaselineStep, Long> fewer = new IdentityHashMap<>();
    for (BaselineStep each : tried) {
      long left = each.compatible() == reached ? verdicts.reasons(each.members()) : reasons;
      if (left < reasons) {
        fewer.put(each, left);
      }
    }
    return fewer.values().stream()
        .min(Comparator.naturalOrder())
        .map(
            least ->
                fewestHosts(tried.stream().filter(each -> least.equals(fewer.get(each))).toList()));
  }

  /** The one for which fewest hosts must change. */
  private BaselineStep fewestHosts(List<BaselineStep> tried) {
    return tried.stream()
        .min(
            Comparator.comparingInt(this::givenUp)
                .thenComparing(BaselineStep::name)
                .thenComparing(BaselineStep::value))
        .orElseThrow();
  }

  private int givenUp(BaselineStep step) {
    return HostsByValue.of(step.name(), step.members(), pool)
        .givenUp(Set.of(step.value()))
        .values()
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  private List<BaselineStep> needed(FamilyMembers family, List<BaselineStep> steps, long reached) {
    List<BaselineStep> kept = new ArrayList<>(steps);
    for (int i = kept.size() - 1; i >= 0; i--) {
      List<BaselineStep> without = new ArrayList<>(kept);
      without.remove(i);
      if (verdicts.compatible(family.with(without)) >= reached) {
        kept = without;
      }
    }
    return kept;
  }
}
