package io.fleetcompat.collector.sysfs;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A hash over path, times, size and inode of everything below a directory; links are not followed.
 * For one thread.
 */
final class TreeSignature {

  private final Libc libc;
  private final Bounds bounds;

  TreeSignature(Libc libc, Bounds bounds) {
    this.libc = libc;
    this.bounds = bounds;
  }

  long of(String root) {
    long hash = 0;
    int nodes = 0;
    Deque<String> ahead = new ArrayDeque<>();
    ahead.add(root);
    while (!ahead.isEmpty() && nodes++ < bounds.nodes()) {
      String directory = ahead.removeFirst();
      for (DirectoryEntries.Entry entry : libc.list(directory, bounds.entries()).entries()) {
        String path = directory + "/" + entry.name();
        Stat stat = libc.stat(path);
        hash += hash(path, stat);
        if (stat.isDirectory()) {
          ahead.add(path);
        }
      }
    }
    return hash;
  }

  /** Summed up, so that the order of a directory does not matter. */
  private static long hash(String path, Stat stat) {
    long hash = path.hashCode();
    for (long part :
        new long[] {
          stat.errno(), stat.mode(), stat.inode(), stat.size(), stat.mtime(), stat.ctime()
        }) {
      hash = (hash ^ part) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
