package io.fleetcompat.cli.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of this process that ended by a fault which nobody caught. No thread ends silently:
 * the log says which and why, and after a platform thread the process does not go on, since nobody
 * knows what is no longer done. A virtual thread serves one caller. Any thread.
 */
public final class DeadThreads implements Thread.UncaughtExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(DeadThreads.class);

  private volatile boolean any;

  DeadThreads() {}

  /** The watch on all threads that have no handler of their own; it begins now. */
  public static DeadThreads watch() {
    DeadThreads dead = new DeadThreads();
    Thread.setDefaultUncaughtExceptionHandler(dead);
    return dead;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable fault) {
    LOG.error("the thread {} has ended by a fault", thread.getName(), fault);
    if (!thread.isVirtual()) {
      any = true;
    }
  }

  public boolean any() {
    return any;
  }
}
