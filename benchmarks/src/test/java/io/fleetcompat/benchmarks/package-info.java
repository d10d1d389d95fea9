@NullMarked
package io.fleetcompat.benchmarks;

import org.jspecify.annotations.NullMarked;
