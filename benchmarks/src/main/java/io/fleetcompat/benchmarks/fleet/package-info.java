/** Fleets that do not exist, as the documents that their collectors would send. */
@NullMarked
package io.fleetcompat.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
