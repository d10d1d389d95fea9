/**
 * The stores of the indexer: the bound on their memory, and what becomes of files of them that are
 * damaged.
 */
@NullMarked
package io.fleetcompat.indexer.store;

import org.jspecify.annotations.NullMarked;
