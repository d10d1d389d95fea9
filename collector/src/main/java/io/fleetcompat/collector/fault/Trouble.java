package io.fleetcompat.collector.fault;

import java.util.Optional;

/**
 * The trouble that something has at present. It is worth a line in the log when it begins, becomes
 * another or ends, and not each time it is met. Guarded by itself; any number of threads.
 */
public final class Trouble {

  private Optional<String> present = Optional.empty();

  public synchronized Optional<String> present() {
    return present;
  }

  /** Takes note of a trouble; gives whether it is another than before, and so worth a line. */
  public synchronized boolean begins(String what) {
    boolean isNew = !present.equals(Optional.of(what));
    present = Optional.of(what);
    return isNew;
  }

  /** Takes note that there is none; gives whether there was one, and so worth a line. */
  public synchronized boolean ends() {
    boolean was = present.isPresent();
    present = Optional.empty();
    return was;
  }
}
