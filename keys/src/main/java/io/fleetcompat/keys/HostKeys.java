package io.fleetcompat.keys;

import java.io.IOException;
import java.util.Optional;

/** The keys that a collector's process has of its hosts. Any number of threads. */
public interface HostKeys {

  /**
   * The newest key of a host; empty where the process marks nothing.
   *
   * @throws IOException if there is none, or it cannot be read; the message says where it was
   *     looked for
   */
  Optional<HostKey> of(String host) throws IOException;

  /**
   * The reason why the key of a host may not be its newest: what took its place cannot be read.
   * Empty where there is none.
   */
  default Optional<String> fault(String host) {
    return Optional.empty();
  }

  /** No keys: nothing is marked. */
  static HostKeys none() {
    return _ -> Optional.empty();
  }
}
