package io.fleetcompat.query.room;

/**
 * The memory that the request of this thread may take, asked before it is taken. Without a request
 * there is no bound.
 *
 * <p>Threads: that of the request.
 */
public interface Room {

  /** The room of the request that is being answered. */
  ScopedValue<Room> CURRENT = ScopedValue.newInstance();

  /** Bytes of an answer that every request may take without being counted. */
  int FREE = 8 << 10;

  /**
   * Takes bytes for the answer that is being made.
   *
   * @throws RuntimeException where there are none, which becomes the answer
   */
  void take(long bytes);

  /** Waits for the memory that a body becomes when it is parsed. */
  void parse(int length);

  /** Asks for the memory that a body becomes. */
  static void askToParse(int length) {
    if (CURRENT.isBound()) {
      CURRENT.get().parse(length);
    }
  }

  /** Asks for what an answer grows by. */
  static void grow(int from, int to) {
    if (to > FREE && CURRENT.isBound()) {
      CURRENT.get().take(from > FREE ? to - from : to);
    }
  }
}
