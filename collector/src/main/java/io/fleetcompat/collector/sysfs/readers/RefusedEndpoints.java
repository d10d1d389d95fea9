package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.ProblemCode;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The endpoints and facts of a scan that are beyond a bound. For one thread. */
final class RefusedEndpoints {

  /** Parents whose refused types are told of one by one. */
  private static final int MAX_NAMED = 256;

  /** By their parent; devices have none. */
  private final SortedMap<String, Some> byParent = new TreeMap<>();

  private int count;

  private record Some(String first, int count) {

    String words() {
      return "%d are beyond a bound, the first of them %s".formatted(count, first);
    }
  }

  int count() {
    return count;
  }

  /** Counts what has no name. */
  void add() {
    count++;
  }

  void add(EndpointName name) {
    count++;
    String place = name.parent().orElse("");
    Some before = byParent.get(place);
    if (before != null) {
      byParent.put(place, new Some(before.first, before.count + 1));
    } else if (byParent.size() < MAX_NAMED) {
      byParent.put(place, new Some(name.toString(), 1));
    }
  }

  /** True where a type of that parent was refused. */
  boolean hasTypesOf(String parent) {
    return byParent.containsKey(parent);
  }

  /**
   * Reports all of them.
   *
   * @param incomplete takes each parent of which there are types beyond a bound, and why
   */
  void report(Scan scan, BiConsumer<String, String> incomplete) {
    if (count == 0) {
      return;
    }
    Bounds bounds = scan.bounds();
    scan.problemOfHost(
        ProblemCode.TOO_LARGE,
        "expected at most %d endpoints, %d attributes, %d bytes and %d bytes of memory, refused %d endpoints or facts"
            .formatted(
                bounds.endpoints(), bounds.attributes(), bounds.bytes(), bounds.memory(), count));
    byParent.forEach(
        (parent, some) -> {
          if (!parent.isEmpty()) {
            String detail = "expected room for all types, " + some.words();
            scan.problem(parent, ProblemCode.TOO_LARGE, detail);
            incomplete.accept(parent, some.words());
          }
        });
  }
}
