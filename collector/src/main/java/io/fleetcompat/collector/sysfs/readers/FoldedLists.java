package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.schemas.DocumentSize;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The different lists of types that parents offer, each of them and each type in them kept once,
 * and what they take: a list that several parents have is written once, one that a single parent
 * has under the whole names of its types (ADR 0021). For one thread.
 */
final class FoldedLists {

  private final Map<Endpoint, Endpoint> types = new HashMap<>();
  private final Map<List<Endpoint>, Entry> lists = new HashMap<>();
  private long bytes;
  private long memory;

  /** A list, and the parents that have it. */
  static final class Entry {
    private final List<Endpoint> types;
    private final long typeBytes;
    private long parentBytes;
    private int parents;

    private Entry(List<Endpoint> types) {
      this.types = types;
      this.typeBytes = types.stream().mapToLong(DocumentSize::of).sum();
    }

    /** By their own names alone, sorted. */
    List<Endpoint> types() {
      return types;
    }

    Optional<Endpoint> find(String name) {
      Comparator<Endpoint> byName = Comparator.comparing(Endpoint::name);
      int index = Collections.binarySearch(types, named(name), byName);
      return index < 0 ? Optional.empty() : Optional.of(types.get(index));
    }

    private static Endpoint named(String name) {
      return new Endpoint(
          EndpointName.device(name),
          EndpointKind.MDEV_TYPE,
          Optional.empty(),
          Attributes.NONE,
          Attributes.NONE,
          Attributes.NONE);
    }

    private long bytes() {
      return switch (parents) {
        case 0 -> 0;
        case 1 -> typeBytes + parentBytes * types.size();
        default -> typeBytes + parentBytes;
      };
    }

    private long memory() {
      return EndpointMemory.LIST + EndpointMemory.REFERENCE * (long) types.size();
    }
  }

  /** The bytes that all take in the document. */
  long bytes() {
    return bytes;
  }

  /** The bytes of the heap that lists and types take, but for the contents of types. */
  long memory() {
    return memory;
  }

  /** The bytes of the heap that a type takes where it is put into a list. */
  long memoryOf(Endpoint type) {
    return EndpointMemory.REFERENCE + (types.containsKey(type) ? 0L : EndpointMemory.ENDPOINT);
  }

  /** The equal type that is here already, or that one from now on. */
  Endpoint share(Endpoint type) {
    Endpoint known = types.putIfAbsent(type, type);
    if (known == null) {
      memory += EndpointMemory.ENDPOINT;
      return type;
    }
    return known;
  }

  /** A parent has that list. */
  Entry join(List<Endpoint> list, String parent) {
    Entry entry = lists.get(list);
    if (entry == null) {
      entry = new Entry(list);
      lists.put(list, entry);
      memory += entry.memory();
    }
    change(entry, 1, parent);
    return entry;
  }

  /** A parent does not have that list any more. */
  void leave(Entry entry, String parent) {
    change(entry, -1, parent);
    if (entry.parents == 0) {
      lists.remove(entry.types);
      memory -= entry.memory();
    }
  }

  private void change(Entry entry, int by, String parent) {
    bytes -= entry.bytes();
    entry.parents += by;
    entry.parentBytes += by * DocumentSize.of(EndpointName.encode(parent));
    bytes += entry.bytes();
  }
}
