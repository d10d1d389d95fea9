package io.fleetcompat.indexer.place;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hosts whose name two collectors use at once. A collector that is started again has a greater
 * epoch than before, and the one before sends nothing any more; where heartbeats of both keep
 * coming, in the order that the broker gave them, two of them are alive. Kept in memory only: while
 * it lasts, it shows again. One stream thread; the count is read by any.
 */
final class TwinHosts {

  private static final Logger LOG = LoggerFactory.getLogger(TwinHosts.class);

  /** The time for which both must be heard: the last words of one that ends are no twin. */
  private static final Duration OVERLAP = Duration.ofSeconds(15);

  private final Duration quiet;

  /** The greatest epoch of each host's heartbeats, and when it was last heard. */
  private final Map<String, Greatest> newest = new HashMap<>();

  private record Greatest(long epoch, long heardAt) {}

  private final Map<String, Overlap> overlaps = new HashMap<>();
  private final Set<String> twins = new HashSet<>();
  private volatile int count;

  /**
   * Heartbeats of a smaller epoch, after one of the greatest.
   *
   * @param since the broker's time of the first of them, in milliseconds
   * @param heardAt when the last one was read, by the indexer's clock
   */
  private record Overlap(long since, long heardAt) {}

  /**
   * @param quiet after so long without a heartbeat of the smaller epoch, there is one collector
   */
  TwinHosts(Duration quiet) {
    this.quiet = quiet;
  }

  boolean contains(String host) {
    return twins.contains(host);
  }

  /** The number of such hosts; asked by any thread. */
  int count() {
    return count;
  }

  /**
   * Takes a heartbeat; true where the host has become one of these by it.
   *
   * @param at the broker's time, in milliseconds
   */
  boolean heard(String host, long epoch, long at, long now) {
    Greatest greatest = newest.getOrDefault(host, new Greatest(epoch, now));
    if (epoch >= greatest.epoch) {
      newest.put(host, new Greatest(epoch, now));
      return false;
    }
    if (now - greatest.heardAt > quiet.toMillis()) {
      return false; // one alone: what it says is not taken, but nobody else says anything
    }
    long since = Optional.ofNullable(overlaps.get(host)).map(Overlap::since).orElse(at);
    overlaps.put(host, new Overlap(since, now));
    boolean appeared = at - since >= OVERLAP.toMillis() && twins.add(host);
    if (appeared) {
      count = twins.size();
      LOG.warn(
          "two collectors use the name of host {}: epochs {} and {}; the documents of the first are"
              + " dropped; give one of them another name (setting host), and start the other again",
          host,
          epoch,
          greatest.epoch);
    }
    return appeared;
  }

  /** A host that was told to be one of these before the start; it is until it is quiet. */
  void known(String host, long start) {
    overlaps.put(host, new Overlap(start, start));
    twins.add(host);
    count = twins.size();
  }

  /** The hosts that are no longer any of these. */
  List<String> ended(long now) {
    List<String> ended = new ArrayList<>();
    Iterator<Map.Entry<String, Overlap>> each = overlaps.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, Overlap> entry = each.next();
      if (now - entry.getValue().heardAt > quiet.toMillis()) {
        each.remove();
        if (twins.remove(entry.getKey())) {
          ended.add(entry.getKey());
        }
      }
    }
    count = twins.size();
    return ended;
  }

  /** A host is gone. */
  void forget(String host) {
    newest.remove(host);
    overlaps.remove(host);
    twins.remove(host);
    count = twins.size();
  }
}
