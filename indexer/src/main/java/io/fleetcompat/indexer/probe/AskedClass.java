package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbeSide;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A class of destinations: the hosts that can be asked, and the questions about it. One stream
 * thread.
 */
final class AskedClass {

  /** Most hosts that are looked at for one question. */
  private static final int MAX_LOOKS = 64;

  final ProbeSide side;

  /** All questions, by the string that they are about. */
  final Map<Fingerprint, AskedPair> pairs = new HashMap<>();

  /** Those that are to be asked, at their time. */
  private final TreeSet<AskedPair> waiting = new TreeSet<>(AskedPair.BY_TIME);

  /** Those that need a host that has not answered yet, and there is none. */
  private final Set<AskedPair> parked = new HashSet<>();

  /** An endpoint of each host that asks drivers. */
  private final TreeMap<String, String> probers = new TreeMap<>();

  /** The host that was asked or looked at last: the next one is another. */
  private String last = "";

  AskedClass(ProbeSide side) {
    this.side = side;
  }

  void addProber(String host, String endpoint, long now) {
    if (probers.put(host, endpoint) == null) {
      List<AskedPair> again = new ArrayList<>(parked);
      parked.clear();
      again.forEach(pair -> await(pair, now));
    }
  }

  void removeProber(String host) {
    probers.remove(host);
  }

  String endpoint(String host) {
    return Optional.ofNullable(probers.get(host)).orElseThrow();
  }

  /** The question is to be asked from that time on. */
  void await(AskedPair pair, long due) {
    pair.due = due;
    waiting.add(pair);
  }

  /** The question is not asked for now. */
  void forget(AskedPair pair) {
    waiting.remove(pair);
    parked.remove(pair);
  }

  /** True where a question could be asked at that time. */
  boolean hasWork(long now) {
    return !probers.isEmpty() && !waiting.isEmpty() && waiting.first().due <= now;
  }

  /** The next question that is due; it waits no more. One that nobody can answer is put aside. */
  Optional<AskedPair> poll(long now) {
    while (hasWork(now)) {
      AskedPair pair = waiting.removeFirst();
      if (!pair.answered.containsAll(probers.keySet())) {
        return Optional.of(pair);
      }
      parked.add(pair);
    }
    return Optional.empty();
  }

  /**
   * A host for a question: free, and one that has not been tried before one that has. Where none of
   * those that are looked at will do, the next look is at those that follow.
   */
  Optional<String> host(AskedPair pair, Predicate<String> isFree) {
    Optional<String> second = Optional.empty();
    String looked = last;
    Iterator<String> next =
        Stream.concat(
                probers.tailMap(last, false).keySet().stream(),
                probers.headMap(last, true).keySet().stream())
            .limit(MAX_LOOKS)
            .iterator();
    while (next.hasNext()) {
      String host = next.next();
      looked = host;
      if (pair.answered.contains(host) || !isFree.test(host)) {
        continue;
      }
      if (!pair.tried.contains(host)) {
        last = host;
        return Optional.of(host);
      }
      second = second.or(() -> Optional.of(host));
    }
    second.ifPresent(_ -> pair.tried.clear());
    last = second.orElse(looked);
    return second;
  }
}
