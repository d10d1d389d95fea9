/** The index as it is made: host documents in, placements and the matrix out. */
@NullMarked
package io.fleetcompat.indexer;

import org.jspecify.annotations.NullMarked;
