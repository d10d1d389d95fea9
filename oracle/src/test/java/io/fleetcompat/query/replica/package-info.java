/** Ways for a simulation to be a replica. */
@NullMarked
package io.fleetcompat.query.replica;

import org.jspecify.annotations.NullMarked;
