/**
 * Every parser that reads what others wrote, with inputs that somebody got wrong: it gives a value
 * or its own refusal, and never anything else.
 */
@NullMarked
package io.fleetcompat.cli.fuzz;

import org.jspecify.annotations.NullMarked;
