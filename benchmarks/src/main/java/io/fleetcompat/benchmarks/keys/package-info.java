/** The replica's tree beside the libraries that could take its place (ADR 0017). */
@NullMarked
package io.fleetcompat.benchmarks.keys;

import org.jspecify.annotations.NullMarked;
