package io.fleetcompat.query.history;

import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.avro.ChangeRecord;
import java.util.Optional;

/**
 * A change as it came from Kafka.
 *
 * @param timestamp as Kafka says
 * @param change empty where it cannot be read: then nobody knows what its subject had before
 */
record ArrivedChange(
    int partition, long offset, long timestamp, ChangeKey subject, Optional<ChangeRecord> change) {}
