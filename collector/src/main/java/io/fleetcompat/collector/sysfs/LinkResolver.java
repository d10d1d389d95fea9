package io.fleetcompat.collector.sysfs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Follows links one component at a time and never out of the root: an absolute target is refused,
 * and so is a {@code ..} above the root. Immutable.
 */
record LinkResolver(String root) {

  /** Links followed for one path, as in the kernel (MAXSYMLINKS). */
  static final int MAX_LINKS = 40;

  Resolution resolve(Libc libc, String path) {
    Deque<String> ahead = new ArrayDeque<>(components(path));
    List<String> behind = new ArrayList<>();
    Libc.Stat stat = libc.stat(root);
    int links = 0;
    while (!ahead.isEmpty()) {
      String name = ahead.removeFirst();
      if (name.equals("..")) {
        if (behind.isEmpty()) {
          return new Resolution.Outside();
        }
        behind.removeLast();
        stat = libc.stat(absolute(behind));
        continue;
      }
      behind.add(name);
      stat = libc.stat(absolute(behind));
      if (stat.errno() == 0 && stat.isLink()) {
        if (++links > MAX_LINKS) {
          return new Resolution.Failed(Errno.ELOOP);
        }
        String target = libc.readLink(absolute(behind));
        if (target == null) {
          return new Resolution.Failed(libc.errno());
        }
        if (target.startsWith("/")) {
          return new Resolution.Outside();
        }
        behind.removeLast();
        components(target).reversed().forEach(ahead::addFirst);
      } else if (stat.errno() != 0) {
        return failure(stat.errno(), links, behind.size(), ahead);
      }
    }
    return stat.errno() == 0
        ? new Resolution.Found(String.join("/", behind), stat)
        : new Resolution.Failed(stat.errno());
  }

  /** A path that is not there may still lead out: {@code ..} above the root is refused first. */
  private static Resolution failure(int errno, int links, int depth, Deque<String> ahead) {
    for (String name : ahead) {
      depth += name.equals("..") ? -1 : 1;
      if (depth < 0) {
        return new Resolution.Outside();
      }
    }
    if (errno != Errno.ENOENT && errno != Errno.ENOTDIR) {
      return new Resolution.Failed(errno);
    }
    return links > 0 ? new Resolution.Dangling() : new Resolution.Missing();
  }

  private String absolute(List<String> components) {
    return components.isEmpty() ? root : root + "/" + String.join("/", components);
  }

  private static List<String> components(String path) {
    return Arrays.stream(path.split("/", -1))
        .filter(name -> !name.isEmpty() && !name.equals("."))
        .toList();
  }
}
