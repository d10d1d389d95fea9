/** The evacuation of a host: where all its devices can go, counted together. */
@NullMarked
package io.fleetcompat.query.evacuation;

import org.jspecify.annotations.NullMarked;
