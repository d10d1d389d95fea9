package io.fleetcompat.collector.watch;

import java.io.IOException;

/**
 * A place where uevents come from: the kernel's socket, or a test's own. One thread receives and
 * closes; {@link #wake} is for any.
 */
interface UeventSource extends AutoCloseable {

  /** A way to such a source, gone again each time that the last one was lost. */
  interface Opener {
    UeventSource open() throws IOException;
  }

  /** Waits for the next message, or until woken. */
  Netlink.Received receive();

  /** Makes the one who waits return. */
  void wake();

  @Override
  void close();
}
