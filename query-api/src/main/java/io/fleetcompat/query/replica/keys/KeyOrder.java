package io.fleetcompat.query.replica.keys;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The order of candidates: capacity descending, then host name, then endpoint name.
 *
 * <p>Names are compared when a host comes: it gets a label between those of its neighbours, and
 * from then on the labels are compared, which lie side by side in memory. Any number of threads
 * compare hosts that were admitted before their view; those that admit take turns.
 */
public final class KeyOrder {

  /**
   * The distance between the label of a new host and that of its neighbour, where there is room.
   */
  private static final long STEP = 1L << 36;

  private static final long MIDDLE = 1L << 62;

  /** From so many newcomers on, labelling all hosts anew is cheaper than finding neighbours. */
  private static final int MANY = 256;

  private final TreeMap<String, Integer> byName = new TreeMap<>();

  /** By number of the host; 0 where it was not admitted. */
  private volatile long[] labels = new long[1024];

  /** Gives these hosts, numbers by name, their places; those that have one keep it. */
  public synchronized void admit(Map<String, Integer> hosts) {
    Map<String, Integer> newcomers = new HashMap<>(hosts);
    newcomers.values().removeIf(host -> label(host) != 0);
    if (newcomers.size() < MANY) {
      newcomers.forEach(this::admit);
      return;
    }
    byName.putAll(newcomers);
    labelAll();
  }

  /** The same hosts in the same order, apart from this one from now on. */
  public synchronized KeyOrder copy() {
    KeyOrder copy = new KeyOrder();
    copy.byName.putAll(byName);
    copy.labels = labels.clone();
    return copy;
  }

  private void admit(String name, int host) {
    Map.Entry<String, Integer> lower = byName.lowerEntry(name);
    Map.Entry<String, Integer> higher = byName.higherEntry(name);
    byName.put(name, host);
    long low = lower == null ? 0 : label(lower.getValue());
    long high = higher == null ? Long.MAX_VALUE : label(higher.getValue());
    long step = Math.min(STEP, (high - low) / 2);
    if (step == 0) {
      labelAll();
    } else if (lower == null && higher == null) {
      set(host, MIDDLE);
    } else {
      set(host, lower == null ? high - step : low + step);
    }
  }

  private void set(int host, long label) {
    if (host >= labels.length) {
      labels = Arrays.copyOf(labels, Math.max(host + 1, 2 * labels.length));
    }
    labels[host] = label;
  }

  /** Evenly, in a new array: whoever still reads the old one finds the same order there. */
  private void labelAll() {
    int most = byName.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    long[] next = new long[Math.max(labels.length, most + 1)];
    long step = Long.MAX_VALUE / (byName.size() + 1);
    long label = 0;
    for (int host : byName.values()) {
      label += step;
      next[host] = label;
    }
    labels = next;
  }

  /** Grows with the name of the host; 0 where it was not admitted. */
  public long label(int host) {
    long[] now = labels;
    return host < now.length ? now[host] : 0;
  }

  public int compare(long a, long b) {
    int byCapacity = Long.compare(CandidateKey.capacityOrder(a), CandidateKey.capacityOrder(b));
    if (byCapacity != 0) {
      return byCapacity;
    }
    int hostA = CandidateKey.host(a);
    int hostB = CandidateKey.host(b);
    if (hostA != hostB) {
      long[] now = labels; // both from one array
      return Long.compare(now[hostA], now[hostB]);
    }
    return Integer.compare(CandidateKey.index(a), CandidateKey.index(b));
  }
}
