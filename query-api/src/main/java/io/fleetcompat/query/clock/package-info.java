/** The time that answers go by: that of the brokers, which stamp heartbeats. */
@NullMarked
package io.fleetcompat.query.clock;

import org.jspecify.annotations.NullMarked;
