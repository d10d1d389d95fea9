package io.fleetcompat.collector.sysfs;

import io.fleetcompat.collector.libc.Errno;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to what a path below the root really is: links are followed one component at a time, and
 * never out of the root: an absolute target is refused, and so is a {@code ..} above the root.
 * Whoever opens, lists or looks at anything does it at a path that this has found, and at no other.
 *
 * <p>Directories are remembered until {@link #forget}, so a file costs one call of the kernel, not
 * one per component. Any thread.
 */
final class LinkResolver {

  /** The way to ask what a file is: {@link FileCalls#stat}, or a test's own. */
  interface Stats {
    Stat stat(FileCalls libc, String file);
  }

  /** Links followed for one path, as in the kernel (MAXSYMLINKS). */
  static final int MAX_LINKS = 40;

  /** Directories remembered: those of the devices that are being read, not of a whole tree. */
  static final int MAX_DIRECTORIES = 4096;

  private final String root;
  private final Stats stats;

  /** Real paths of directories without a link in them. */
  private final Set<String> directories = ConcurrentHashMap.newKeySet();

  LinkResolver(String root, Stats stats) {
    this.root = root;
    this.stats = stats;
  }

  /** Forgets the known directories: each of them may be a link by now. */
  void forget() {
    directories.clear();
  }

  /** The path by which the kernel knows what was found. */
  String absolute(Resolution.Found found) {
    return absolute(found.path());
  }

  /** The thing that a path leads to, with all links followed. */
  Resolution resolve(FileCalls libc, String path) {
    return walk(libc, path, true);
  }

  /**
   * The thing at a path: links on the way there are followed, but a link at its end is itself the
   * thing.
   */
  Resolution locate(FileCalls libc, String path) {
    return walk(libc, path, false);
  }

  private Resolution walk(FileCalls libc, String path, boolean last) {
    Deque<String> ahead = new ArrayDeque<>();
    List<String> behind = start(path, ahead);
    Stat stat = ahead.isEmpty() ? stats.stat(libc, absolute("")) : Stat.NONE;
    int links = 0;
    while (!ahead.isEmpty()) {
      String name = ahead.removeFirst();
      if (name.equals("..")) {
        if (behind.isEmpty()) {
          return new Resolution.Outside();
        }
        behind.removeLast();
        stat = stats.stat(libc, absolute(String.join("/", behind)));
        continue;
      }
      behind.add(name);
      String here = String.join("/", behind);
      stat = stats.stat(libc, absolute(here));
      if (stat.errno() != 0) {
        return failure(stat.errno(), links, behind.size(), ahead);
      }
      if (stat.isDirectory()) {
        remember(here);
      } else if (stat.isLink() && (last || !ahead.isEmpty())) {
        if (++links > MAX_LINKS) {
          return new Resolution.Failed(Errno.ELOOP);
        }
        Optional<String> target = libc.readLink(absolute(here));
        if (target.isEmpty()) {
          return new Resolution.Failed(libc.errno());
        }
        if (target.get().startsWith("/")) {
          return new Resolution.Outside();
        }
        behind.removeLast();
        components(target.get()).reversed().forEach(ahead::addFirst);
        stat = ahead.isEmpty() ? stats.stat(libc, absolute(String.join("/", behind))) : stat;
      }
    }
    return stat.errno() == 0
        ? new Resolution.Found(String.join("/", behind), stat)
        : new Resolution.Failed(stat.errno());
  }

  /** Forgets all where there are too many: what is read next is near what was last. */
  private void remember(String directory) {
    if (directories.add(directory) && directories.size() > MAX_DIRECTORIES) {
      directories.clear();
    }
  }

  /**
   * The start of a path that need not be looked at again: its directory, where that is known. The
   * rest goes to {@code ahead}.
   */
  private List<String> start(String path, Deque<String> ahead) {
    int slash = path.lastIndexOf('/');
    if (slash > 0 && directories.contains(path.substring(0, slash))) {
      ahead.addAll(components(path.substring(slash + 1)));
      return new ArrayList<>(components(path.substring(0, slash)));
    }
    ahead.addAll(components(path));
    return new ArrayList<>();
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

  private String absolute(String path) {
    return path.isEmpty() ? root : root + "/" + path;
  }

  private static List<String> components(String path) {
    return Arrays.stream(path.split("/", -1))
        .filter(name -> !name.isEmpty() && !name.equals("."))
        .toList();
  }
}
