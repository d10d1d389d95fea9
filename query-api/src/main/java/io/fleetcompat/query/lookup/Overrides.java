package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.OverridableRules;
import io.fleetcompat.compatibility.override.OverrideState;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Judgement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The overrides of a view, and which of them count. Any thread. */
public final class Overrides {

  private Overrides() {}

  /**
   * An override, and whether it counts.
   *
   * @param judged false where the rules that answers are by have no such rule, so that it turns
   *     nothing off
   */
  public record Listed(RuleOverride override, OverrideState state, boolean judged) {}

  /**
   * A page.
   *
   * @param total of all pages
   * @param last the id of the last one; empty where nothing is left after it
   */
  public record Page(List<Listed> overrides, int total, Optional<String> last) {}

  /**
   * A page of overrides, by id.
   *
   * @param after the id that the page before ended with; empty for the first
   */
  public static Page list(IndexView view, long now, String after, int limit) {
    Instant at = Instant.ofEpochMilli(now);
    RulePacks packs = packs(view);
    List<Listed> page = new ArrayList<>();
    for (RuleOverride each : view.overrides().all().tailMap(after).values()) {
      if (each.id().equals(after)) {
        continue;
      }
      if (page.size() == limit) {
        return new Page(page, total(view), Optional.of(page.getLast().override().id()));
      }
      page.add(
          new Listed(
              each,
              view.overrides().state(each, at),
              OverridableRules.isJudged(each.rule(), packs)));
    }
    return new Page(page, total(view), Optional.empty());
  }

  /** The packs of the rules that answers are by. */
  private static RulePacks packs(IndexView view) {
    return view.matrix().judgement() instanceof Judgement.Known known
        ? known.ours().packs()
        : RulePacks.none();
  }

  private static int total(IndexView view) {
    return view.overrides().all().size();
  }

  /** The number of overrides in each state; a state that none is in is left out. */
  public static Map<OverrideState, Integer> counts(IndexView view, long now) {
    Instant at = Instant.ofEpochMilli(now);
    Map<OverrideState, Integer> counts = new EnumMap<>(OverrideState.class);
    view.overrides()
        .all()
        .values()
        .forEach(each -> counts.merge(view.overrides().state(each, at), 1, Integer::sum));
    return counts;
  }
}
