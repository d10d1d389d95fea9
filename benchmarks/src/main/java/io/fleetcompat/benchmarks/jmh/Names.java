package io.fleetcompat.benchmarks.jmh;

import io.fleetcompat.benchmarks.keys.CandidateFleet;
import io.fleetcompat.benchmarks.keys.NameNumbers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The numbers of names, ours beside the JDK's map, fastutil's and that of Eclipse Collections (ADR
 * 0017): the first step of each question.
 */
public class Names extends LibraryBenchmark {

  @Param({"OURS", "CONCURRENT_HASH_MAP", "FASTUTIL", "ECLIPSE_COLLECTIONS"})
  public NameNumbers.Library library = NameNumbers.Library.OURS;

  private final byte[][] asked = new byte[ASKED][];
  private NameNumbers names = NameNumbers.empty(library);
  private int next;

  @Setup(Level.Trial)
  public void fill() {
    CandidateFleet fleet = new CandidateFleet(HOSTS);
    names = fleet.numbered(library);
    Random random = new Random(SEED);
    for (int i = 0; i < ASKED; i++) {
      asked[i] = fleet.name(random.nextInt(HOSTS)).getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** A name as a request brings it: a new string, whose hash nobody has computed yet. */
  private String name() {
    return new String(asked[next++ & (ASKED - 1)], StandardCharsets.US_ASCII);
  }

  @Benchmark
  public int find() {
    return names.find(name());
  }

  @Benchmark
  public int findAbsent() {
    return names.find(name().concat("x"));
  }

  /** The making of the string, which the other two include. */
  @Benchmark
  public String constant() {
    return name();
  }
}
