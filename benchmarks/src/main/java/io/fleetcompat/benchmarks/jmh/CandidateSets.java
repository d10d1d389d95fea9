package io.fleetcompat.benchmarks.jmh;

import io.fleetcompat.benchmarks.keys.CandidateFleet;
import io.fleetcompat.benchmarks.keys.CandidateSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The ordered set of one profile's candidates, ours beside bifurcan and Paguro (ADR 0017): the
 * edits and the pages of a replica.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC"})
public class CandidateSets {

  private static final int HOSTS = 100_000;
  private static final int ASKED = 1 << 16;
  private static final long SEED = 20261125;

  @Param({"OURS", "BIFURCAN", "PAGURO"})
  public CandidateSet.Library library = CandidateSet.Library.OURS;

  private final CandidateFleet fleet = new CandidateFleet(HOSTS);
  private final int[] asked = new Random(SEED).ints(ASKED, 0, HOSTS).toArray();
  private CandidateSet set = CandidateSet.empty(library, fleet.order());
  private int next;

  @Setup(Level.Trial)
  public void fill() {
    set = fleet.filled(library);
  }

  private int host() {
    return asked[next++ & (ASKED - 1)];
  }

  /** One host's capacity changes: a key leaves and another comes. The set stays as it was. */
  @Benchmark
  public CandidateSet change() {
    int host = host();
    return set.with(new long[] {fleet.key(host)}, new long[] {fleet.changed(host)});
  }

  @Benchmark
  public CandidateSet fillAll() {
    return fleet.filled(library);
  }

  /** The count before a cursor. */
  @Benchmark
  public int before() {
    return set.before(fleet.key(host()));
  }

  @Benchmark
  public long page10() {
    return set.page(fleet.key(host()), 10);
  }

  @Benchmark
  public long page1000() {
    return set.page(fleet.key(host()), 1000);
  }
}
