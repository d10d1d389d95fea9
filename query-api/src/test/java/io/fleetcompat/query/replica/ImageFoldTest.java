package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.DriverAnswer;
import io.fleetcompat.compatibility.judge.InconclusiveAnswer;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.query.PoolHealthSample;
import io.fleetcompat.query.replica.IndexChange.CapacityUnknown;
import io.fleetcompat.query.replica.IndexChange.HostHeard;
import io.fleetcompat.query.replica.IndexChange.HostPlaced;
import io.fleetcompat.query.replica.IndexChange.HostProbes;
import io.fleetcompat.query.replica.IndexChange.HostProbesNot;
import io.fleetcompat.query.replica.IndexChange.HostRemoved;
import io.fleetcompat.query.replica.IndexChange.HostUnplaced;
import io.fleetcompat.query.replica.IndexChange.Nothing;
import io.fleetcompat.query.replica.IndexChange.OverrideMade;
import io.fleetcompat.query.replica.IndexChange.OverrideRemoved;
import io.fleetcompat.query.replica.IndexChange.PairProbed;
import io.fleetcompat.query.replica.IndexChange.PairUnprobed;
import io.fleetcompat.query.replica.IndexChange.PoolAssessed;
import io.fleetcompat.query.replica.IndexChange.PoolForgotten;
import io.fleetcompat.query.replica.IndexChange.ProfileGone;
import io.fleetcompat.query.replica.IndexChange.ProfileKnown;
import io.fleetcompat.query.replica.IndexChange.RefusalUnreadable;
import io.fleetcompat.query.replica.IndexChange.Rejected;
import io.fleetcompat.query.replica.IndexChange.RowGone;
import io.fleetcompat.query.replica.IndexChange.RowJudged;
import io.fleetcompat.query.replica.IndexChange.RulesChanged;
import io.fleetcompat.query.replica.IndexChange.RulesGone;
import io.fleetcompat.query.replica.IndexChange.RulesJudged;
import io.fleetcompat.query.replica.IndexChange.RulesNotTaken;
import io.fleetcompat.query.replica.IndexChange.RulesTaken;
import io.fleetcompat.query.replica.IndexChange.RulesUnjudged;
import io.fleetcompat.query.replica.IndexChange.RulesUnwritten;
import io.fleetcompat.query.replica.IndexChange.RulesWritten;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.Prober;
import io.fleetcompat.schemas.avro.ProberEndpoint;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Law 2 for both images: wherever a log is cut, whatever the batches and the duplicates, and
 * whatever compaction has taken away, they hold what follows from the newest record of each key.
 */
class ImageFoldTest {

  private static final int HOSTS = 8;
  private static final int PROFILES = 14;
  private static final int CHANGES = 250;

  private final IndexedFleet fleet = new IndexedFleet(7, 3, PROFILES, 3);
  private final IndexedFleet mutual = new IndexedFleet(7, 3, PROFILES, 3, Set.of(Policy.MUTUAL));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyCutEqualsItsCompactedLog(long seed) throws BadRecordException {
    Random random = new Random(seed);
    List<IndexChange> log = log(random);
    ViewEdit edit = new ViewEdit(IndexView.empty());
    Map<String, IndexChange> newest = new LinkedHashMap<>();
    for (int cut = 0; cut < log.size(); cut++) {
      IndexChange change = log.get(cut);
      for (int times = random.nextInt(5) == 0 ? 2 : 1; times > 0; times--) {
        edit.replay(change);
      }
      newest.put(key(change), change);
      if (random.nextInt(3) == 0) {
        List<IndexChange> compacted = new ArrayList<>(newest.values());
        Collections.shuffle(compacted, random);
        assertThat(describe(edit.commit()))
            .as("seed %d, cut %d after %s", seed, cut, change)
            .isEqualTo(describe(folded(compacted)));
      }
    }
    assertThat(edit.commit().matrix().profileCount()).as("seed %d", seed).isPositive();
    assertThat(edit.commit().fleet().members().size()).as("seed %d", seed).isPositive();
  }

