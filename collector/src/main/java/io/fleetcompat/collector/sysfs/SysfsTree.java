package io.fleetcompat.collector.sysfs;

import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One sysfs root: the only way to the files below it, and the only class that opens any. What may
 * hang, runs on a thread that may be given up; what leads out of the root, is refused.
 *
 * <p>One {@link Scan} at a time.
 */
public final class SysfsTree implements AutoCloseable {

  /** The time that one read may take where nothing else is configured. */
  public static final Duration READ_DEADLINE = Duration.ofSeconds(2);

  private final Path root;
  private final Bounds bounds;
  private final LinkResolver links;
  private final DeadlineReads reads;

  private SysfsTree(Path root, Bounds bounds, Duration readDeadline) {
    this.root = root;
    this.bounds = bounds;
    this.links = new LinkResolver(root.toString());
    this.reads = new DeadlineReads(new FileRead(links), readDeadline);
  }

  /**
   * A tree whose root exists; a root that is itself a link is followed.
   *
   * @throws IOException if there is no such directory
   */
  public static SysfsTree open(Path root, Bounds bounds, Duration readDeadline) throws IOException {
    Path real = root.toRealPath();
    if (!real.toFile().isDirectory()) {
      throw new NotDirectoryException("expected a sysfs root (a directory), found a file: " + root);
    }
    return new SysfsTree(real, bounds, readDeadline);
  }

  /** The root, without links. */
  public Path root() {
    return root;
  }

  /** A new pass over the tree, with fresh counters; used by one thread, and closed by it. */
  public Scan scan() {
    links.forget();
    reads.startScan();
    return new Scan(links, reads, bounds);
  }

  /**
   * A number that changes when a file below the root does, without reading any: for trees of plain
   * files, whose kernel sends no events. Within the bound on nodes and entries.
   */
  public long signature() {
    try (Libc libc = new Libc(Scan.LISTING_BUFFER)) {
      return new TreeSignature(libc, bounds).of(root.toString());
    }
  }

  /** Number of files whose read has not returned. */
  public int hangingReads() {
    return reads.hanging();
  }

  /** Lets the reading thread end; one that hangs is a daemon. */
  @Override
  public void close() {
    reads.close();
  }
}
