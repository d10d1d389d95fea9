package io.fleetcompat.indexer.store;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.RecordKeys;
import java.util.Optional;

/** The key of a census record, spelled {@code partition/fingerprint}. */
public record CensusKey(int partition, Fingerprint fingerprint) {

  /** Empty if it is not spelled so. */
  public static Optional<CensusKey> parse(String text) {
    int slash = text.indexOf('/');
    try {
      return Optional.of(
              new CensusKey(
                  Integer.parseInt(text, 0, Math.max(slash, 0), 10),
                  Fingerprint.parse(text.substring(slash + 1))))
          .filter(key -> key.toString().equals(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return RecordKeys.census(partition, fingerprint.toString());
  }
}
