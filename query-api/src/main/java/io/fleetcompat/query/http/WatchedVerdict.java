package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.TimelessAnswer;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.Snapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one check, asked again as the index goes on. A problem is an answer, too: that a
 * host is not there any more. One thread.
 */
final class WatchedVerdict {

  /** Shortest time between two answers. */
  static final Duration PAUSE = Duration.ofMillis(100);

  /** Longest time between two: hosts fall silent although nothing comes. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final Replica replica;
  private final Check check;
  private long answeredAt = System.nanoTime() - LONGEST.toNanos();
  private @Nullable Snapshot answered;
  private String said = "";

  /** The answer by a snapshot. */
  interface Check {
    Response answer(Snapshot snapshot);
  }

  WatchedVerdict(Replica replica, Check check) {
    this.replica = replica;
    this.check = check;
  }

  /**
   * Refuses a question that cannot be answered; {@link #next} has its answer.
   *
   * @throws Problem as the check says
   */
  void begin() {
    check.answer(replica.snapshot());
  }

  /** The answer where it is due, and another than the one before; empty where not. */
  @SuppressWarnings("ReferenceEquality") // of the very snapshot that was answered by
  Optional<byte[]> next() {
    long since = System.nanoTime() - answeredAt;
    Snapshot newest = replica.snapshot();
    boolean due = since >= (newest == answered ? LONGEST : PAUSE).toNanos();
    if (!due || !newest.ready()) {
      return Optional.empty();
    }
    answeredAt = System.nanoTime();
    answered = newest;
    byte[] json = orProblem(newest);
    String now = TimelessAnswer.of(new String(json, StandardCharsets.UTF_8));
    boolean another = !now.equals(said);
    said = now;
    return another ? Optional.of(json) : Optional.empty();
  }

  private byte[] orProblem(Snapshot snapshot) {
    try {
      return json(check.answer(snapshot));
    } catch (Problem problem) {
      return problem.json();
    }
  }

  private static byte[] json(Response answer) {
    return switch (answer) {
      case Response.Whole whole -> Arrays.copyOf(whole.body(), whole.length());
      case Response.Stream _ -> throw new IllegalStateException("a check is no stream");
    };
  }
}
