package io.fleetcompat.benchmarks.jmh;

import io.fleetcompat.benchmarks.fleet.VendorProfiles;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.testing.IndexedFleet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A profile that is new, against 1,000 others: what the indexer does once for it, with all built-in
 * rule packs in force.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NewProfile {

  private static final int PROFILES = 1000;

  /**
   * Whose profiles: drivers that declare what they accept, five families that rule packs judge, or
   * one of these alone, where far more rules are asked for each pair.
   */
  @Param({"declared", "packs", "NVIDIA_VFIO", "QAT", "MLX5"})
  public String fleet = "declared";

  private List<Profile> profiles = List.of();
  private final Judge judge = new Judge(Set.of());
  private int next;

  @Setup
  public void profiles() {
    profiles =
        switch (fleet) {
          case "declared" -> new IndexedFleet(1, 16, PROFILES, 1).profiles();
          case "packs" -> VendorProfiles.mixed(PROFILES);
          default -> VendorProfiles.valueOf(fleet).profiles(PROFILES);
        };
  }

  /** Both directions: 2,000 outcomes. */
  @Benchmark
  public int aNewProfileAgainstAThousand() {
    next = (next + 1) % PROFILES;
    Profile added = profiles.get(next);
    int compatible = 0;
    for (Profile other : profiles) {
      compatible += judge.outcome(added, other) == Outcome.COMPATIBLE ? 1 : 0;
      compatible += judge.outcome(other, added) == Outcome.COMPATIBLE ? 1 : 0;
    }
    return compatible;
  }

  /** Reading a profile back from its canonical form: once per profile, where it is first met. */
  @Benchmark
  public Profile parseOneProfile() {
    next = (next + 1) % PROFILES;
    return Profile.parse(profiles.get(next).canonical());
  }
}
