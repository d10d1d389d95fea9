/** The same constant answer on four HTTP servers: the measurement behind ADR 0002. */
@NullMarked
package io.fleetcompat.benchmarks.http;

import org.jspecify.annotations.NullMarked;