  private static IndexView folded(List<IndexChange> log) {
    ViewEdit edit = new ViewEdit(IndexView.empty());
    log.forEach(edit::replay);
    return edit.commit();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anImageThatNothingChangesStaysTheSameObject(long seed) throws BadRecordException {
    ViewEdit edit = new ViewEdit(IndexView.empty());
    log(new Random(seed)).forEach(edit::replay);
    IndexView before = edit.commit();
    edit.replay(new HostUnplaced("nobody"));
    edit.replay(new RowGone(fleet.rules(), Fingerprint.parse("f".repeat(32))));
    edit.replay(new Nothing());
    assertThat(edit.commit()).isSameAs(before);
    edit.replay(IndexChange.placed(IndexedFleet.host(0), fleet.placement(0, 9)));
    IndexView after = edit.commit();
    assertThat(after.matrix()).isSameAs(before.matrix());
    assertThat(after.fleet()).isNotSameAs(before.fleet());
  }

  private List<IndexChange> log(Random random) throws BadRecordException {
    List<IndexChange> log = new ArrayList<>();
    for (int n = 0; n < PROFILES; n++) {
      log.add(IndexChange.profile(id(n), fleet.profileRecord(n)));
    }
    for (int i = 0; i < CHANGES; i++) {
      log.add(change(random));
    }
    log.add(IndexChange.placed(IndexedFleet.host(0), fleet.placement(0, 1)));
    return log;
  }

  private IndexChange change(Random random) throws BadRecordException {
    int n = random.nextInt(PROFILES);
    IndexedFleet set = random.nextInt(3) == 0 ? mutual : fleet;
    String host = IndexedFleet.host(n % HOSTS);
    long version = random.nextInt(4);
    return switch (random.nextInt(29)) {
      case 0 -> new HostUnplaced(host);
      case 1 -> new HostRemoved(host, 0);
      case 2 -> new CapacityUnknown(host);
      case 3 -> new RowGone(set.rules(), id(n));
      case 4 -> new Rejected(new HostUnplaced(host), "of a placement");
      case 5 -> new Rejected(new RowGone(set.rules(), id(n)), "of a row");
      case 6 -> random.nextInt(4) == 0 ? new ProfileGone(id(n)) : new Nothing();
      case 7 -> random.nextInt(4) == 0 ? new RulesGone() : refusal(random);
      case 8 -> IndexChange.generation(set.rules(), set.generation(PROFILES - random.nextInt(3)));
      case 15 -> IndexChange.rules(set.rules(), set.rulesRecord());
      case 16 -> IndexChange.inForce(set.inForce());
      case 17 ->
          random.nextBoolean() ? new RulesUnwritten(set.rules()) : new RulesUnjudged(set.rules());
      case 9 -> IndexChange.profile(id(n), fleet.profileRecord(n));
      case 10 -> IndexChange.row(set.rules(), id(n), set.row(n));
      case 11 -> IndexChange.heard(host, fleet.capacity(n % HOSTS, version, Instant.EPOCH), 0);
      case 12 -> probed(pair(n), random);
      case 13 -> new PairUnprobed(pair(n));
      case 14 -> new Rejected(new PairUnprobed(pair(n)), "of drivers' answers");
      case 18 -> new OverrideMade(override(n, random.nextInt(3)));
      case 19 -> new OverrideRemoved("o" + n);
      case 20 -> new Rejected(new OverrideRemoved("o" + n), "of an override");
      case 21 -> IndexChange.prober(host, prober(host, random));
      case 22 -> new HostProbesNot(host);
      case 23 -> new Rejected(new HostProbesNot(host), "of a prober");
      case 24 ->
          IndexChange.health("pool-" + n, PoolHealthSample.of("pool-" + n, id(n), n, 1 + n % 2));
      case 25 -> new PoolForgotten("pool-" + n);
      case 26 -> new Rejected(new PoolForgotten("pool-" + n), "of a pool");
      default -> IndexChange.placed(host, fleet.placement(n % HOSTS, version));
    };
  }

  private static RuleOverride override(int number, int driver) {
    return new RuleOverride(
        "o" + number,
        "software-version",
        new OverrideScope(OverrideScope.Kind.DRIVER, "d" + driver, "d"),
        "an.operator",
        "tried",
        Instant.EPOCH,
        Optional.empty(),
        Optional.of("o" + (number + 1)));
  }

  private static IndexChange refusal(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new RulesTaken();
      case 1 -> new Rejected(new RefusalUnreadable(), "of a refusal");
      default -> new RulesNotTaken(new RefusedRules("own.yaml:2", OptionalLong.of(7)));
    };
  }

