package io.fleetcompat.query.http;

import io.fleetcompat.query.http.OpenConnection.Phase;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.room.Room;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The memory that the request of a connection takes, of what all may take together: first for what
 * is received of it, then for what that becomes when it is parsed, then for its answer until the
 * caller has taken it.
 *
 * <p>Threads: that of the connection; any may ask whether it takes some.
 */
final class RequestMemory implements Room {

  /** The detail of the answer where there is no memory for another. */
  static final String TOO_MUCH =
      "expected fewer or smaller requests at once (max-bytes-in-flight); ask again in a second, or"
          + " for less";

  /** Most bytes of a body for which the parser's memory is not counted. */
  private static final int SMALL_BODY = 16 << 10;

  /** Most bytes that a parser makes of one: of {@code {},{},{}…}. */
  private static final int PARSED_PER_BYTE = 30;

  /** Most bytes that any body becomes, by the number of its tokens ({@link Bodies}). */
  private static final long MOST_PARSED = 48L << 20;

  /** A body is there twice: as the server received it, and as a whole. */
  private static final int TIMES_RECEIVED = 2;

  /** Steps that are taken beyond what is there of a body of which nobody knows the length. */
  private static final int AHEAD = 64;

  /** Longest wait for memory, in looks for those who are slow. */
  private static final int LOOKS = 8;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final BytesInFlight all;
  private final Consumer<Phase> giveWay;
  private final Duration longestParsing;
  private ByteBudget answers;
  private long received;
  private long expected;
  private int bodySteps;
  private int parsingSteps;
  private int answerSteps;
  private long answerBytes;
  private boolean isStream;
  private volatile boolean takesSome;

  /**
   * @param giveWay makes those give way that are slow in a phase, and take memory
   * @param longestParsing longest wait for the memory of a parser
   */
  RequestMemory(BytesInFlight all, Consumer<Phase> giveWay, Duration longestParsing) {
    this.all = all;
    this.giveWay = giveWay;
    this.longestParsing = longestParsing;
    this.answers = all.answers();
  }

  /** True where it takes memory that is counted. */
  boolean takesSome() {
    return takesSome;
  }

  /**
   * Takes note of how long the body will be that comes next: memory is taken for all of it, so that
   * no body waits for more while it keeps others from theirs.
   */
  void expect(long length) {
    expected = length;
  }

  /** Takes what bytes that came need, or returns false where there is not so much. */
  boolean receive(int count) {
    received += count;
    int wanted =
        received > FREE ? all.bodies().steps(TIMES_RECEIVED * Math.max(received, expected)) : 0;
    if (wanted <= bodySteps) {
      return true;
    }
    int more =
        Math.min(wanted - bodySteps + (expected > 0 ? 0 : AHEAD), all.bodies().most() - bodySteps);
    if (!take(all.bodies(), more, Phase.BODY)) {
      return false;
    }
    bodySteps += more;
    return true;
  }

  /** Waits for its turn: a large body keeps a processor, and others' memory, for a while. */
  @Override
  @SuppressWarnings("ThreadPriorityCheck") // fairness, on which no answer depends
  public void parse(int length) {
    if (length > SMALL_BODY && parsingSteps == 0) {
      Thread.yield();
      long parsed = Math.min(MOST_PARSED, (long) PARSED_PER_BYTE * length);
      int steps = all.parsing().steps(parsed);
      if (!all.parsing().take(steps, longestParsing)) {
        throw tooMuch();
      }
      parsingSteps = steps;
    }
  }

  @Override
  public void take(long count) {
    if (isStream) {
      return; // it keeps nothing of what it writes
    }
    int more = answers.steps(count);
    if (!take(answers, more, Phase.WRITE)) {
      throw tooMuch();
    }
    answerSteps += more;
    answerBytes += count;
  }

  /** Takes the memory of an answer that is there, as far as it was not taken while it was made. */
  @SuppressWarnings("ThreadPriorityCheck") // likewise
  void hold(long length) {
    giveParsing();
    if (length > FREE) {
      Thread.yield();
      take(Math.max(0, length - answerBytes));
    }
  }

  /** Has its answers counted among those about the process, which have room of their own. */
  void tellsMetrics() {
    answers = all.metrics();
  }

  /** Counts no answer any more. */
  void streams() {
    isStream = true;
  }

  /** Takes steps; where there are too few, those give way that were slow for longest. */
  private boolean take(ByteBudget budget, int steps, Phase slow) {
    boolean taken = budget.take(steps);
    for (int i = 0; !taken && i < LOOKS; i++) {
      giveWay.accept(slow);
      taken = budget.take(steps, BETWEEN_LOOKS);
    }
    takesSome |= taken;
    return taken;
  }

  static Problem tooMuch() {
    return new Problem(Code.TOO_MUCH_AT_ONCE, TOO_MUCH);
  }

  /** Gives all memory of the request back. */
  void release() {
    takesSome = false;
    all.bodies().give(bodySteps);
    bodySteps = 0;
    received = 0;
    expected = 0;
    giveParsing();
    answers.give(answerSteps);
    answerSteps = 0;
    answerBytes = 0;
    answers = all.answers();
  }

  private void giveParsing() {
    all.parsing().give(parsingSteps);
    parsingSteps = 0;
  }
}
