/** The way of what processors make into the topics. */
@NullMarked
package io.fleetcompat.indexer.sink;

import org.jspecify.annotations.NullMarked;
