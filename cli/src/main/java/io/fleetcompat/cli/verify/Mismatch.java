package io.fleetcompat.cli.verify;

import io.fleetcompat.oracle.DiskHost;
import io.fleetcompat.oracle.NaiveVerdict;

/**
 * An ordered pair of which the disk and the API say different things.
 *
 * @param disk what the rules say of the trees on disk
 * @param api what the API answered
 */
record Mismatch(Pair pair, NaiveVerdict disk, NaiveVerdict api) {

  /** Two endpoints by host and name. */
  record Pair(
      String sourceHost,
      String sourceEndpoint,
      String destinationHost,
      String destinationEndpoint) {

    String source() {
      return DiskHost.reference(sourceHost, sourceEndpoint);
    }

    String destination() {
      return DiskHost.reference(destinationHost, destinationEndpoint);
    }
  }
}
