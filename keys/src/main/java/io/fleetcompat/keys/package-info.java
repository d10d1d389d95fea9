/**
 * Keys of hosts, and the marks by which an indexer and a replica know that a record is of the host
 * that it speaks of (ADR 0036).
 */
@NullMarked
package io.fleetcompat.keys;

import org.jspecify.annotations.NullMarked;
