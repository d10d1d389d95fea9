/** The measurements within one process. */
@NullMarked
package io.fleetcompat.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
