/** What is kept in RocksDB, and within what memory. */
@NullMarked
package io.fleetcompat.indexer.store;

import org.jspecify.annotations.NullMarked;
