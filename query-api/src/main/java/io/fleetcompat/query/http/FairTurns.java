package io.fleetcompat.query.http;

/**
 * The turns that connections take on the processors: after some requests, one gives way to the
 * others. A caller who asks again faster than the server looks for it is never parked, and on one
 * processor nobody else, not even the poller of the other sockets, would ever run.
 *
 * <p>Any thread: a connection's requests are answered by one thread, which lives as long as it.
 */
final class FairTurns {

  /** Requests of one connection after which it gives way. */
  private static final int IN_A_ROW = 8;

  private final ThreadLocal<Turn> turns = ThreadLocal.withInitial(Turn::new);

  /** One connection's. */
  private static final class Turn {
    private int requests;
  }

  /** Gives way to others now and then; called for each request, by its connection's thread. */
  @SuppressWarnings("ThreadPriorityCheck") // fairness, on which no answer depends
  void next() {
    Turn turn = turns.get();
    turn.requests++;
    if (turn.requests % IN_A_ROW == 0) {
      Thread.yield();
    }
  }
}
