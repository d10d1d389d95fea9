/** Tests of the placing. */
@NullMarked
package io.fleetcompat.indexer.place;

import org.jspecify.annotations.NullMarked;
