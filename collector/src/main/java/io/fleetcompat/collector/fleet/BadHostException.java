package io.fleetcompat.collector.fleet;

/** A host folder cannot be used: a bad file, not a fault of ours. The other hosts go on. */
final class BadHostException extends Exception {

  private static final long serialVersionUID = 1L;

  private final FleetListing.Code code;

  BadHostException(FleetListing.Code code, String detail) {
    super(detail);
    this.code = code;
  }

  FleetListing.Code code() {
    return code;
  }
}
