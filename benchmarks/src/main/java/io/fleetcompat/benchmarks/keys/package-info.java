/**
 * The replica's tree and dictionary beside the libraries that could take their place (ADR 0017).
 */
@NullMarked
package io.fleetcompat.benchmarks.keys;

import org.jspecify.annotations.NullMarked;
