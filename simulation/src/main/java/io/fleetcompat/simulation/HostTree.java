package io.fleetcompat.simulation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A host's sysfs as a value: what is at each path below its root. Parents of every path are there
 * too, so the keys in order are an order to create them in.
 */
record HostTree(SortedMap<String, Entry> entries) {

  HostTree {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /** The thing at one path. */
  sealed interface Entry {}

  record Directory() implements Entry {}

  /**
   * @param writeOnly mode 0200, as the kernel has it for {@code create}
   */
  record File(String content, boolean writeOnly) implements Entry {}

  /**
   * @param target relative, as the kernel spells it
   */
  record Link(String target) implements Entry {}

  /** Collects the entries of a tree; a later one at the same path wins. One thread. */
  static final class Builder {
    private final SortedMap<String, Entry> entries = new TreeMap<>();

    Builder directory(String path) {
      return put(path, new Directory());
    }

    /** A readable attribute; the kernel ends it with a newline. */
    Builder file(String path, String value) {
      return put(path, new File(value + "\n", false));
    }

    /** An attribute with exactly this content. */
    Builder verbatim(String path, String content) {
      return put(path, new File(content, false));
    }

    Builder writeOnly(String path) {
      return put(path, new File("", true));
    }

    /** A link to another path of the tree, spelled relative to where it is. */
    Builder link(String path, String target) {
      return put(path, new Link("../".repeat(depth(path)) + target));
    }

    Builder remove(String path) {
      entries.remove(path);
      return this;
    }

    boolean has(String path) {
      return entries.containsKey(path);
    }

    HostTree build() {
      return new HostTree(entries);
    }

    private Builder put(String path, Entry entry) {
      for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        entries.putIfAbsent(path.substring(0, slash), new Directory());
      }
      entries.put(path, entry);
      return this;
    }

    private static int depth(String path) {
      return (int) path.chars().filter(c -> c == '/').count();
    }
  }
}
