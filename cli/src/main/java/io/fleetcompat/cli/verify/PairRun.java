package io.fleetcompat.cli.verify;

import io.fleetcompat.cli.verify.Mismatch.Pair;
import io.fleetcompat.oracle.DiskFleet;
import io.fleetcompat.oracle.Expectations;
import io.fleetcompat.oracle.Expectations.Content;
import io.fleetcompat.oracle.NaiveOverrides.Side;
import io.fleetcompat.oracle.NaiveVerdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** One pass over the ordered pairs of a fleet, several batches at a time. One use. */
final class PairRun {

  /** Mismatches of which the sides are kept; the others are counted. */
  static final int MAX_KEPT = 10_000;

  private static final int CONCURRENT = 4;
  private static final int MAX_BATCH_CHARACTERS = 3_000_000;

  private final VerifiedApi api;
  private final Expectations expectations;
  private final CountingOverrides overrides;
  private final LongConsumer progress;
  private final List<DiskEndpoint> endpoints = new ArrayList<>();
  private final LongAdder compared = new LongAdder();
  private final LongAdder mismatches = new LongAdder();
  private final LongAdder inPart = new LongAdder();
  private final List<Mismatch> kept = Collections.synchronizedList(new ArrayList<>());
  private final Semaphore permits = new Semaphore(CONCURRENT);
  private final List<Future<?>> running = new ArrayList<>();
  private Batch batch = new Batch();

  private record DiskEndpoint(String host, String endpoint, Content content, Side side) {}

  /** Pairs that are asked at once, with what the disk says of each. */
  private static final class Batch {
    private final List<Pair> pairs = new ArrayList<>();
    private final List<DiskEndpoint> sources = new ArrayList<>();
    private final List<DiskEndpoint> destinations = new ArrayList<>();
    private int characters;

    void add(DiskEndpoint source, DiskEndpoint destination) {
      Pair pair = new Pair(source.host, source.endpoint, destination.host, destination.endpoint);
      pairs.add(pair);
      sources.add(source);
      destinations.add(destination);
      characters += pair.source().length() + pair.destination().length() + 32;
    }

    boolean isFull() {
      return pairs.size() == VerifiedApi.MAX_PAIRS || characters > MAX_BATCH_CHARACTERS;
    }
  }

  /**
   * @param progress learns of the number of pairs compared so far, from any thread
   */
  PairRun(
      VerifiedApi api,
      Expectations expectations,
      CountingOverrides overrides,
      DiskFleet fleet,
      LongConsumer progress) {
    this.api = api;
    this.overrides = overrides;
    this.expectations = expectations;
    this.progress = progress;
    fleet
        .hosts()
        .values()
        .forEach(
            host ->
                host.endpoints()
                    .forEach(
                        (name, endpoint) ->
                            endpoints.add(
                                new DiskEndpoint(
                                    host.name(),
                                    name,
                                    expectations.content(endpoint),
                                    overrides.side(endpoint, host.pool())))));
  }

  long pairs() {
    return (long) endpoints.size() * endpoints.size();
  }

  /** Compares every ordered pair. */
  PairRun all() {
    try (ExecutorService threads = Executors.newFixedThreadPool(CONCURRENT)) {
      for (DiskEndpoint source : endpoints) {
        for (DiskEndpoint destination : endpoints) {
          add(threads, source, destination);
        }
      }
      finish(threads);
    }
    return this;
  }

  /** Compares so many pairs, drawn at random. */
  PairRun sample(long count, Random random) {
    try (ExecutorService threads = Executors.newFixedThreadPool(CONCURRENT)) {
      for (long i = 0; i < count && !endpoints.isEmpty(); i++) {
        add(
            threads,
            endpoints.get(random.nextInt(endpoints.size())),
            endpoints.get(random.nextInt(endpoints.size())));
      }
      finish(threads);
    }
    return this;
  }

  long compared() {
    return compared.sum();
  }

  /** Mismatches beyond {@link #MAX_KEPT}: counted, and not looked at again. */
  long notKept() {
    return mismatches.sum() - kept.size();
  }

  /** Pairs of which one rule was too hard to be judged by trying. */
  long inPart() {
    return inPart.sum();
  }

  private void keep(Mismatch mismatch) {
    synchronized (kept) {
      if (kept.size() < MAX_KEPT) {
        kept.add(mismatch);
      }
    }
  }

  List<Mismatch> kept() {
    return List.copyOf(kept);
  }

  private void add(ExecutorService threads, DiskEndpoint source, DiskEndpoint destination) {
    batch.add(source, destination);
    if (batch.isFull()) {
      submit(threads);
    }
  }

  private void submit(ExecutorService threads) {
    Batch full = batch;
    batch = new Batch();
    permits.acquireUninterruptibly();
    running.removeIf(PairRun::isDone);
    running.add(
        threads.submit(
            () -> {
              try {
                compare(full);
              } finally {
                permits.release();
              }
            }));
  }

  private void finish(ExecutorService threads) {
    submit(threads);
    running.forEach(PairRun::get);
  }

  private static boolean isDone(Future<?> future) {
    if (future.isDone()) {
      get(future);
    }
    return future.isDone();
  }

  private static void get(Future<?> future) {
    try {
      future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("comparing a batch of pairs failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while comparing", e);
    }
  }

  private void compare(Batch asked) {
    if (asked.pairs.isEmpty()) {
      return;
    }
    List<NaiveVerdict> answers = api.check(asked.pairs);
    for (int i = 0; i < answers.size(); i++) {
      DiskEndpoint source = asked.sources.get(i);
      DiskEndpoint destination = asked.destinations.get(i);
      NaiveVerdict disk =
          expectations.verdict(
              source.content,
              destination.content,
              overrides.turnedOff(source.side, destination.side));
      if (!disk.whole()) {
        inPart.increment();
      }
      if (!disk.allows(answers.get(i))) {
        mismatches.increment();
        keep(new Mismatch(asked.pairs.get(i), disk, answers.get(i)));
      }
    }
    compared.add(answers.size());
    progress.accept(compared.sum());
  }
}
