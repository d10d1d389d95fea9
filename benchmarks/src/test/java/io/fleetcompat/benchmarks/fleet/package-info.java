@NullMarked
package io.fleetcompat.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
