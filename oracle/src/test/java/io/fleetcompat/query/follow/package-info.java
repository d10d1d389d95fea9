/** Ways for a simulation to follow topics. */
@NullMarked
package io.fleetcompat.query.follow;

import org.jspecify.annotations.NullMarked;
