/** Tests of the health of pools. */
@NullMarked
package io.fleetcompat.indexer.pool;

import org.jspecify.annotations.NullMarked;
