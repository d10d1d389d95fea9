/** The rules: two profiles in, a verdict with all its reasons out. */
@NullMarked
package io.fleetcompat.compatibility.judge;

import org.jspecify.annotations.NullMarked;
