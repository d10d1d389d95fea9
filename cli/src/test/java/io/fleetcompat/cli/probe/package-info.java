/** Tests of the whole way from a string to what a driver answers. */
@NullMarked
package io.fleetcompat.cli.probe;

import org.jspecify.annotations.NullMarked;
