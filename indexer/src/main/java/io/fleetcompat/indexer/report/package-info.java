/** The indexer's metrics, and what becomes of records that cannot be used. */
@NullMarked
package io.fleetcompat.indexer.report;

import org.jspecify.annotations.NullMarked;
