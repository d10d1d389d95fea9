package io.fleetcompat.indexer.place;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hosts under whose name records came that are not theirs, or are old: records without the mark
 * of the host's key, with a false one, or sent again. Each is one of these for an hour after the
 * last such record. One stream thread; the count is read by any.
 */
final class FalseSpeakers {

  private static final long SHOWN = Duration.ofHours(1).toMillis();

  /** The time of the last such record of each host, in order of time. */
  private final Map<String, Long> last = new LinkedHashMap<>();

  private volatile int count;

  /** Takes note of such a record; true where the host has become one of these by it. */
  boolean found(String host, long now) {
    boolean appeared = last.remove(host) == null;
    last.put(host, now);
    count = last.size();
    return appeared;
  }

  /** A host that was told to be one of these before the start. */
  void known(String host, long start) {
    last.put(host, start);
    count = last.size();
  }

  boolean contains(String host) {
    return last.containsKey(host);
  }

  /** The number of such hosts; asked by any thread. */
  int count() {
    return count;
  }

  /** The hosts that are no longer any of these. */
  List<String> ended(long now) {
    List<String> ended = new ArrayList<>();
    Iterator<Map.Entry<String, Long>> eldest = last.entrySet().iterator();
    while (eldest.hasNext()) {
      Map.Entry<String, Long> entry = eldest.next();
      if (now - entry.getValue() < SHOWN) {
        break;
      }
      ended.add(entry.getKey());
      eldest.remove();
    }
    count = last.size();
    return ended;
  }

  /** A host is gone. */
  void forget(String host) {
    last.remove(host);
    count = last.size();
  }
}
