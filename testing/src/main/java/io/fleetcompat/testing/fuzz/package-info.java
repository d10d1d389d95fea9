/**
 * The tools that try parsers of what others wrote: grammars, written corpora, and what runs both in
 * the gate and under a fuzzer that is guided by coverage.
 */
@NullMarked
package io.fleetcompat.testing.fuzz;

import org.jspecify.annotations.NullMarked;
