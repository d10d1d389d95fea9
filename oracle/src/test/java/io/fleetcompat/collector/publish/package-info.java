/** Ways for a simulation to send by hand. */
@NullMarked
package io.fleetcompat.collector.publish;

import org.jspecify.annotations.NullMarked;
