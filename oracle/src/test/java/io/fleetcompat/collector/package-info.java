/** Ways for a simulation to be a collector. */
@NullMarked
package io.fleetcompat.collector;

import org.jspecify.annotations.NullMarked;