  private ProbePair pair(int profile) {
    return DescribedView.pair(fleet, profile);
  }

  private static IndexChange probed(ProbePair pair, Random random) {
    Optional<ProbeVerdict> answer =
        random.nextInt(3) == 0 ? Optional.empty() : Optional.of(verdict(random.nextInt(3)));
    Optional<InconclusiveAnswer> last =
        answer.isEmpty() || random.nextBoolean()
            ? Optional.of(
                new InconclusiveAnswer("h", "d", "t" + random.nextInt(3), "ETIMEDOUT", ""))
            : Optional.empty();
    return new PairProbed(pair, answer, last);
  }

  private Prober prober(String host, Random random) {
    List<ProberEndpoint> endpoints = new ArrayList<>();
    for (int n = 0; n < PROFILES; n++) {
      if (random.nextInt(4) == 0) {
        endpoints.add(new ProberEndpoint(new FingerprintBytes(id(n).bytes()), "d" + n));
      }
    }
    return new Prober(host, endpoints, null);
  }

  private static ProbeVerdict verdict(int errno) {
    return new ProbeVerdict(
        List.of(new DriverAnswer("h", "d", "then", errno, errno == 0 ? "" : "E" + errno)));
  }

  private Fingerprint id(int profile) {
    return fleet.profiles().get(profile).fingerprint();
  }

  /** Topic and key of the record that makes a change. */
  private static String key(IndexChange change) {
    return switch (change) {
      case HostPlaced(String host, var _) -> "placements " + host;
      case HostUnplaced(String host) -> "placements " + host;
      case HostHeard(String host, var _, long _) -> "capacity " + host;
      case HostRemoved(String host, long _) -> "capacity " + host;
      case CapacityUnknown(String host) -> "capacity " + host;
      case ProfileKnown(Fingerprint id, var _) -> "profiles " + id;
      case ProfileGone(Fingerprint id) -> "profiles " + id;
      case PairProbed(ProbePair pair, var _, var _) -> "answers " + pair;
      case HostProbes(String host, var _) -> "probers " + host;
      case HostProbesNot(String host) -> "probers " + host;
      case PairUnprobed(ProbePair pair) -> "answers " + pair;
      case RulesWritten(var rules, var _) -> rules + "/rules";
      case RulesUnwritten(var rules) -> rules + "/rules";
      case RulesJudged(var rules, int _) -> rules + "/generation";
      case RulesUnjudged(var rules) -> rules + "/generation";
      case RowJudged(var rules, Fingerprint id, var _) -> rules + "/" + id;
      case RowGone(var rules, Fingerprint id) -> rules + "/" + id;
      case RulesChanged _, RulesGone _ -> "in-force";
      case OverrideMade(RuleOverride override) -> "overrides " + override.id();
      case OverrideRemoved(String id) -> "overrides " + id;
      case PoolAssessed(PoolHealthRecord health) -> "health " + health.getPool();
      case PoolForgotten(String pool) -> "health " + pool;
      case RulesNotTaken _, RulesTaken _, RefusalUnreadable _ -> "refused";
      case Nothing _ -> "nothing";
      case Rejected(var instead, String _) -> key(instead);
    };
  }

  private List<String> describe(IndexView view) {
    List<String> lines = new DescribedView(fleet, PROFILES).describe(view);
    lines.add(view.ruleSetAhead() + " " + view.ruleSets().standings());
    lines.add(view.ruleSets().refused() + " " + view.matrix().judgement().generation());
    return lines;
  }
}
