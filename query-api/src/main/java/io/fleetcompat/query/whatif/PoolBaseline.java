package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.facet.FeatureBits;
import io.fleetcompat.compatibility.facet.OpaqueVersion;
import io.fleetcompat.compatibility.judge.OverridingJudge;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.EditedProfile;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.compatibility.profile.VersionAttributes;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.ViewOverrides;
import io.fleetcompat.query.lookup.ViewPool;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Judgement;
import io.fleetcompat.query.replica.ProfileEntry;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roaringbitmap.RoaringBitmap;

/**
 * The attributes of a pool's hosts that would have to be the same everywhere for all like endpoints
 * to go everywhere, and the value that each would best have. Found step by step: of the attributes
 * that reasons name, each with each value that some host has (features: only those that all have),
 * the one that makes most pairs compatible, or leaves fewest reasons, until all are or none helps.
 * One use, one thread.
 */
public final class PoolBaseline {

  /** Most profiles of one family that are looked at: those of most hosts. */
  static final int MAX_PROFILES = 48;

  /** Most attributes of one family that are set. */
  static final int MAX_CHANGES = 8;

  /** Most values of one attribute that are tried. */
  static final int MAX_VALUES = 16;

  private static final String HEX = "0x";

  private final ViewPool pool;
  private final IndexView view;
  private final OverridingJudge judge;
  private final Deadline deadline;

  /**
   * The baseline of one kind, vendor and type.
   *
   * @param omitted profiles that were not looked at
   * @param pairs ordered pairs of profiles
   * @param compatible how many of them are compatible now
   * @param compatibleThen how many would be with all changes
   */
  public record Family(
      Likeness like,
      int profiles,
      int omitted,
      int hosts,
      long pairs,
      long compatible,
      long compatibleThen,
      List<Change> changes) {

    public Family {
      changes = List.copyOf(changes);
    }
  }

  /**
   * An attribute that would have one value everywhere.
   *
   * @param alternatives other values that would do as well
   * @param givenUp how many hosts have other values now, by value; empty for none
   * @param range the versions that hosts may have beside it; empty where it is no version that has
   *     an order
   */
  public record Change(
      String attribute,
      String value,
      List<String> alternatives,
      SortedMap<String, Integer> givenUp,
      Optional<Range> range) {

    public Change {
      alternatives = List.copyOf(alternatives);
      givenUp = new TreeMap<>(givenUp);
    }
  }

  /**
   * Versions among which hosts may differ, with the other changes as they are: the widest range
   * around the value, of versions that hosts have, also of those whose profiles were not looked at.
   *
   * @param values the lowest first
   * @param notJudged versions next to it that were not looked at: beyond a bound
   * @param givenUp how many hosts of the profiles that were looked at have other values now, by
   *     value; empty for none
   */
  public record Range(List<String> values, int notJudged, SortedMap<String, Integer> givenUp) {

    public Range {
      values = List.copyOf(values);
      givenUp = new TreeMap<>(givenUp);
    }
  }

  /** A profile as it is, and as it would be with the changes so far. */
  private record Member(int slot, Profile now, Profile then) {}

  /** A value that was tried. */
  private record Tried(String name, String value, List<Member> members, long compatible) {}

  private PoolBaseline(ViewPool pool, IndexView view, OverridingJudge judge, Deadline deadline) {
    this.pool = pool;
    this.view = view;
    this.judge = judge;
    this.deadline = deadline;
  }

