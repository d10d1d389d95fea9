/** One host's sysfs, read and streamed to Kafka: read, watch, publish. */
@NullMarked
package io.fleetcompat.collector;

import org.jspecify.annotations.NullMarked;
