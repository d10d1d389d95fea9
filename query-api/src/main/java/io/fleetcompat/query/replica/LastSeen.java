package io.fleetcompat.query.replica;

import io.fleetcompat.schemas.DocumentVersion;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The facts from each host's heartbeats, by number of the host. Outside the view, since heartbeats
 * change nothing else. One thread sets; any number of threads read.
 */
public final class LastSeen {

  private static final int BITS = 12;
  private static final int SIZE = 1 << BITS;

  private volatile Chunk[] chunks = {};

  /** Some hosts. */
  private static final class Chunk {
    private final AtomicReferenceArray<@Nullable Heard> hosts = new AtomicReferenceArray<>(SIZE);
  }

  /** Newer than all: what a host is that was removed. */
  private static final DocumentVersion GONE = new DocumentVersion(Long.MAX_VALUE, Long.MAX_VALUE);

  /**
   * @param at when the newest heartbeat came, in milliseconds since 1970, by the broker's clock; 0
   *     where none was seen
   * @param ahead the first document that a heartbeat named and that was not placed then; null where
   *     the newest heartbeat named the one that was
   * @param since when that heartbeat came
   */
  public record Heard(long at, @Nullable DocumentVersion ahead, long since) {

    static final Heard NOTHING = new Heard(0, null, 0);

    /**
     * The state after one more heartbeat.
     *
     * @param placed what there is of the host; null where that is not known yet
     */
    Heard and(long now, DocumentVersion version, @Nullable PlacedHost placed) {
      if (placed == null) {
        return new Heard(now, null, 0);
      }
      if (version.isOlderThan(placed.version())) {
        return this; // said before the document that is placed, or by somebody else
      }
      if (!version.isNewerThan(placed.version())) {
        return new Heard(now, null, 0);
      }
      boolean still = ahead != null && !ahead.equals(GONE) && ahead.isNewerThan(placed.version());
      return still ? new Heard(now, ahead, since) : new Heard(now, version, now);
    }

    Heard gone(long now) {
      return new Heard(at, GONE, now);
    }
  }

  void set(int host, Heard heard) {
    int chunk = host >>> BITS;
    Chunk[] now = chunks;
    if (chunk >= now.length) {
      now = Arrays.copyOf(now, chunk + 1);
      for (int i = chunks.length; i < now.length; i++) {
        now[i] = new Chunk();
      }
      chunks = now;
    }
    now[chunk].hosts.set(host & (SIZE - 1), heard);
  }

  public Heard get(int host) {
    Chunk[] now = chunks;
    int chunk = host >>> BITS;
    Heard heard = chunk < now.length ? now[chunk].hosts.get(host & (SIZE - 1)) : null;
    return heard == null ? Heard.NOTHING : heard;
  }
}
