/** The measurements over a running stack. */
@NullMarked
package io.fleetcompat.benchmarks.load;

import org.jspecify.annotations.NullMarked;
