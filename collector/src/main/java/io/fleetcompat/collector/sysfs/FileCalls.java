package io.fleetcompat.collector.sysfs;

import java.util.Optional;

/**
 * The calls by which a tree is read: {@link Libc}'s, and round them those that are written down
 * ({@link RecordedCalls}) or answered as they once were ({@link ReplayedCalls}). A result below
 * zero is a negated errno.
 *
 * <p>One instance per thread.
 */
interface FileCalls extends AutoCloseable {

  /** lstat: a link is not followed. */
  Stat stat(String file);

  /** The text of a symbolic link; empty with {@link #errno()} set. */
  Optional<String> readLink(String file);

  /**
   * Opens a file, reads it until its end or until the buffer is full, and closes it: the number of
   * bytes, or a negated errno.
   */
  int read(String file);

  /** The first bytes of what {@link #read} read. */
  byte[] data(int length);

  /** The entries of a directory in the kernel's order, without {@code .} and {@code ..}. */
  DirectoryEntries list(String directory, int limit);

  /** The errno of the last call that failed. */
  int errno();

  /** The same calls, of which nothing is written down. */
  default FileCalls unrecorded() {
    return this;
  }

  @Override
  void close();
}
