package io.fleetcompat.query.replica;

import org.jspecify.annotations.Nullable;

/**
 * A profile's row of the matrix: its verdicts with all that have a smaller number, and with itself.
 *
 * @param number the profile's number when the row was written
 * @param to destinations, that of the profile itself among them
 * @param from sources; null where the row is of the first form, which is not believed
 */
public record Row(int number, Verdicts to, @Nullable Verdicts from) {}
