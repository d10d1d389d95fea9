package io.fleetcompat.records;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.avro.ProfileRecord;

/**
 * The content of a profile as its record has it.
 *
 * @param number in matrix rows, given by the indexer
 * @param since when the indexer first saw it, in milliseconds since 1970
 */
public record ProfileContent(int number, Profile profile, long since) {

  /** Numbers are below this: they are given one after another. */
  public static final int MAX_NUMBERS = 1 << 26;

  public static ProfileContent of(Fingerprint id, ProfileRecord record) throws BadRecordException {
    if (record.getNumber() >= MAX_NUMBERS) {
      throw new BadRecordException(
          Code.INVALID, "a profile number below " + MAX_NUMBERS, "" + record.getNumber());
    }
    Profile profile;
    try {
      profile = Profile.parse(record.getCanonical());
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(Code.INVALID, "a profile's canonical form", "" + e.getMessage());
    }
    if (!profile.fingerprint().equals(id)) {
      throw new BadRecordException(
          Code.INVALID, "the content of " + id, "that of " + profile.fingerprint());
    }
    return new ProfileContent(record.getNumber(), profile, record.getSince().toEpochMilli());
  }
}