  /**
   * The baselines of a pool's families.
   *
   * @param overrides those that count
   * @throws ImpossibleChangeException where this process does not have the rules
   */
  public static List<Family> of(
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

  private List<Family> families() {
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

  private Family family(List<Integer> all) {
    List<Integer> slots = new ArrayList<>(all);
    slots.sort(Comparator.comparingInt(slot -> -pool.hostsOf(slot).getCardinality()));
    List<Member> members = new ArrayList<>();
    RoaringBitmap hosts = new RoaringBitmap();
    for (int slot : slots.subList(0, Math.min(MAX_PROFILES, slots.size()))) {
      Profile profile = profile(slot);
      members.add(new Member(slot, profile, profile));
      hosts.or(pool.hostsOf(slot));
    }
    long compatible = compatible(members);
    long pairs = (long) members.size() * members.size();
    List<Tried> steps = steps(members, compatible, pairs);
    List<Member> then = applied(members, steps);
    long reached = compatible(then);
    List<Change> changes =
        steps.stream().map(step -> change(step, members, then, reached)).toList();
    return new Family(
        pool.likeness(slots.getFirst()),
        slots.size(),
        slots.size() - members.size(),
        hosts.getCardinality(),
        pairs,
        compatible,
        reached,
        withRanges(changes, then, slots));
  }

  /** The steps that lead to most compatible pairs, none of which can be left out. */
  private List<Tried> steps(List<Member> members, long compatible, long pairs) {
    List<Tried> steps = new ArrayList<>();
    List<Member> then = members;
    long reached = compatible;
    int useful = 0;
    while (reached < pairs && steps.size() < MAX_CHANGES) {
      Optional<Tried> next = next(tryAll(then), then, reached);
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
    return needed(members, steps.subList(0, useful), reached);
  }

  /**
   * The next step: what makes more pairs compatible, else what leaves fewer reasons between them,
   * since two attributes may keep a pair apart; empty where nothing does either.
   */
  private Optional<Tried> next(List<Tried> tried, List<Member> now, long reached) {
    long most = tried.stream().mapToLong(Tried::compatible).max().orElse(0);
    if (most > reached) {
      return Optional.of(fewestHosts(tried.stream().filter(t -> t.compatible() == most).toList()));
    }
    long reasons = reasons(now);
    IdentityHashMap<Tried, Long> fewer = new IdentityHashMap<>();
    for (Tried each : tried) {
      long left = each.compatible() == reached ? reasons(each.members()) : reasons;
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

  private long reasons(List<Member> members) {
    long reasons = 0;
    Set<Profile> profiles = distinct(members);
    for (Profile source : profiles) {
      deadline.check();
      for (Profile destination : profiles) {
        reasons += judge.verdict(source, destination).reasons().size();
      }
    }
    return reasons;
  }

  private List<Tried> needed(List<Member> members, List<Tried> steps, long reached) {
    List<Tried> kept = new ArrayList<>(steps);
    for (int i = kept.size() - 1; i >= 0; i--) {
      List<Tried> without = new ArrayList<>(kept);
      without.remove(i);
      if (compatible(applied(members, without)) >= reached) {
        kept = without;
      }
    }
    return kept;
  }

  private static List<Member> applied(List<Member> members, List<Tried> steps) {
    List<Member> then = members;
    for (Tried step : steps) {
      then = edited(then, step.name(), step.value());
    }
    return then;
  }

  private static List<Member> edited(List<Member> members, String name, String value) {
    Map<String, Attribute> change = Map.of(name, new Attribute.Text(value));
    return members.stream()
        .map(
            member ->
                new Member(member.slot(), member.now(), EditedProfile.of(member.then(), change)))
        .toList();
  }

  /**
   * @param members as they would be with all changes
   * @param slots of all profiles, whether or not they were looked at
   */
  private List<Change> withRanges(List<Change> changes, List<Member> members, List<Integer> slots) {
    return changes.stream()
        .map(
            change ->
                new Change(
                    change.attribute(),
                    change.value(),
                    change.alternatives(),
                    change.givenUp(),
                    hasOrder(change.attribute())
                        ? range(change, members, slots)
                        : Optional.empty()))
        .toList();
  }

  /** True of versions that rules compare: not of strings that only their drivers understand. */
  private static boolean hasOrder(String attribute) {
    return VersionAttributes.contains(attribute)
        && !attribute.equals(OpaqueVersion.MIGRATION_VERSION);
  }

  /** A version that only profiles have that were not looked at is between others all the same. */
  private Optional<Range> range(Change change, List<Member> members, List<Integer> slots) {
    String name = change.attribute();
    SortedMap<String, RoaringBitmap> hosts = hostsByValue(name, members);
    MixedVersions mixed = new MixedVersions(name, distinct(members), judge);
    return BaselineRange.of(
            change.value(),
            valuesOf(name, slots),
            value -> hosts.getOrDefault(value, new RoaringBitmap()).getCardinality(),
            mixed,
            deadline)
        .map(
            found ->
                new Range(
                    found.values(), found.notJudged(), counts(hosts, Set.copyOf(found.values()))));
  }

  private Set<String> valuesOf(String name, List<Integer> slots) {
    Set<String> values = new TreeSet<>();
    for (int slot : slots) {
      deadline.check();
      values.add(EditedProfile.values(profile(slot)).getOrDefault(name, ""));
    }
    return values;
  }

  private Profile profile(int slot) {
    ProfileEntry entry = Objects.requireNonNull(view.matrix().profile(slot));
    return entry.profile();
  }

  /** The one for which fewest hosts must change. */
  private Tried fewestHosts(List<Tried> tried) {
    return tried.stream()
        .min(
            Comparator.<Tried>comparingInt(
                    each -> givenUp(each).values().stream().mapToInt(Integer::intValue).sum())
                .thenComparing(Tried::name)
                .thenComparing(Tried::value))
        .orElseThrow();
  }

  /**
   * @param members as they are
   * @param then as they would be with all changes
   */
  private Change change(Tried step, List<Member> members, List<Member> then, long reached) {
    List<String> others =
        values(step.name(), members).stream()
            .filter(value -> !value.equals(step.value()))
            .filter(value -> compatible(edited(then, step.name(), value)) == reached)
            .toList();
    return new Change(step.name(), step.value(), others, givenUp(step), Optional.empty());
  }

  private SortedMap<String, Integer> givenUp(Tried taken) {
    return counts(hostsByValue(taken.name(), taken.members()), Set.of(taken.value()));
  }

  /** The hosts that have each value of an attribute now; an empty value for none. */
  private SortedMap<String, RoaringBitmap> hostsByValue(String name, List<Member> members) {
    SortedMap<String, RoaringBitmap> hosts = new TreeMap<>();
    for (Member member : members) {
      String has = EditedProfile.values(member.now()).getOrDefault(name, "");
      hosts.computeIfAbsent(has, _ -> new RoaringBitmap()).or(pool.hostsOf(member.slot()));
    }
    return hosts;
  }

  private static SortedMap<String, Integer> counts(
      SortedMap<String, RoaringBitmap> hosts, Set<String> kept) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    hosts.forEach(
        (value, of) -> {
          if (!kept.contains(value)) {
            counts.put(value, of.getCardinality());
          }
        });
    return counts;
  }

  private List<Tried> tryAll(List<Member> members) {
    List<Tried> tried = new ArrayList<>();
    for (String name : named(members)) {
      for (String value : values(name, members)) {
        deadline.check();
        List<Member> edited = edited(members, name, value);
        tried.add(new Tried(name, value, edited, compatible(edited)));
      }
    }
    return tried;
  }

  /** The attributes that reasons of incompatible and unknown pairs name. */
  private Set<String> named(List<Member> members) {
    Set<String> names = new TreeSet<>();
    Set<Profile> profiles = distinct(members);
    for (Profile source : profiles) {
      for (Profile destination : profiles) {
        deadline.check();
        for (Reason reason : judge.verdict(source, destination).reasons()) {
          reason.attribute().filter(EditedProfile::isAttribute).ifPresent(names::add);
        }
      }
    }
    return names;
  }

  private static Set<Profile> distinct(List<Member> members) {
    Set<Profile> profiles = new HashSet<>();
    members.forEach(member -> profiles.add(member.then()));
    return profiles;
  }

  /**
   * The values that some host has; of features only those that all have, since no host can have
   * more than it offers.
   */
  private static Set<String> values(String name, List<Member> members) {
    Set<String> values = new TreeSet<>();
    Optional<BigInteger> common = Optional.empty();
    for (Profile profile : distinct(members)) {
      String value = EditedProfile.values(profile).get(name);
      if (value != null && !value.startsWith("malformed: ") && !value.startsWith("unreadable: ")) {
        values.add(value);
        if (name.equals(FeatureBits.FEATURES)) {
          BigInteger bits = new BigInteger(value.substring(HEX.length()), 16);
          common = Optional.of(common.map(bits::and).orElse(bits));
        }
      }
    }
    return common
        .map(bits -> Set.of(HEX + bits.toString(16)))
        .orElseGet(() -> new TreeSet<>(values.stream().limit(MAX_VALUES).toList()));
  }

  private long compatible(List<Member> members) {
    Map<Profile, Map<Profile, Boolean>> known = new HashMap<>();
    long compatible = 0;
    for (Member source : members) {
      Map<Profile, Boolean> of = known.computeIfAbsent(source.then(), _ -> new HashMap<>());
      for (Member destination : members) {
        boolean goes =
            of.computeIfAbsent(
                destination.then(), to -> judge.outcome(source.then(), to) == Outcome.COMPATIBLE);
        compatible += goes ? 1 : 0;
      }
    }
    return compatible;
  }
}
