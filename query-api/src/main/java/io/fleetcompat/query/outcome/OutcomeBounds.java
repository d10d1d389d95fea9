package io.fleetcompat.query.outcome;

/**
 * The outcomes that a process keeps in memory, at most.
 *
 * @param outcomes the newest ones
 * @param bytes of memory that they take, without the contents of profiles
 * @param contentCharacters characters of contents of profiles
 */
record OutcomeBounds(int outcomes, long bytes, long contentCharacters) {

  static final OutcomeBounds DEFAULTS = new OutcomeBounds(200_000, 128L << 20, 16L << 20);
}
