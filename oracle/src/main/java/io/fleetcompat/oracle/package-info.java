/** A second, naive judge over what is on disk: it shares no rule with the first. */
@NullMarked
package io.fleetcompat.oracle;

import org.jspecify.annotations.NullMarked;
