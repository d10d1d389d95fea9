/** The rule packs that a command judges by, and the commands that show, check and test packs. */
@NullMarked
package io.fleetcompat.cli.rules;

import org.jspecify.annotations.NullMarked;
