package io.fleetcompat.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The measurement that a structure of ours and the libraries beside it get alike (ADR 0017). JMH
 * finds these annotations on a superclass.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC"})
public abstract class LibraryBenchmark {

  /** The size of the fleet. */
  static final int HOSTS = 100_000;

  /** Questions that are asked in turn; a power of two. */
  static final int ASKED = 1 << 16;

  static final long SEED = 20261125;

  LibraryBenchmark() {}
}
