package io.fleetcompat.indexer.place;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.HostName;

/** The check that a record is of the host that its key says. */
final class OfHost {

  private OfHost() {}

  static void require(String key, String host) throws BadRecordException {
    if (!key.equals(host)) {
      throw new BadRecordException(
          Code.HOST_MISMATCH,
          "a record of host " + Quoted.of(key, HostName.MAX_LENGTH) + ", as its key says",
          Quoted.of(host, HostName.MAX_LENGTH));
    }
  }
}
