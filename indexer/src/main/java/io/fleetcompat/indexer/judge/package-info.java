/** From the census to profile numbers and the matrix. */
@NullMarked
package io.fleetcompat.indexer.judge;

import org.jspecify.annotations.NullMarked;
