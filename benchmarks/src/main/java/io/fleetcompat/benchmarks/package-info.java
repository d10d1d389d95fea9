/** One main for all benchmarks. */
@NullMarked
package io.fleetcompat.benchmarks;

import org.jspecify.annotations.NullMarked;
