/** Broker, indexer and replica as processes of their own, with a fleet in them. */
@NullMarked
package io.fleetcompat.benchmarks.stack;

import org.jspecify.annotations.NullMarked;
