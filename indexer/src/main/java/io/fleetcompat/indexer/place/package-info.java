/** From a host's document to its placement; liveness; the census of profiles. */
@NullMarked
package io.fleetcompat.indexer.place;

import org.jspecify.annotations.NullMarked;
