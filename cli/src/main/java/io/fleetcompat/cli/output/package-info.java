/** Output for a terminal: tables, verdicts in words, and nothing that a terminal would obey. */
@NullMarked
package io.fleetcompat.cli.output;

import org.jspecify.annotations.NullMarked;
