/** The way of what was read to Kafka: the newest per host, for as long as it takes. */
@NullMarked
package io.fleetcompat.collector.publish;

import org.jspecify.annotations.NullMarked;
