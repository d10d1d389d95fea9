/** The command that writes a simulated fleet. */
@NullMarked
package io.fleetcompat.cli.simulate;

import org.jspecify.annotations.NullMarked;
