/** The commands that run until they are told to stop, one part of the system each. */
@NullMarked
package io.fleetcompat.cli.process;

import org.jspecify.annotations.NullMarked;
