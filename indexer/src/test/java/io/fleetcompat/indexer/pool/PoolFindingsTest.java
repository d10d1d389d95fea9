package io.fleetcompat.indexer.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.DriverAnswer;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.schemas.avro.DeclaredMember;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.PoolFinding;
import io.fleetcompat.schemas.avro.PoolHost;
import io.fleetcompat.schemas.avro.PoolMember;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Findings about hosts of a pool. */
class PoolFindingsTest {

  private static final Judge JUDGE = new Judge(Set.of());

  private static final List<Liveness> LIVENESS = List.of(Liveness.values());

  private final PoolInputs inputs = new PoolInputs();
  private final PoolFindings findings = new PoolFindings();
  private final List<Fingerprint> profiles = new ArrayList<>();

  private static Profile device(String attribute, String value) {
    return Profile.of(
        new Endpoint(
            EndpointName.device("d"),
            EndpointKind.MDEV_DEVICE,
            Optional.of("t"),
            Attributes.of(Map.of(attribute, new Attribute.Text(value))),
            Attributes.NONE,
            Attributes.of(Map.of("vendor", new Attribute.Text("0x8086")))));
  }

  private Fingerprint known(Profile profile) {
    inputs.setProfile(profile.fingerprint(), profile);
    profiles.add(profile.fingerprint());
    return profile.fingerprint();
  }

  private static PoolHost host(String name, Liveness liveness, boolean twin) {
    return new PoolHost(name, "a", liveness, List.of(), twin, List.of(), List.of());
  }

  private static PoolHost host(
      String name, Liveness liveness, boolean twin, Fingerprint profile, int yes, int no) {
    PoolMember member = new PoolMember(new FingerprintBytes(profile.bytes()), yes + no, 0, true);
    DeclaredMember declared = new DeclaredMember(0, yes, no);
    return new PoolHost(name, "a", liveness, List.of(member), twin, List.of(declared), List.of());
  }

  private List<PoolFinding> all() {
    return findings.all(inputs, JUDGE, profiles);
  }

  @Test
  void silentHostsAndTwinsAreNamed() {
    findings.add(host("h2", Liveness.STALE, false));
    findings.add(host("h1", Liveness.LOST, true));
    findings.add(host("h3", Liveness.FRESH, false));
    assertThat(all())
        .containsExactly(
            new PoolFinding("stale-host", 2, List.of("h1", "h2")),
            new PoolFinding("twin-host", 1, List.of("h1")));
    findings.remove(host("h1", Liveness.LOST, true));
    findings.remove(host("h2", Liveness.STALE, false));
    assertThat(all()).isEmpty();
  }

  @Test
  void theContraryOfWhatADriverShowsIsDeclared() {
    Fingerprint migratable = known(device("migration_version", "v1"));
    findings.add(host("h1", Liveness.FRESH, false, migratable, 1, 2));
    findings.add(host("h2", Liveness.FRESH, false, migratable, 3, 0));
    findings.add(host("h3", Liveness.STALE, false, migratable, 0, 4));
    assertThat(all())
        .containsExactly(
            new PoolFinding("declared-not-observed", 2, List.of("h1")),
            new PoolFinding("stale-host", 1, List.of("h3")));
    findings.remove(host("h1", Liveness.FRESH, false, migratable, 1, 2));
    assertThat(all()).extracting(PoolFinding::getFinding).containsExactly("stale-host");
  }

  @Test
  void driversThatDisagreeAboutPairsOfThePoolAreNamed() {
    Profile one = device("migration_version", "v1");
    Profile two = device("migration_version", "v2");
    ProbePair pair = ProbePair.of(one, two).orElseThrow();
    inputs.setAnswer(pair, answers(0, 22));
    inputs.setAnswer(ProbePair.of(two, one).orElseThrow(), answers(0, 0));
    known(one);
    assertThat(all()).as("the class is not in the pool").isEmpty();
    known(two);
    assertThat(all())
        .containsExactly(new PoolFinding("probe-conflict", 1, List.of("host-0", "host-1")));
    inputs.setAnswer(pair, answers(0, 0));
    assertThat(all()).as("they agree now").isEmpty();
    inputs.setAnswer(pair, answers(22, 0));
    inputs.removeAnswer(pair);
    assertThat(all()).isEmpty();
  }

  private static ProbeVerdict answers(int... errnos) {
    return new ProbeVerdict(
        IntStream.range(0, errnos.length)
            .mapToObj(
                n ->
                    new DriverAnswer(
                        "host-" + n,
                        "d",
                        "2026-11-26T00:00:00Z",
                        errnos[n],
                        errnos[n] == 0 ? "" : "EINVAL"))
            .toList());
  }

  @Test
  void whatIsTakenOutAgainLeavesNoTrace() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Fingerprint profile = known(device("migration_version", "v1"));
    Map<String, PoolHost> there = new HashMap<>();
    for (int step = 0; step < 2000; step++) {
      String name = "h" + random.nextInt(40);
      Optional.ofNullable(there.remove(name)).ifPresent(findings::remove);
      if (random.nextBoolean()) {
        PoolHost host =
            host(
                name,
                LIVENESS.get(random.nextInt(LIVENESS.size())),
                random.nextBoolean(),
                profile,
                random.nextInt(3),
                random.nextInt(3));
        findings.add(host);
        there.put(name, host);
      }
      PoolFindings fresh = new PoolFindings();
      there.values().forEach(fresh::add);
      assertThat(all()).as("seed %d", seed).isEqualTo(fresh.all(inputs, JUDGE, profiles));
    }
  }
}
