package io.fleetcompat.collector.fleet;

import java.io.IOException;
import java.nio.file.Path;

/** The place that says which hosts there are: {@link FleetDirectory}, or a test's own. */
interface ListingSource {

  Path path();

  /**
   * Looks at the hosts that there are now.
   *
   * @throws IOException if that cannot be said
   */
  FleetListing look() throws IOException;
}
