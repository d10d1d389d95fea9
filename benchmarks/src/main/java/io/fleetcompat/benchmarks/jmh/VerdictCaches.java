package io.fleetcompat.benchmarks.jmh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fleetcompat.query.lookup.WeighedCache;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/**
 * The cache of verdicts by pair of profiles, ours beside Caffeine (ADR 0017): as many pairs as a
 * fleet of a thousand profiles asks for, all of which fit.
 */
public class VerdictCaches extends LibraryBenchmark {

  private static final int PLACES = 1 << 18;
  private static final int WEIGHT = 500;
  private static final long MAX_BYTES = 64 << 20;

  private final WeighedCache<Kept> ours = new WeighedCache<>(PLACES, MAX_BYTES);
  private final Cache<Long, Kept> caffeine =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .<Long, Kept>weigher((pair, kept) -> kept.weight())
          .build();
  private final long[] pairs = new long[ASKED];
  private int next;

  private record Kept(long key, int weight) implements WeighedCache.Entry {}

  @Setup(Level.Trial)
  public void fill() {
    Random random = new Random(SEED);
    for (int i = 0; i < ASKED; i++) {
      pairs[i] = ((long) random.nextInt(1000) << 32) | random.nextInt(1000);
      ours.keep(new Kept(pairs[i], WEIGHT));
      caffeine.put(pairs[i], new Kept(pairs[i], WEIGHT));
    }
  }

  private long pair() {
    return pairs[next++ & (ASKED - 1)];
  }

  @Benchmark
  public @Nullable Object findOurs() {
    return ours.find(pair());
  }

  @Benchmark
  public @Nullable Object findCaffeine() {
    return caffeine.getIfPresent(pair());
  }

  @Benchmark
  public void keepOurs() {
    ours.keep(new Kept(pair(), WEIGHT));
  }

  @Benchmark
  public void keepCaffeine() {
    long pair = pair();
    caffeine.put(pair, new Kept(pair, WEIGHT));
  }
}
