/** The whole system in one thread, under a seeded scheduler that does to it what may happen. */
@NullMarked
package io.fleetcompat.oracle.simulated;

import org.jspecify.annotations.NullMarked;
