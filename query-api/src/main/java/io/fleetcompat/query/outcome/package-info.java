/**
 * Outcomes of migrations: what they really did, beside what the index had answered, and what that
 * says of the rules.
 */
@NullMarked
package io.fleetcompat.query.outcome;

import org.jspecify.annotations.NullMarked;
