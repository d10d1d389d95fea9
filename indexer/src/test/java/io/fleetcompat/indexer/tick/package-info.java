/** Tests of rhythms. */
@NullMarked
package io.fleetcompat.indexer.tick;

import org.jspecify.annotations.NullMarked;
