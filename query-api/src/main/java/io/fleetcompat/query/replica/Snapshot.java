package io.fleetcompat.query.replica;

import java.time.Duration;

/**
 * A view, and what is known of its age.
 *
 * @param revision sum of the positions of all partitions that were read for it
 * @param asOf it holds everything that was in the index then; milliseconds since 1970, 0 where it
 *     never held everything
 * @param lag records that were known to be missing when this was made
 * @param ready whether the end offsets seen at start were reached
 */
public record Snapshot(IndexView view, long revision, long asOf, long lag, boolean ready) {

  /** True where it may lack what was in the index for longer than this. */
  public boolean isOlderThan(Duration age, long now) {
    return now - asOf > age.toMillis();
  }
}
