/** The one command line: one class a command. */
@NullMarked
package io.fleetcompat.cli;

import org.jspecify.annotations.NullMarked;
