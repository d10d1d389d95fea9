/** The watchdog: inputs grow and nothing is committed. */
@NullMarked
package io.fleetcompat.indexer.watch;

import org.jspecify.annotations.NullMarked;
