package io.fleetcompat.query.history;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a history, for operators.
 *
 * @param completeSince from when on all changes are known; empty while nobody can tell
 * @param asOf when it had all that Kafka had; empty where it never had
 * @param lag changes that are known to be there and were not read
 * @param rejected records that could not be read
 * @param fault what keeps it from going on
 */
public record HistoryStatus(
    Optional<Instant> completeSince,
    Optional<Instant> asOf,
    long changes,
    long bytes,
    long lag,
    long rejected,
    Optional<String> fault) {}
