/** The hints that something moved, never what: kernel events, timers, signatures. */
@NullMarked
package io.fleetcompat.collector.watch;

import org.jspecify.annotations.NullMarked;
