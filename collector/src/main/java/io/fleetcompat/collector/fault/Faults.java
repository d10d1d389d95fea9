package io.fleetcompat.collector.fault;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first fault after which a process of collectors must not go on: a thread that has ended, or
 * an error of the JVM itself. It is logged when it is found; whoever runs the process looks here
 * and ends it. Any number of threads.
 */
public final class Faults {

  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private volatile Optional<String> first = Optional.empty();

  /** The fault, with the thread that met it; empty as long as all is well. */
  public Optional<String> first() {
    return first;
  }

  /**
   * Takes note of what one item of a thread's work has thrown. Exceptions, and a stack that one
   * item filled, are that item's; every other error is of the process, whichever item met it.
   *
   * @param thread what the thread does
   * @return whether the thread may go on with the next item
   */
  public boolean isOfOneItem(String thread, Throwable thrown) {
    boolean oneItem =
        !(thrown instanceof Error)
            || thrown instanceof StackOverflowError
            || thrown instanceof AssertionError;
    if (!oneItem) {
      end(thread, thrown);
    }
    return oneItem;
  }

  /** Takes note that a thread has ended that the process cannot do without. */
  public synchronized void end(String thread, Throwable thrown) {
    if (first.isEmpty()) {
      first = Optional.of(thread + ": " + thrown);
      LOG.error(
          "This process cannot go on, for its {} met a fault{}", thread, advice(thrown), thrown);
    }
  }

  private static String advice(Throwable thrown) {
    return thrown instanceof OutOfMemoryError
        ? ": give it more than %d MiB (-Xmx, which FLEETCOMPAT_JAVA_OPTS sets), or set less bounds.bytes and bounds.memory"
            .formatted(Runtime.getRuntime().maxMemory() >> 20)
        : "";
  }
}
