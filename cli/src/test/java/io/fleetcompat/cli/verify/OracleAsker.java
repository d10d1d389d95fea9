package io.fleetcompat.cli.verify;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.verify.FleetHistory.Sides;
import io.fleetcompat.cli.verify.Mismatch.Pair;
import io.fleetcompat.oracle.Expectations;
import io.fleetcompat.oracle.NaiveVerdict;
import io.fleetcompat.oracle.NaiveVerdict.Outcome;
import io.fleetcompat.testing.Await;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One that asks an API for the verdicts of all pairs of a fleet, again and again, and compares each
 * with what the oracle says of the trees on disk. Threads: its own asks, any may look.
 */
public final class OracleAsker implements AutoCloseable {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MAX_KEPT = 10;

  private final String name;
  private final FleetHistory history;
  private final Expectations expectations;
  private final long windowNanos;
  private final VerifiedApi api;
  private final Thread thread;
  private volatile boolean closed;

  private final List<String> wrong = new ArrayList<>();
  private final Map<Outcome, Long> answers = new EnumMap<>(Outcome.class);
  private final Set<String> saidYes = new HashSet<>();
  private long unanswered;
  private Optional<Long> trueSince = Optional.empty();
  private long notBefore = System.nanoTime();
  private String difference = "nothing was asked yet";

  /**
   * Begins to ask.
   *
   * @param query what the questions say beside the pairs, such as {@code max-behind=0}
   * @param window the age up to which a document may decide: a yes that was right at no time within
   *     it is wrong. A no may be older: nobody migrates by it.
   */
  public OracleAsker(
      String name,
      URI base,
      String query,
      FleetHistory history,
      Expectations expectations,
      Duration window) {
    this.name = name;
    this.history = history;
    this.expectations = expectations;
    this.windowNanos = window.toNanos();
    this.api = new VerifiedApi(base, query, ANSWER_WITHIN);
    this.thread = Thread.ofPlatform().daemon().name("asker of " + name).start(this::run);
  }

  private void run() {
    while (!closed) {
      FleetHistory.Pairs pairs = history.pairs();
      long begin = System.nanoTime();
      try {
        compare(pairs, ask(pairs.all()), begin);
      } catch (CommandFailure e) {
        unanswered(String.valueOf(e.getMessage()));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private List<NaiveVerdict> ask(List<Pair> pairs) {
    List<NaiveVerdict> verdicts = new ArrayList<>();
    for (int from = 0; from < pairs.size(); from += VerifiedApi.MAX_PAIRS) {
      int to = Math.min(pairs.size(), from + VerifiedApi.MAX_PAIRS);
      verdicts.addAll(api.check(pairs.subList(from, to)));
    }
    return verdicts;
  }

  private void compare(FleetHistory.Pairs pairs, List<NaiveVerdict> verdicts, long begin) {
    long end = System.nanoTime();
    Optional<String> differs = Optional.empty();
    for (int i = 0; i < verdicts.size(); i++) {
      Pair pair = pairs.all().get(i);
      NaiveVerdict verdict = verdicts.get(i);
      count(pair, verdict.outcome());
      if (verdict.outcome() == Outcome.COMPATIBLE && !wasYes(pair, begin, end)) {
        wrong(pair, verdict, begin);
      }
      differs = differs.or(() -> differs(pair, verdict));
    }
    if (history.changes() == pairs.changes()) {
      settle(differs, begin);
    }
  }

  private boolean wasYes(Pair pair, long begin, long end) {
    return history.within(pair, begin - windowNanos, end).stream()
        .map(this::judge)
        .anyMatch(verdict -> verdict.outcome() == Outcome.COMPATIBLE);
  }

  private boolean isYesNow(Pair pair) {
    return history
        .now(pair)
        .filter(sides -> judge(sides).outcome() == Outcome.COMPATIBLE)
        .isPresent();
  }

  private Optional<String> differs(Pair pair, NaiveVerdict verdict) {
    if (history.isDoubted(pair)) {
      boolean mistaken = verdict.outcome() == Outcome.COMPATIBLE && !isYesNow(pair);
      return mistaken ? Optional.of("a yes for what cannot be read: " + pair) : Optional.empty();
    }
    return history
        .now(pair)
        .map(this::judge)
        .filter(expected -> !expected.allows(verdict))
        .map(
            expected ->
                "%s to %s: expected %s, found %s"
                    .formatted(
                        pair.source(), pair.destination(), expected.words(), verdict.words()));
  }

  private NaiveVerdict judge(Sides sides) {
    return expectations.verdict(sides.source(), sides.destination(), Set.of());
  }

  private synchronized void count(Pair pair, Outcome outcome) {
    answers.merge(outcome, 1L, Long::sum);
    if (outcome == Outcome.COMPATIBLE) {
      saidYes.add(pair.sourceHost());
      saidYes.add(pair.destinationHost());
    }
  }

  private synchronized void unanswered(String why) {
    unanswered++;
    trueSince = Optional.empty();
    difference = why;
  }

  private synchronized void settle(Optional<String> differs, long begin) {
    if (begin < notBefore) {
      return;
    }
    difference = differs.orElse("");
    trueSince = differs.isPresent() ? Optional.empty() : trueSince.or(() -> Optional.of(begin));
  }

  private void wrong(Pair pair, NaiveVerdict verdict, long at) {
    String expected = history.now(pair).map(this::judge).map(NaiveVerdict::words).orElse("nothing");
    synchronized (this) {
      if (wrong.size() < MAX_KEPT) {
        wrong.add(
            "%s to %s by %s at %d ms: expected %s, found %s"
                .formatted(
                    pair.source(),
                    pair.destination(),
                    name,
                    TimeUnit.NANOSECONDS.toMillis(at),
                    expected,
                    verdict.words()));
      }
    }
  }

  /** Forgets what was right before that moment. */
  public synchronized void expectFrom(long moment) {
    notBefore = moment;
    trueSince = Optional.empty();
    difference = "nothing was asked since";
  }

  /** Counts from now on. */
  public synchronized void countAnew() {
    answers.clear();
    unanswered = 0;
  }

  /** Each yes that was right at no time within the window: the first few. */
  public synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** The begin of the first of the rounds without a difference, up to the last one. */
  public synchronized Optional<Long> trueSince() {
    return trueSince;
  }

  /** One difference of the last round, or why there was no answer; empty where all was right. */
  public synchronized String difference() {
    return difference.isEmpty() ? "" : name + ": " + difference;
  }

  /** The number of such answers since {@link #countAnew}. */
  public synchronized long count(String outcome) {
    return answers.getOrDefault(Outcome.valueOf(outcome), 0L);
  }

  /** The hosts of which any answer was a yes, at any time. */
  public synchronized Set<String> hostsWithYes() {
    return Set.copyOf(saidYes);
  }

  /** The number of rounds without an answer since then. */
  public synchronized long unanswered() {
    return unanswered;
  }

  @Override
  public void close() {
    closed = true;
    Await.until("the asker of " + name + " ends", () -> !thread.isAlive());
    api.close();
  }
}
