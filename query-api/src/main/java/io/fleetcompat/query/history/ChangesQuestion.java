package io.fleetcompat.query.history;

/**
 * A question for changes of some time.
 *
 * @param since first time, milliseconds since 1970
 * @param until last time
 */
public record ChangesQuestion(long since, long until, ChangeFilter filter) {}
