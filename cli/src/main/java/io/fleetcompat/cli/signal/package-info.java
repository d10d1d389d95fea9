/** The wish to stop a command that runs until somebody has it. */
@NullMarked
package io.fleetcompat.cli.signal;

import org.jspecify.annotations.NullMarked;
