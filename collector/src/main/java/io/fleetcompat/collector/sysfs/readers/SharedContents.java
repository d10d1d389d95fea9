package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.inventory.Attributes;
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

  /** The equal content that is here already, or that one from now on. */
  Attributes add(Attributes content) {
    Attributes known = contents.putIfAbsent(content, content);
    return known == null ? content : known;
  }
}
