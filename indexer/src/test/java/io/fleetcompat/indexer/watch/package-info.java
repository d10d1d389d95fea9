/** Tests of the watchdog. */
@NullMarked
package io.fleetcompat.indexer.watch;

import org.jspecify.annotations.NullMarked;
