package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.avro.ProberKey;
import io.fleetcompat.schemas.avro.RegisteredKey;

/** The rules for the generations of a host's key, beyond their schema. */
final class KeyRules {

  private KeyRules() {}

  static void proberKey(ProberKey key) throws BadRecordException {
    if (key.getOldest() < 1 || key.getNewest() < 0 || key.getTrustedFrom() < 1) {
      throw new BadRecordException(
          Code.INVALID,
          "generations from 1",
          "%d to %d, trusted from %d"
              .formatted(key.getOldest(), key.getNewest(), key.getTrustedFrom()));
    }
  }

  static void key(RegisteredKey key) throws BadRecordException {
    if (key.getOldest() < 1 || key.getNewest() < key.getOldest()) {
      throw new BadRecordException(
          Code.INVALID,
          "generations from 1, the oldest before the newest",
          key.getOldest() + " to " + key.getNewest());
    }
    if (key.getRemoved() && !key.getRevoked()) {
      throw new BadRecordException(
          Code.INVALID, "a revoked key of a host that is removed", "one that counts");
    }
    String reason = key.getReason();
    if (reason.length() > Limits.OVERRIDE_REASON
        || reason.codePoints().anyMatch(Character::isISOControl)) {
      throw new BadRecordException(
          Code.INVALID,
          "a reason of at most " + Limits.OVERRIDE_REASON + " characters on one line",
          Quoted.of(reason));
    }
  }
}
