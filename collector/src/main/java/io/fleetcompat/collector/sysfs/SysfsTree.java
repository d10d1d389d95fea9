package io.fleetcompat.collector.sysfs;

import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

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
  private volatile Bounds bounds;
  private final Duration readDeadline;
  private final IntFunction<FileCalls> calls;
  private final Optional<Recording> recording;
  private final LinkResolver links;
  private final DeadlineReads reads;

  private SysfsTree(
      Path root,
      Bounds bounds,
      Duration readDeadline,
      IntFunction<FileCalls> calls,
      Optional<Recording> recording,
      LinkResolver.Stats stats,
      UnaryOperator<DeadlineReads.Files> files) {
    this.root = root;
    this.calls = calls;
    this.recording = recording;
    this.bounds = bounds;
    this.readDeadline = readDeadline;
    this.links = new LinkResolver(root.toString(), stats);
    this.reads = new DeadlineReads(files.apply(new FileRead(links)), calls, readDeadline);
  }

  /**
   * A tree whose root exists; a root that is itself a link is followed.
   *
   * @throws IOException if there is no such directory
   */
  public static SysfsTree open(Path root, Bounds bounds, Duration readDeadline) throws IOException {
    return open(root, bounds, readDeadline, FileCalls::stat, UnaryOperator.identity());
  }

  /**
   * A tree with what belongs to it beside files.
   *
   * @param faults that a scan met in the tree of which this is a copy; they are met again
   * @param recording in which everything that is looked at is written down
   * @throws IOException if there is no such directory
   */
  public static SysfsTree open(
      Path root,
      Bounds bounds,
      Duration readDeadline,
      Collection<Fault> faults,
      Optional<Recording> recording)
      throws IOException {
    Path real = real(root);
    return open(real, bounds, readDeadline, calls(real.toString(), faults, recording), recording);
  }

  private static IntFunction<FileCalls> calls(
      String root, Collection<Fault> faults, Optional<Recording> recording) {
    return bytes -> {
      FileCalls calls = new Libc(bytes);
      if (!faults.isEmpty()) {
        calls = new ReplayedCalls(calls, root, faults);
      }
      return recording.isPresent() ? new RecordedCalls(calls, root, recording.get()) : calls;
    };
  }

  /**
   * @param real without links
   * @param calls with a buffer of that many bytes, which speak of files below that root
   */
  static SysfsTree open(
      Path real,
      Bounds bounds,
      Duration readDeadline,
      IntFunction<FileCalls> calls,
      Optional<Recording> recording) {
    return new SysfsTree(
        real, bounds, readDeadline, calls, recording, FileCalls::stat, UnaryOperator.identity());
  }

  /** A tree of a test's, whose kernel may answer otherwise than the one that runs. */
  static SysfsTree open(
      Path root,
      Bounds bounds,
      Duration readDeadline,
      LinkResolver.Stats stats,
      UnaryOperator<DeadlineReads.Files> files)
      throws IOException {
    return new SysfsTree(
        real(root), bounds, readDeadline, Libc::new, Optional.empty(), stats, files);
  }

  private static Path real(Path root) throws IOException {
    Path real = root.toRealPath();
    if (!real.toFile().isDirectory()) {
      throw new NotDirectoryException("expected a sysfs root (a directory), found a file: " + root);
    }
    return real;
  }

  /** The root, without links. */
  public Path root() {
    return root;
  }

  /** The bounds that every look at it keeps. */
  public Bounds bounds() {
    return bounds;
  }

  /** Looks that begin from now on keep other bounds. */
  public void keep(Bounds others) {
    bounds = others;
  }

  /** The time that one read may take. */
  public Duration readDeadline() {
    return readDeadline;
  }

  /** A new pass over the tree, with fresh counters; used by one thread, and closed by it. */
  public Scan scan() {
    links.forget();
    reads.startScan();
    return new Scan(calls.apply(Scan.LISTING_BUFFER), links, reads, bounds, recording);
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

  /**
   * A prober of version attributes of this tree.
   *
   * @param probeDeadline the longest that one answer may take
   */
  public VersionProber prober(Duration probeDeadline) {
    return new VersionProber(root.toString(), probeDeadline);
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
