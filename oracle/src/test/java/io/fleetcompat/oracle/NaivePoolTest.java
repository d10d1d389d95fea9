package io.fleetcompat.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.health.Blocker;
import io.fleetcompat.compatibility.health.EndpointCounts;
import io.fleetcompat.compatibility.health.Family;
import io.fleetcompat.compatibility.health.HostCount;
import io.fleetcompat.compatibility.health.Movability;
import io.fleetcompat.compatibility.health.Obstacles;
import io.fleetcompat.compatibility.health.PoolAssessment;
import io.fleetcompat.compatibility.health.PoolContents;
import io.fleetcompat.compatibility.health.PoolHealth;
import io.fleetcompat.compatibility.health.PoolVerdicts;
import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.oracle.NaivePool.Member;
import io.fleetcompat.oracle.NaiveVerdict.Outcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The assessment of a pool, compared with one that looks at every pair of endpoints. */
@DisplayName("Law 7, of pools: their health equals that of every pair of endpoints")
final class NaivePoolTest {

  private static final int POOLS = 4000;
  private static final int MAX_PROFILES = 6;
  private static final int MAX_HOSTS = 5;
  private static final int MAX_ENDPOINTS = 12;
  private static final List<String> REASONS = List.of("a", "b", "c");

  @Test
  void randomPoolsAreAssessedAsEachOfTheirPairsSays() {
    long seed = System.nanoTime();
    for (int i = 0; i < POOLS; i++) {
      RandomPool pool = new RandomPool(new Random(seed + i));
      assertSame(pool, "seed " + (seed + i));
    }
  }

  private static void assertSame(RandomPool pool, String seed) {
    NaivePool naive = new NaivePool(pool.members, pool);
    PoolHealth health = PoolAssessment.of(pool, pool);
    assertThat(count(health.devices())).as(seed).isEqualTo(naive.count(false));
    assertThat(count(health.types())).as(seed).isEqualTo(naive.count(true));
    assertThat(health.oneWayPairs()).as(seed).isEqualTo(naive.oneWayPairs());
    Map<String, List<Integer>> stranded = new TreeMap<>();
    health
        .stranded()
        .forEach(each -> stranded.put(each.profile().toString(), both(each.endpoints())));
    assertThat(stranded).as(seed).isEqualTo(naive.stranded());
    Map<String, Integer> groups = new TreeMap<>();
    Map<String, Integer> atLeast = new TreeMap<>();
    health
        .families()
        .forEach(
            family -> {
              groups.put(words(family.key()), family.groups());
              atLeast.put(words(family.key()), family.atLeast());
            });
    assertThat(groups).as(seed).isEqualTo(naive.groups(false));
    assertThat(atLeast).as(seed).isEqualTo(naive.groups(true));
    Map<String, List<Integer>> frees = new TreeMap<>();
    Map<String, List<Integer>> strands = new TreeMap<>();
    for (Blocker blocker : health.blockers()) {
      strands.put(blocker.reason().detail(), both(blocker.strands()));
      if (!blocker.frees().isNone()) {
        frees.put(blocker.reason().detail(), both(blocker.frees()));
      }
    }
    assertThat(frees).as(seed).isEqualTo(naive.frees());
    assertThat(strands).as(seed).isEqualTo(naive.strands());
  }

  private static NaivePool.Count count(Movability of) {
    return new NaivePool.Count(
        of.endpoints(), of.movable(), of.stranded(), of.unknown(), of.full());
  }

  private static String words(Family.Key key) {
    return key.kind() + "|" + key.vendor().orElse("") + "|" + key.type().orElse("");
  }

  private static List<Integer> both(EndpointCounts counts) {
    return List.of(counts.devices(), counts.types());
  }

  /** A pool of random endpoints, and random verdicts of their profiles. */
  private static final class RandomPool implements PoolContents, PoolVerdicts, NaivePool.Pairs {

    private final List<Fingerprint> profiles;
    private final List<String> families;
    private final List<Set<String>> reasons = new ArrayList<>();
    private final List<Boolean> isUnknown = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();

    RandomPool(Random random) {
      int many = 1 + random.nextInt(MAX_PROFILES);
      profiles =
          IntStream.range(0, many).mapToObj(n -> Fingerprint.of("profile " + n)).sorted().toList();
      families =
          IntStream.range(0, many)
              .mapToObj(_ -> random.nextInt(8) == 0 ? "" : "t" + random.nextInt(2))
              .toList();
      int strict = 1 + random.nextInt(4);
      for (int pair = 0; pair < many * many; pair++) {
        Set<String> because = new TreeSet<>();
        for (int i = random.nextInt(strict); i > 0; i--) {
          because.add(REASONS.get(random.nextInt(REASONS.size())));
        }
        reasons.add(because);
        isUnknown.add(random.nextBoolean());
      }
      int hosts = 1 + random.nextInt(MAX_HOSTS);
      for (int i = random.nextInt(MAX_ENDPOINTS); i >= 0; i--) {
        int profile = random.nextInt(many);
        boolean type = random.nextBoolean();
        boolean room = !type || random.nextBoolean();
        String host = "h" + random.nextInt(hosts);
        members.add(
            new Member(
                host,
                profiles.get(profile).toString(),
                likeness(families.get(profile)),
                type,
                room));
      }
    }

