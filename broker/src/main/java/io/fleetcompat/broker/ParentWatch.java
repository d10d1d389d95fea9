package io.fleetcompat.broker;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * The watch of a child process on its parent. The parent holds the other end of a pipe and never
 * writes to it, so the end of file says that the parent has died, however it died.
 *
 * <p>Threads: two of its own. Whatever one of them throws ends the process too: nobody would stop
 * it later.
 */
final class ParentWatch {

  private final InputStream pipe;
  private final Duration stopDeadline;

  private ParentWatch(InputStream pipe, Duration stopDeadline) {
    this.pipe = pipe;
    this.stopDeadline = stopDeadline;
  }

  /**
   * Watches from now on.
   *
   * @param pipe at whose end this process exits
   * @param stopDeadline after which it is halted, if it still has not ended
   */
  static void start(InputStream pipe, Duration stopDeadline) {
    ParentWatch watch = new ParentWatch(pipe, stopDeadline);
    Thread.ofPlatform().daemon().name("parent-watch").start(watch::exitWithParent);
  }

  private void exitWithParent() {
    try {
      while (pipe.read() >= 0) {
        // Nothing is ever sent; only the end matters.
      }
    } catch (IOException e) {
      // The pipe broke: the same news.
    } finally {
      Thread.ofPlatform().daemon().name("orphan-halt").start(this::haltLater);
      System.exit(0);
    }
  }

  private void haltLater() {
    try {
      Thread.sleep(stopDeadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().halt(1);
    }
  }
}
