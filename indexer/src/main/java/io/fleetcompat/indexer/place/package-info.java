/**
 * The step that makes a placement of each host's document, follows liveness, and counts profiles.
 */
@NullMarked
package io.fleetcompat.indexer.place;

import org.jspecify.annotations.NullMarked;