    private static NaiveLikeness likeness(String family) {
      return family.isEmpty()
          ? new NaiveLikeness(
              Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())
          : new NaiveLikeness(
              Optional.of("mdev"), Optional.empty(), Optional.empty(), Optional.of(family));
    }

    private List<Member> of(int slot) {
      String content = profiles.get(slot).toString();
      return members.stream().filter(each -> each.content().equals(content)).toList();
    }

    private static int number(Member member) {
      return Integer.parseInt(member.host().substring(1));
    }

    private static EndpointCounts counts(List<Member> some) {
      int types = (int) some.stream().filter(Member::type).count();
      return new EndpointCounts(some.size() - types, types);
    }

    private static HostCount hosts(List<Member> some) {
      List<Integer> numbers = some.stream().map(RandomPool::number).distinct().sorted().toList();
      return numbers.isEmpty() ? HostCount.NONE : new HostCount(numbers.size(), numbers.getFirst());
    }

    @Override
    public BitSet slots() {
      BitSet slots = new BitSet();
      IntStream.range(0, profiles.size()).filter(i -> !of(i).isEmpty()).forEach(slots::set);
      return slots;
    }

    @Override
    public BitSet unknownSlots() {
      return new BitSet();
    }

    @Override
    public Fingerprint profile(int slot) {
      return profiles.get(slot);
    }

    @Override
    public Likeness likeness(int slot) {
      String family = families.get(slot);
      return family.isEmpty()
          ? Likeness.NONE
          : new Likeness(
              Optional.of(DeviceKind.MDEV),
              Optional.empty(),
              Optional.empty(),
              Optional.of(family));
    }

    @Override
    public EndpointCounts endpoints(int slot) {
      return counts(of(slot));
    }

    @Override
    public EndpointCounts endpointsOn(int slot, int host) {
      return counts(of(slot).stream().filter(each -> number(each) == host).toList());
    }

    @Override
    public HostCount hosts(int slot) {
      return hosts(of(slot));
    }

    @Override
    public HostCount hostsWithRoom(int slot) {
      return hosts(of(slot).stream().filter(Member::room).toList());
    }

    @Override
    public int countHosts(BitSet slots, Set<Integer> hosts) {
      Set<Integer> all =
          slots.stream()
              .boxed()
              .flatMap(s -> of(s).stream().map(RandomPool::number))
              .collect(Collectors.toCollection(TreeSet::new));
      all.addAll(hosts);
      return all.size();
    }

    private int pair(int source, int destination) {
      return source * profiles.size() + destination;
    }

    private Outcome outcome(int source, int destination) {
      if (reasons.get(pair(source, destination)).isEmpty()) {
        return Outcome.COMPATIBLE;
      }
      return isUnknown.get(pair(source, destination)) ? Outcome.UNKNOWN : Outcome.INCOMPATIBLE;
    }

    private BitSet all(int source, Outcome outcome) {
      BitSet found = new BitSet();
      IntStream.range(0, profiles.size())
          .filter(destination -> outcome(source, destination) == outcome)
          .forEach(found::set);
      return found;
    }

    @Override
    public BitSet compatible(int source) {
      return all(source, Outcome.COMPATIBLE);
    }

    @Override
    public BitSet unknown(int source) {
      return all(source, Outcome.UNKNOWN);
    }

    @Override
    public Obstacles obstacles(int source, int destination) {
      Outcome outcome = outcome(source, destination);
      List<Reason> because =
          reasons.get(pair(source, destination)).stream()
              .map(words -> reason(words, outcome))
              .toList();
      return Obstacles.of(
          new Verdict(Verdict.Outcome.valueOf(outcome.name()), because, List.of(), List.of()));
    }

    /** Of a reason that keeps another outcome, the words are others. */
    private static Reason reason(String words, Outcome outcome) {
      String told = words + " " + outcome;
      return outcome == Outcome.UNKNOWN
          ? Reason.Unjudged.absent(FixedRule.FACET_MISSING, told)
          : new Reason.Failed(
              FixedRule.FACET_MISSING,
              FacetId.FEATURE_BITS,
              Optional.of(words),
              Optional.empty(),
              Optional.empty(),
              told);
    }

    private int slot(String content) {
      return profiles.stream().map(Fingerprint::toString).toList().indexOf(content);
    }

    @Override
    public Outcome outcome(String source, String destination) {
      return outcome(slot(source), slot(destination));
    }

    @Override
    public Set<String> reasons(String source, String destination) {
      int from = slot(source);
      int to = slot(destination);
      return reasons.get(pair(from, to)).stream()
          .map(words -> words + " " + outcome(from, to))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
