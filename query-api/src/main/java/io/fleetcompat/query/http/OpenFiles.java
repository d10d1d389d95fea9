package io.fleetcompat.query.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that this process may open: every connection is one, and the server gives its socket up
 * for good where it cannot accept one.
 *
 * @param most as the operating system has it
 * @param open now
 */
record OpenFiles(long most, long open) {

  /** Files that are left for all else, such as those of the history and of Kafka's clients. */
  static final int FOR_OTHERS = 256;

  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);
  private static final int LEAST_CONNECTIONS = 16;

  static OpenFiles now() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof UnixOperatingSystemMXBean unix
        ? new OpenFiles(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount())
        : new OpenFiles(Long.MAX_VALUE, 0);
  }

  /** The connections that may be open at once: as many as wanted, if so many files may be. */
  int connections(int wanted) {
    long room = most - open - FOR_OTHERS - Connections.BEYOND;
    int may = Math.clamp(room, LEAST_CONNECTIONS, Integer.MAX_VALUE);
    if (may < wanted) {
      LOG.warn(
          "expected to have {} connections at once (max-connections), found a limit of {} open"
              + " files (ulimit -n) and {} open: it will have {}; raise the limit",
          wanted,
          most,
          open,
          may);
    }
    return Math.min(wanted, may);
  }
}
