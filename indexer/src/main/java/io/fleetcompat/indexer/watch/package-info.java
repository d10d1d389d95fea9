/** The watchdog, which notices that inputs grow while nothing is committed. */
@NullMarked
package io.fleetcompat.indexer.watch;

import org.jspecify.annotations.NullMarked;
