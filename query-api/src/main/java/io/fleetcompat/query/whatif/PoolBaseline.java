package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.judge.OverridingJudge;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.ViewOverrides;
import io.fleetcompat.query.lookup.ViewPool;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Judgement;
import io.fleetcompat.query.replica.ProfileEntry;
import io.fleetcompat.query.whatif.BaselineFamily.Change;
import io.fleetcompat.query.whatif.FamilyMembers.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * The attributes of a pool's hosts that would have to be the same everywhere for all like endpoints
 * to go everywhere, and the value that each would best have. One use, one thread.
 */
final class PoolBaseline {

  /** Most profiles of one family that are looked at: those of most hosts. */
  static final int MAX_PROFILES = 48;

  private final ViewPool pool;
  private final IndexView view;
  private final FamilyVerdicts verdicts;
  private final BaselineSearch search;
  private final VersionRanges ranges;

  private PoolBaseline(ViewPool pool, IndexView view, OverridingJudge judge, Deadline deadline) {
    this.pool = pool;
    this.view = view;
    this.verdicts = new FamilyVerdicts(judge, deadline);
    this.search = new BaselineSearch(pool, verdicts, deadline);
    this.ranges = new VersionRanges(pool, judge, deadline);
  }

  /**
   * The baselines of a pool's families.
   *
   * @param overrides those that count
   * @throws ImpossibleChangeException where this process does not have the rules
   */
  static List<BaselineFamily> of(
      String pool, ViewPool contents, ViewOverrides overrides, Deadline deadline) {
    IndexView view = overrides.view();
    if (!(view.matrix().judgement() instanceof Judgement.Known known)) {
      throw new ImpossibleChangeException(
          "expected an index that is judged by rules of this process, found "
              + view.ruleSet().orElse("none yet"));
    }
    OverridingJudge judge =
        new OverridingJudge(known.judge(), view.drivers(), overrides.inForce(), pool);
    return new PoolBaseline(contents, view, judge, deadline).families();
  }

  private List<BaselineFamily> families() {
    Map<String, List<Integer>> slots = new TreeMap<>();
    pool.slots().stream()
        .filter(slot -> view.matrix().profile(slot) != null)
        .filter(slot -> pool.likeness(slot).kind().isPresent())
        .forEach(
            slot ->
                slots
                    .computeIfAbsent(words(pool.likeness(slot)), _ -> new ArrayList<>())
                    .add(slot));
    return slots.values().stream().map(this::family).toList();
  }

  private static String words(Likeness like) {
    return String.join(
        " ",
        like.kind().map(Object::toString).orElse(""),
        like.vendor().orElse(""),
        like.typeName().or(like::typeId).orElse(""));
  }

  private BaselineFamily family(List<Integer> all) {
    List<Integer> slots = new ArrayList<>(all);
    slots.sort(Comparator.comparingInt(slot -> -pool.hostsOf(slot).getCardinality()));
    List<Integer> most = slots.subList(0, Math.min(MAX_PROFILES, slots.size()));
    FamilyMembers now = members(most);
    long compatible = verdicts.compatible(now);
    List<BaselineStep> steps = search.steps(now, compatible);
    FamilyMembers then = now.with(steps);
    long reached = verdicts.compatible(then);
    List<Profile> profiles = slots.stream().map(this::profile).toList();
    return new BaselineFamily(
        pool.likeness(slots.getFirst()),
        slots.size(),
        slots.size() - most.size(),
        hosts(most),
        now.pairs(),
        compatible,
        reached,
        steps.stream().map(step -> change(step, now, then, reached, profiles)).toList());
  }

  private FamilyMembers members(List<Integer> slots) {
    return new FamilyMembers(
        slots.stream().map(slot -> new Member(slot, profile(slot), profile(slot))).toList());
  }

  private int hosts(List<Integer> slots) {
    RoaringBitmap hosts = new RoaringBitmap();
    slots.forEach(slot -> hosts.or(pool.hostsOf(slot)));
    return hosts.getCardinality();
  }

  private Profile profile(int slot) {
    ProfileEntry entry = Objects.requireNonNull(view.matrix().profile(slot));
    return entry.profile();
  }

  /**
   * @param now as they are
   * @param then as they would be with all changes
   * @param profiles of all members, whether or not they were looked at
   */
  private Change change(
      BaselineStep step,
      FamilyMembers now,
      FamilyMembers then,
      long reached,
      List<Profile> profiles) {
    String name = step.name();
    String value = step.value();
    return new Change(
        name,
        value,
        CandidateValues.of(name, now.profiles()).stream()
            .filter(other -> !other.equals(value))
            .filter(other -> verdicts.compatible(then.with(name, other)) == reached)
            .toList(),
        HostsByValue.of(name, now, pool).givenUp(Set.of(value)),
        ranges.around(name, value, then, profiles));
  }
}
