/** The log of our processes: what of it is written. */
@NullMarked
package io.fleetcompat.cli.log;

import org.jspecify.annotations.NullMarked;
