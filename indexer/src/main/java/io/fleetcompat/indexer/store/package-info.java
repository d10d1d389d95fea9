/** The bound on the memory of the stores. */
@NullMarked
package io.fleetcompat.indexer.store;

import org.jspecify.annotations.NullMarked;
