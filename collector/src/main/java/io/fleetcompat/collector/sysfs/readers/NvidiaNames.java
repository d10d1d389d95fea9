package io.fleetcompat.collector.sysfs.readers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names of NVIDIA vGPU types by their number on one host, kept from scan to scan: the list that has
 * both shrinks with capacity. Bounded; for one thread.
 */
public final class NvidiaNames {

  /** Types remembered; a driver knows a few hundred. */
  static final int MAX_NAMES = 4096;

  private final Map<String, String> byNumber =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MAX_NAMES;
        }
      };

  void remember(String number, String name) {
    byNumber.put(number, name);
  }

  Optional<String> name(String number) {
    return Optional.ofNullable(byNumber.get(number));
  }
}
