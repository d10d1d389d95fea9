/** Faults that are made on purpose, with whole processes. */
@NullMarked
package io.fleetcompat.cli.faults;

import org.jspecify.annotations.NullMarked;
