/** The health of a pool: which of its endpoints could move, and why others could not. */
@NullMarked
package io.fleetcompat.compatibility.health;

import org.jspecify.annotations.NullMarked;
