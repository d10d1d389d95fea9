/** The health of pools: what each host brings, judged within its pool, as changes arrive. */
@NullMarked
package io.fleetcompat.indexer.pool;

import org.jspecify.annotations.NullMarked;
