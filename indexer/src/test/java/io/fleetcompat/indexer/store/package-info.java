/** Tests of what is kept in RocksDB. */
@NullMarked
package io.fleetcompat.indexer.store;

import org.jspecify.annotations.NullMarked;
