package io.fleetcompat.query.watch;

/**
 * An event as all watchers share it.
 *
 * @param index its number among those that this process has read, from 0 on
 * @param partition number of its partition in the feed
 * @param arrivedAt when it came, milliseconds since 1970
 * @param id spelling of the position after it, in ASCII
 * @param json what watchers are told
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never changed
record FeedEvent(
    long index,
    int partition,
    long offset,
    long arrivedAt,
    byte[] id,
    EventSubject subject,
    byte[] json) {

  /** The least that an event weighs. */
  static final int LEAST_WEIGHT = 512;

  /** The memory of a subject for each byte of its JSON, as objects: names are most of it. */
  private static final int OBJECTS = 3;

  /** The approximate memory that it takes, in bytes. */
  long weight() {
    return LEAST_WEIGHT + id.length + (long) (1 + OBJECTS) * json.length;
  }
}
