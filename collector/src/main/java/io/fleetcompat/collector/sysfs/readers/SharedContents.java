package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.inventory.Attributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The different contents of a host's endpoints, each kept once. For one thread. */
final class SharedContents {

  private final Map<Attributes, Attributes> contents = new HashMap<>();

  boolean has(Attributes content) {
    return contents.containsKey(content);
  }

  /** The equal content that is here; that one itself where there is none. */
  Attributes share(Attributes content) {
    return contents.getOrDefault(content, content);
  }

  void addAll(Collection<Attributes> others) {
    others.forEach(content -> contents.putIfAbsent(content, content));
  }
}
