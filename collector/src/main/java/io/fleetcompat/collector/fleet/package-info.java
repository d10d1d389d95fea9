/** Fleet directories: many hosts' trees on one disk, read and watched like hosts of their own. */
@NullMarked
package io.fleetcompat.collector.fleet;

import org.jspecify.annotations.NullMarked;
