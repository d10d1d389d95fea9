package io.fleetcompat.indexer.pool;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of hosts, small so that sets of them are: a number means a host for as long as the
 * host is there, and is given again later. In memory only. One stream thread.
 */
final class HostNumbers {

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final BitSet used = new BitSet();

  /** The number of a host, which gets one where it has none. */
  int of(String host) {
    return numbers.computeIfAbsent(host, this::give);
  }

  private int give(String host) {
    int number = used.nextClearBit(0);
    used.set(number);
    if (number == names.size()) {
      names.add(host);
    } else {
      names.set(number, host);
    }
    return number;
  }

  String name(int number) {
    return names.get(number);
  }

  /** The host is gone. */
  void free(String host) {
    Integer number = numbers.remove(host);
    if (number != null) {
      used.clear(number);
      names.set(number, "");
    }
  }
}
