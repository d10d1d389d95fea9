/** The keys of the stores, and the bound on RocksDB's memory. */
@NullMarked
package io.fleetcompat.indexer.store;

import org.jspecify.annotations.NullMarked;
