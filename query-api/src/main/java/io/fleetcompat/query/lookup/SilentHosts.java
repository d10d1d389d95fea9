package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The hosts that the index still holds fresh and that have fallen silent: few, unless the indexer
 * is down. Looked for again only now and then, since every host must be looked at. Any thread.
 */
final class SilentHosts {

  /** The greatest age that the set may have, in milliseconds. */
  static final long REFRESH_MILLIS = 1000;

  private final Sightings sightings;
  private final ReentrantLock searching = new ReentrantLock();
  private volatile @Nullable Known known;

  private record Known(long at, RoaringBitmap hosts) {
    boolean isOf(long now) {
      return now >= at && now - at < REFRESH_MILLIS;
    }
  }

  SilentHosts(Sightings sightings) {
    this.sightings = sightings;
  }

  /** Their numbers, not to be changed; the same object as long as they are the same hosts. */
  RoaringBitmap of(IndexView view, long now) {
    Known last = known;
    if (last != null && (last.isOf(now) || !searching.tryLock())) {
      return last.hosts; // nobody waits for whoever is looking
    }
    if (last == null) {
      searching.lock();
    }
    try {
      return find(view, now);
    } finally {
      searching.unlock();
    }
  }

  private RoaringBitmap find(IndexView view, long now) {
    Known last = known;
    if (last != null && last.isOf(now)) {
      return last.hosts;
    }
    RoaringBitmap hosts = new RoaringBitmap();
    for (OrderedKeys.Walk walk = view.fleet().members().byName().from(0); walk.hasNext(); ) {
      Host host = view.fleet().hostOf(walk.next());
      if (host.placed().isFresh() && !sightings.isFresh(host, now)) {
        hosts.add(host.id());
      }
    }
    RoaringBitmap same = last != null && last.hosts.equals(hosts) ? last.hosts : hosts;
    known = new Known(now, same);
    return same;
  }
}
