package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.inventory.Capacities;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostEndpoints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The types that the parents of one host offer, and how many of each can be created, as found so
 * far. A parent is open while its types are added, one parent at a time; then its list is folded
 * with those of other parents that are equal, so that what repeats is kept and counted once. For
 * one thread.
 */
final class OfferedTypes {

  private final FoldedLists lists = new FoldedLists();
  private final Map<String, FoldedLists.Entry> parents = new HashMap<>();
  private final Map<String, Map<String, Integer>> numbers = new HashMap<>();
  private final Map<Map<String, Integer>, Map<String, Integer>> knownNumbers = new HashMap<>();
  private OpenParent open = new OpenParent("");
  private int size;
  private long numbersMemory;

  /** The types of all parents. */
  int size() {
    return size;
  }

  /** The bytes that they take in the document. */
  long bytes() {
    return lists.bytes() + open.bytes();
  }

  /** The bytes of the heap that they take, but for their contents. */
  long memory() {
    return lists.memory() + numbersMemory + EndpointMemory.PARENT * (long) parents.size();
  }

  /** The bytes of the heap that one more type would take, but for its contents. */
  long memoryOf(Endpoint type) {
    return lists.memoryOf(HostEndpoints.alone(type));
  }

  /** Puts a type under its whole name, also in place of one of that name. */
  void put(Endpoint type) {
    OpenParent parent = open(parent(type.name()));
    Endpoint alone = lists.share(HostEndpoints.alone(type));
    size += parent.put(alone) ? 1 : 0;
  }

  Optional<Endpoint> find(EndpointName name) {
    return name.parent()
        .flatMap(
            parent ->
                parent.equals(open.name())
                    ? open.find(name.name())
                    : Optional.ofNullable(parents.get(parent))
                        .flatMap(entry -> entry.find(name.name())))
        .map(type -> type.named(name));
  }

  /** Takes out a type with its number, where it is there. */
  void remove(EndpointName name) {
    if (find(name).isPresent()) {
      open(parent(name)).remove(name.name());
      size--;
    }
  }

  void setCapacity(EndpointName name, int instances) {
    open(parent(name)).setCapacity(name.name(), instances);
  }

  void removeCapacity(EndpointName name) {
    if (name.parent().isPresent()) {
      open(parent(name)).removeCapacity(name.name());
    }
  }

  private static String parent(EndpointName type) {
    return type.parent().orElseThrow();
  }

  private OpenParent open(String parent) {
    if (!parent.equals(open.name())) {
      fold();
      open = new OpenParent(parent);
      FoldedLists.Entry before = parents.remove(parent);
      if (before != null) {
        before.types().forEach(open::put);
        lists.leave(before, parent);
      }
      Map<String, Integer> known = numbers.remove(parent);
      if (known != null) {
        known.forEach(open::setCapacity);
      }
    }
    return open;
  }

  private void fold() {
    if (!open.types().isEmpty()) {
      parents.put(open.name(), lists.join(open.types(), open.name()));
    }
    if (!open.numbers().isEmpty()) {
      Map<String, Integer> shared = knownNumbers.get(open.numbers());
      if (shared == null) {
        shared = Map.copyOf(open.numbers());
        knownNumbers.put(shared, shared);
        numbersMemory += EndpointMemory.NUMBER * (long) shared.size();
      }
      numbers.put(open.name(), shared);
    }
    open = new OpenParent("");
  }

  /** The lists of all parents, each by the names of its types alone. */
  Map<String, List<Endpoint>> byParent() {
    fold();
    Map<String, List<Endpoint>> types = new HashMap<>();
    parents.forEach((parent, entry) -> types.put(parent, entry.types()));
    return types;
  }

  Capacities capacities() {
    fold();
    return Capacities.ofParents(numbers);
  }
}
