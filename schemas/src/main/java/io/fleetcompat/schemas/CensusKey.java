package io.fleetcompat.schemas;

/**
 * The key of a census record: hosts of that partition have that profile.
 *
 * @param partition of the hosts
 * @param profile fingerprint in hexadecimal
 */
public record CensusKey(int partition, String profile) {

  /** {@code partition/fingerprint}. */
  @Override
  public String toString() {
    return partition + "/" + profile;
  }
}
