/** Simulated hosts: sysfs trees on disk that the collector reads, and what happens to them. */
@NullMarked
package io.fleetcompat.simulation;

import org.jspecify.annotations.NullMarked;
