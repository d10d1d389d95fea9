package io.fleetcompat.query.replica;

import io.fleetcompat.schemas.DocumentVersion;
import java.util.Arrays;
import java.util.Optional;
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
  record Named(DocumentVersion version, long since) {

    /** No document; the wire has none of an epoch below 0. */
    static final Named NONE = new Named(new DocumentVersion(-1, -1), NEVER);

    /**
     * True where it is a document, and newer than the placed one. Of most hosts it is none, and
     * then the placed version, which is in no cache while a question walks over a fleet, is not
     * read.
     */
    boolean isNewerThan(DocumentVersion placed) {
      return since != NEVER && version.isNewerThan(placed);
    }
  }

  /**
   * The heartbeats of a host so far.
   *
   * @param at when the newest came, in milliseconds since 1970, by the broker's clock; 0 where none
   *     was seen
   * @param first the oldest document that was named and not placed when that was known; {@link
   *     Named#NONE} where there was none
   * @param newest the one that the newest heartbeat named; {@link Named#NONE} where that one was
   *     placed then
   */
  public record Heard(long at, Named first, Named newest) {

    static final Heard NOTHING = new Heard(0, Named.NONE, Named.NONE);

    /**
     * The state after one more heartbeat. What it names is kept also where nobody knows yet what is
     * placed: a replica that starts may read a host's placement after its last heartbeat.
     *
     * @param placed the document that is placed; empty where that is not known yet
     */
    Heard and(long now, DocumentVersion version, Optional<DocumentVersion> placed) {
      if (placed.isPresent() && version.isOlderThan(placed.get())) {
        return this; // said before the document that is placed, or by somebody else
      }
      if (placed.isPresent() && !version.isNewerThan(placed.get())) {
        return new Heard(now, Named.NONE, Named.NONE);
      }
      Named named = newest.version.equals(version) ? newest : new Named(version, now);
      return new Heard(now, placed.map(p -> firstAfter(p, named)).orElse(Named.NONE), named);
    }

    private Named firstAfter(DocumentVersion placed, Named named) {
      if (first.isNewerThan(placed)) {
        return first;
      }
      boolean gone = newest.version.equals(GONE);
      return !gone && newest.isNewerThan(placed) ? newest : named;
    }

    Heard gone(long now) {
      return new Heard(at, Named.NONE, new Named(GONE, now));
    }

    /**
     * The time since which a document has been known that is newer than the placed one; {@link
     * #NEVER} where there is none.
     */
    public long missingSince(DocumentVersion placed) {
      if (first.isNewerThan(placed)) {
        return first.since;
      }
      return newest.isNewerThan(placed) ? newest.since : NEVER;
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
