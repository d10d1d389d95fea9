package io.fleetcompat.query.history;

import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.avro.ChangeRecord;

/**
 * A change of the history.
 *
 * @param change without the value that its subject had before
 */
public record KeptChange(ChangePosition position, ChangeKey subject, ChangeRecord change) {}
