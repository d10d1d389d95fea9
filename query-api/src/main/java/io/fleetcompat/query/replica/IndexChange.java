package io.fleetcompat.query.replica;

import io.fleetcompat.schemas.BadRecordException;

/** What one record of the index does to a replica. */
interface IndexChange {

  /** Throws where the record cannot be used; then nothing is changed. */
  void applyTo(ViewEdit edit, Replica replica) throws BadRecordException;
}
