/** Tests of the indexer. */
@NullMarked
package io.fleetcompat.indexer;

import org.jspecify.annotations.NullMarked;
