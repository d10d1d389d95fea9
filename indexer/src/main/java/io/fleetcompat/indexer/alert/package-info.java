/** The alerts about pools: from the health of pools to the states of alerts. */
@NullMarked
package io.fleetcompat.indexer.alert;

import org.jspecify.annotations.NullMarked;
