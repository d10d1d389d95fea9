package io.fleetcompat.query.replica;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When each host was last heard of, by number of the host. Outside the view, since heartbeats
 * change nothing else. One thread sets; any number of threads read.
 */
public final class LastSeen {

  private static final int BITS = 12;
  private static final int SIZE = 1 << BITS;

  private volatile AtomicLongArray[] chunks = {};

  void set(int host, long atMillis) {
    int chunk = host >>> BITS;
    AtomicLongArray[] now = chunks;
    if (chunk >= now.length) {
      now = Arrays.copyOf(now, chunk + 1);
      for (int i = chunks.length; i < now.length; i++) {
        now[i] = new AtomicLongArray(SIZE);
      }
      chunks = now;
    }
    now[chunk].set(host & (SIZE - 1), atMillis);
  }

  /** Milliseconds since 1970; 0 where no heartbeat was seen. */
  public long get(int host) {
    AtomicLongArray[] now = chunks;
    int chunk = host >>> BITS;
    return chunk < now.length ? now[chunk].get(host & (SIZE - 1)) : 0;
  }
}
