package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.CensusKey;
import io.fleetcompat.schemas.avro.Census;

/** The check that a record of the census is of the partition and profile that its key says. */
final class CensusRecords {

  private CensusRecords() {}

  static void require(CensusKey key, Census census) throws BadRecordException {
    Fingerprint fingerprint = Fingerprint.of(census.getFingerprint().bytes());
    CensusKey own = new CensusKey(census.getPartition(), fingerprint.toString());
    if (!key.equals(own)) {
      throw new BadRecordException(
          Code.INVALID, "a census record of " + key + ", as its key says", own.toString());
    }
  }
}
