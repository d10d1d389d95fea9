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

  /** Later than any time. */
  public static final long NEVER = Long.MAX_VALUE;

  private volatile Chunk[] chunks = {};

  /** Some hosts. */
  private static final class Chunk {
    private final AtomicReferenceArray<@Nullable Heard> hosts = new AtomicReferenceArray<>(SIZE);
  }

  /** Newer than all: the document of a host that was removed. */
  private static final DocumentVersion GONE = new DocumentVersion(Long.MAX_VALUE, Long.MAX_VALUE);

  /**
   * A document that a heartbeat named.
   *
   * @param since when the first heartbeat that named it came
   */
  record Named(DocumentVersion version, long since) {}

  /**
   * The heartbeats of a host so far.
   *
   * @param at when the newest came, in milliseconds since 1970, by the broker's clock; 0 where none
   *     was seen
   * @param first the oldest document that was named and not placed when that was known; null where
   *     there was none
   * @param newest the one that the newest heartbeat named; null where that one was placed then
   */
  public record Heard(long at, @Nullable Named first, @Nullable Named newest) {

    static final Heard NOTHING = new Heard(0, null, null);

    /**
     * The state after one more heartbeat. What it names is kept also where nobody knows yet what is
     * placed: a replica that starts may read a host's placement after its last heartbeat.
     *
     * @param placed the document that is placed; null where that is not known yet
     */
    Heard and(long now, DocumentVersion version, @Nullable DocumentVersion placed) {
      if (placed != null && version.isOlderThan(placed)) {
        return this; // said before the document that is placed, or by somebody else
      }
      if (placed != null && !version.isNewerThan(placed)) {
        return new Heard(now, null, null);
      }
      Named named =
          newest != null && newest.version.equals(version) ? newest : new Named(version, now);
      return new Heard(now, placed == null ? null : firstAfter(placed, named), named);
    }

    private Named firstAfter(DocumentVersion placed, Named named) {
      if (first != null && first.version.isNewerThan(placed)) {
        return first;
      }
      if (newest == null || newest.version.equals(GONE)) {
        return named;
      }
      return newest.version.isNewerThan(placed) ? newest : named;
    }

    Heard gone(long now) {
      return new Heard(at, null, new Named(GONE, now));
    }

    /**
     * The time since which a document has been known that is newer than the placed one; {@link
     * #NEVER} where there is none.
     */
    public long missingSince(DocumentVersion placed) {
      if (first != null && first.version.isNewerThan(placed)) {
        return first.since;
      }
      return newest != null && newest.version.isNewerThan(placed) ? newest.since : NEVER;
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
