package io.fleetcompat.query.outcome;

import io.fleetcompat.query.lookup.Predictions.Side;
import io.fleetcompat.schemas.avro.MigrationResult;
import java.time.Instant;
import java.util.Optional;

/**
 * The report of what a migration did, by somebody.
 *
 * @param id of the migration; who reports one again replaces what was said
 * @param otherCause true where it did not succeed for a reason that has nothing to do with the
 *     devices
 * @param began when it began; empty where nobody said so
 */
public record MigrationReport(
    String id,
    Side source,
    Side destination,
    MigrationResult result,
    boolean otherCause,
    Optional<String> message,
    Optional<String> reporter,
    Optional<Instant> began) {}
