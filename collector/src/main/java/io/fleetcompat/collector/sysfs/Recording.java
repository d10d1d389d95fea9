package io.fleetcompat.collector.sysfs;

import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.inventory.EndpointName;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The record of all that scans of a tree looked at and found: directories, links, the bytes of
 * files, faults, and the node of each endpoint. What was looked for and was not there is not in it,
 * nor is a walk through directories that found nothing.
 *
 * <p>A file that gave two contents is a fault: nobody can say which of them belongs to the rest.
 * Any thread.
 */
public final class Recording {

  /** The bytes of files that are kept; what is beyond them counts as unreadable. */
  static final long MAX_BYTES = 256L << 20;

  /** The errno for a file that is not kept. */
  private static final int TOO_MUCH = Errno.E2BIG;

  private final SortedMap<String, Found> found = new TreeMap<>();
  private final SortedSet<Fault> faults = new TreeSet<>();
  private final SortedMap<EndpointName, String> nodes = new TreeMap<>();
  private long bytes;
  private Optional<Recording> beside = Optional.empty();

  /** All that was found, by path below the root; every real path, without links on the way. */
  public synchronized SortedMap<String, Found> found() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(found));
  }

  public synchronized SortedSet<Fault> faults() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(faults));
  }

  /** The path of each endpoint's node below the root. */
  public synchronized SortedMap<EndpointName, String> nodes() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
  }

  /** The record of the directory beside the tree that a scan reads too: of files of facts. */
  public synchronized Recording beside() {
    beside = beside.or(() -> Optional.of(new Recording()));
    return beside.get();
  }

  synchronized boolean has(String path) {
    return found.containsKey(path);
  }

  synchronized void add(String path, Found thing) {
    if (!path.isEmpty()) {
      found.putIfAbsent(path, thing);
    }
  }

  /** A file that was read. */
  synchronized void add(String path, Found.Content content) {
    Found before = found.get(path);
    if (before instanceof Found.Content) {
      if (!before.equals(content)) {
        faults.add(new Fault(Fault.Kind.READ, path, Errno.EAGAIN));
      }
    } else if (bytes + content.length() > MAX_BYTES) {
      faults.add(new Fault(Fault.Kind.READ, path, TOO_MUCH));
    } else {
      bytes += content.length();
      found.put(path, content);
    }
  }

  synchronized void add(Fault fault) {
    faults.add(fault);
  }

  /** A file whose read did not return, by the path that was asked for. */
  synchronized void addHanging(String path) {
    faults.add(new Fault(Fault.Kind.READ, real(path).orElse(path), Errno.ETIMEDOUT));
  }

  /**
   * The real path of something that was found, links followed as far as they are recorded; empty
   * where a link leads out of the root, or to nothing that was found.
   */
  public synchronized Optional<String> real(String path) {
    Deque<String> ahead = new ArrayDeque<>(List.of(path.split("/", -1)));
    Deque<String> behind = new ArrayDeque<>();
    int links = 0;
    while (!ahead.isEmpty()) {
      String name = ahead.removeFirst();
      if (name.equals("..")) {
        if (behind.pollLast() == null) {
          return Optional.empty();
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        behind.addLast(name);
        if (found.get(String.join("/", behind)) instanceof Found.Link(String target)) {
          if (target.startsWith("/") || ++links > LinkResolver.MAX_LINKS) {
            return Optional.empty();
          }
          behind.removeLast();
          List.of(target.split("/", -1)).reversed().forEach(ahead::addFirst);
        }
      }
    }
    return Optional.of(String.join("/", behind));
  }

  synchronized void add(EndpointName endpoint, Node node) {
    nodes.putIfAbsent(endpoint, node.path());
  }
}
