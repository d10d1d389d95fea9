package io.fleetcompat.query.replica;

import io.fleetcompat.schemas.DocumentId;
import io.fleetcompat.schemas.DocumentVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private static final DocumentId GONE = id(Long.MAX_VALUE);

  /** No document; the wire has none of an epoch below 0. */
  private static final DocumentId NONE = id(-1);

  private static DocumentId id(long epoch) {
    return new DocumentId(new DocumentVersion(epoch, epoch), Optional.empty());
  }

  /** Most documents of a host that are waited for; of more, those between are forgotten. */
  private static final int MOST_AWAITED = 8;

  /** The answer to: do the host's heartbeats vouch for a document? */
  public enum Vouching {
    /** A heartbeat has named it. */
    VOUCHED,
    /** None has. */
    UNVOUCHED,
    /** Another document with its version was named: nobody knows which one is the host's. */
    CONFLICTING
  }

  /**
   * A document that a heartbeat named.
   *
   * @param since when the first heartbeat that named it came
   * @param before when the host's heartbeat before that came
   */
  record Named(DocumentId document, long since, long before) {}

  /**
   * The heartbeats of a host so far.
   *
   * @param at when the newest came, in milliseconds since 1970, by the broker's clock; 0 where none
   *     was seen
   * @param vouched the document that the last heartbeat named which named a placed one
   * @param awaited the documents that were named since and not placed when that was known, in the
   *     order in which they were named
   * @param conflicting the version of which two documents were seen; none of them is believed
   */
  public record Heard(
      long at, DocumentId vouched, List<Named> awaited, DocumentVersion conflicting) {

    static final Heard NOTHING = new Heard(0, NONE, List.of(), NONE.version());

    /**
     * The state after one more heartbeat. What it names is kept also where nobody knows yet what is
     * placed: a replica that starts may read a host's placement after its last heartbeat.
     *
     * @param placed the document that is placed; empty where that is not known yet
     */
    Heard and(long now, DocumentId named, Optional<DocumentId> placed) {
      if (placed.isPresent() && named.version().isOlderThan(placed.get().version())) {
        return this; // said before the document that is placed, or by somebody else
      }
      if (placed.filter(named::conflictsWith).isPresent() || contradicts(named)) {
        return new Heard(now, vouched, awaited, named.version());
      }
      if (placed.filter(named::matches).isPresent()) {
        return new Heard(now, named, List.of(), conflicting);
      }
      return new Heard(
          now,
          placed.filter(this::hasNamed).orElse(vouched),
          awaiting(now, named, placed),
          conflicting);
    }

    private boolean contradicts(DocumentId named) {
      return named.conflictsWith(vouched)
          || awaited.stream().anyMatch(each -> named.conflictsWith(each.document));
    }

    private boolean hasNamed(DocumentId document) {
      if (vouched.matches(document)) {
        return true;
      }
      for (Named each : awaited) {
        // The end of a host vouches for nothing, also where somebody writes its very version.
        if (!each.document.equals(GONE) && each.document.matches(document)) {
          return true;
        }
      }
      return false;
    }

    private List<Named> awaiting(long now, DocumentId named, Optional<DocumentId> placed) {
      List<Named> waiting = new ArrayList<>();
      for (Named each : awaited) {
        boolean isPlaced =
            placed.isPresent() && !each.document.version().isNewerThan(placed.get().version());
        if (!isPlaced && !each.document.equals(GONE)) {
          waiting.add(each);
        }
      }
      if (waiting.isEmpty() || !waiting.getLast().document.equals(named)) {
        waiting.add(new Named(named, now, at == 0 ? now : at));
      }
      if (waiting.size() > MOST_AWAITED) {
        waiting.remove(1); // the first says since when, the last ones are placed next
      }
      return List.copyOf(waiting);
    }

    Heard gone(long now) {
      return new Heard(at, NONE, List.of(new Named(GONE, now, now)), conflicting);
    }

    /** The host's word for a document that is placed. */
    public Vouching vouching(DocumentId placed) {
      if (conflicting.equals(placed.version())) {
        return Vouching.CONFLICTING;
      }
      return hasNamed(placed) ? Vouching.VOUCHED : Vouching.UNVOUCHED;
    }

    /**
     * The time since which a document has been known that is newer than the placed one; {@link
     * #NEVER} where there is none.
     *
     * @param silence the longest between two heartbeats of a host that is believed; after a longer
     *     one nobody knows when its document was made: it counts from its beginning
     */
    public long missingSince(DocumentId placed, long silence) {
      for (Named each : awaited) {
        if (each.document.version().isNewerThan(placed.version())) {
          return each.since - each.before > silence ? each.before : each.since;
        }
      }
      return NEVER;
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
