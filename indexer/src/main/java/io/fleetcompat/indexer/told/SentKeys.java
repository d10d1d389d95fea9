package io.fleetcompat.indexer.told;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys that a task has sent to a topic lately, and when: whoever reads the topic at that moment
 * may see what was there before. One stream thread.
 */
public final class SentKeys {

  /** A record is seen no later than this after it was sent: its transaction is committed then. */
  static final long SEEN_WITHIN = 10_000;

  private final Map<Bytes, Long> sent = new LinkedHashMap<>();
  private long keepSince = Long.MAX_VALUE;

  /** A key is sent. */
  public void add(byte[] key, long now) {
    Bytes wrapped = Bytes.wrap(key);
    sent.remove(wrapped);
    sent.put(wrapped, now);
    forget(Math.min(now, keepSince) - SEEN_WITHIN);
  }

  /** A reading of the topic begins: what is sent until it ends is kept. */
  void begin(long now) {
    keepSince = now;
    forget(now - SEEN_WITHIN);
  }

  /** The reading has ended. */
  void end() {
    keepSince = Long.MAX_VALUE;
  }

  /** True of a key that may have another value than was read. */
  boolean contains(byte[] key) {
    return sent.containsKey(Bytes.wrap(key));
  }

  private void forget(long before) {
    Iterator<Long> eldest = sent.values().iterator();
    while (eldest.hasNext() && eldest.next() < before) {
      eldest.remove();
    }
  }
}
