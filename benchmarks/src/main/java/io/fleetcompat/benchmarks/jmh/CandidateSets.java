package io.fleetcompat.benchmarks.jmh;

import io.fleetcompat.benchmarks.keys.CandidateFleet;
import io.fleetcompat.benchmarks.keys.CandidateSet;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The ordered set of one profile's candidates, ours beside bifurcan and Paguro (ADR 0017): the
 * edits and the pages of a replica.
 */
public class CandidateSets extends LibraryBenchmark {

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
