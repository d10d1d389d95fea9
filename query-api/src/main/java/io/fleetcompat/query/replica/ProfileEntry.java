package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.profile.Profile;

/**
 * A profile whose content is known.
 *
 * @param slot its number in this replica
 * @param number its number in matrix rows, given by the indexer
 * @param since when the indexer first saw it, milliseconds since 1970
 */
public record ProfileEntry(int slot, int number, Profile profile, long since) {}
